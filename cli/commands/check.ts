import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { judgeFiles } from "../check/judge-files";
import { readExemptions } from "../check/exemptions";
import { EXIT, printError } from "../output";
import { UsageError, oneOf, parseWords } from "../usage";
import { PROFILES, UnknownProfile, profileNamed } from "../../policies/profiles/profiles";
import { VERSIONS } from "../../policies/pod-security/versions";
import { FORMATS, formatReport } from "../../policies/report/formats";
import { summary } from "../../policies/report/text";
import { SEVERITIES } from "../../policies/rule";
import type { Profile } from "../../policies/profiles/profiles";
import type { Severity } from "../../policies/rule";
import type { Report } from "../../policies/report/report";

const NAMES = PROFILES.map(profile => profile.name);
const USAGE = [
    "usage: portcullis check PATH… [--profile NAME] [--format FORMAT] [--fail-on SEVERITY] [--exemptions FILE] [--output FILE]",
    "",
    "Judges Compose files, Kubernetes manifests, `pulumi preview --json` and `pulumi stack export` files, and folders of them.",
    `  --profile     ${NAMES.join(", ")} (hardened); those of the Pod Security Standards`,
    `                also by version of Kubernetes, e.g. pss-restricted@v1.29: ${VERSIONS}`,
    `  --format      ${FORMATS.join(", ")} (text)`,
    `  --fail-on     the least severity that fails: ${SEVERITIES.join(", ")} (low)`,
    "  --exemptions  a YAML file with a list `exemptions` of rule, service, reason, owner and expires",
    "  --output      write the report there instead of printing it",
    "",
    "Exit status: 0 nothing at or above that severity, 1 findings, 2 bad input or usage, 3 something could not be judged.",
].join("\n");

/** `portcullis check`. Returns the exit status. */
export async function runCheck(argv: string[]): Promise<number> {
    const { values, positionals } = parseWords({ args: argv, options: OPTIONS, allowPositionals: true }, USAGE);
    if (values.help) {
        process.stdout.write(`${USAGE}\n`);
        return EXIT.clean;
    }
    if (positionals.length === 0) {
        throw new UsageError(`portcullis: check needs a file or folder\n${USAGE}`);
    }
    const format = oneOf("--format", values.format, FORMATS);
    const failOn = oneOf("--fail-on", values["fail-on"], SEVERITIES);
    const profile = chosenProfile(values.profile);
    const exemptions = values.exemptions === undefined ? [] : readExemptions(values.exemptions);
    const report = await judgeFiles(positionals, { rules: profile.rules, settings: profile.settings, exemptions });
    const text = formatReport(report, format, { version: version(), sourceLine: lineReader() });
    if (values.output === undefined) {
        process.stdout.write(text);
    } else {
        writeFileSync(values.output, text);
        printError(summary(report));
    }
    return exitOf(report, failOn, positionals);
}

const OPTIONS = {
    profile: { type: "string", default: "hardened" },
    format: { type: "string", default: "text" },
    "fail-on": { type: "string", default: "low" },
    exemptions: { type: "string" },
    output: { type: "string", short: "o" },
    help: { type: "boolean", short: "h", default: false },
} as const;

function chosenProfile(name: string): Profile {
    try {
        return profileNamed(name);
    } catch (error) {
        throw error instanceof UnknownProfile ? new UsageError(`portcullis: --profile ${error.message}`) : error;
    }
}

/** What could not be judged counts most: a verdict that holds for a part only is none. */
function exitOf(report: Report, failOn: Severity, paths: readonly string[]): number {
    if (report.errors.length > 0) {
        const absent = report.errors.every(error => paths.includes(error.path) && error.message === "does not exist");
        return absent ? EXIT.usage : EXIT.unfinished;
    }
    const least = SEVERITIES.indexOf(failOn);
    return report.findings.some(finding => SEVERITIES.indexOf(finding.severity) >= least) ? EXIT.findings : EXIT.clean;
}

/** The version of the rules, which is the toolkit's. */
function version(): string {
    const manifest = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { readonly version: string };
    return manifest.version;
}

/** Reads lines of files that are shown, each file once. */
function lineReader(): (path: string, line: number) => string | undefined {
    const files = new Map<string, readonly string[]>();
    return (path, line) => {
        try {
            const lines = files.get(path) ?? readFileSync(path, "utf8").split("\n");
            files.set(path, lines);
            return lines[line - 1];
        } catch {
            return undefined;
        }
    };
}
