import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { FIX_OPTIONS, FIX_USAGE, fixRequest, fixWords, runFix } from "../check/fix/command";
import { judgeFiles } from "../check/judge-files";
import { compareWithBaseline, writeBaseline } from "../check/baseline";
import { readExemptions } from "../check/exemptions";
import { readPolicyConfig } from "../check/policy-config";
import { lineReader } from "../check/source-lines";
import { EXIT, printError } from "../output";
import { UsageError, oneOf, parseWords } from "../usage";
import { PROFILES, UnknownProfile, profileNamed } from "../../policies/profiles/profiles";
import { VERSIONS } from "../../policies/pod-security/versions";
import { RULES } from "../../policies/catalogue";
import { FORMATS, formatReport } from "../../policies/report/formats";
import { plural, summary } from "../../policies/report/text";
import { SEVERITIES } from "../../policies/rule";
import type { Profile } from "../../policies/profiles/profiles";
import type { JudgeOptions } from "../../policies/judge";
import type { Severity } from "../../policies/rule";
import type { Report } from "../../policies/report/report";

const NAMES = PROFILES.map(profile => profile.name);
const USAGE = [
    "usage: portcullis check PATH… [--profile NAME] [--config FILE] [--format FORMAT] [--fail-on SEVERITY] [--exemptions FILE]",
    "                               [--baseline FILE | --write-baseline FILE] [--output FILE]",
    "",
    "Judges Compose files, Dockerfiles, Kubernetes manifests, `pulumi preview --json` and `pulumi stack export` files, and folders of them.",
    `  --profile     ${NAMES.join(", ")} (hardened); those of the Pod Security Standards`,
    `                also by version of Kubernetes, e.g. pss-restricted@v1.29: ${VERSIONS}`,
    "  --config      levels and parameters of rules, the file that `pulumi preview --policy-pack-config` takes too",
    `  --format      ${FORMATS.join(", ")} (text)`,
    `  --fail-on     the least severity that fails: ${SEVERITIES.join(", ")} (low)`,
    "  --exemptions  a YAML file with a list `exemptions` of rule, service, reason, owner and expires",
    "  --update-follows  what a preview does not know yet is named and no error: the pack judges it again at the update",
    "  --skip-others   files that hold nothing to judge are left out, as in a folder: for lists of changed files",
    "  --baseline    findings of this file are known: only new ones fail; --write-baseline makes it of all there are now",
    "  --output      write the report there instead of printing it",
    ...FIX_USAGE,
    "",
    "Exit status: 0 nothing at or above that severity, 1 findings, 2 bad input or usage, 3 something could not be judged.",
].join("\n");

/** `portcullis check`. Returns the exit status. */
export async function runCheck(argv: string[]): Promise<number> {
    const { values, positionals } = parseWords({ args: fixWords(argv), options: OPTIONS, allowPositionals: true }, USAGE);
    if (values.help) {
        process.stdout.write(`${USAGE}\n`);
        return EXIT.clean;
    }
    if (positionals.length === 0) {
        throw new UsageError(`portcullis: check needs a file or folder\n${USAGE}`);
    }
    const format = oneOf("--format", values.format, FORMATS);
    const failOn = oneOf("--fail-on", values["fail-on"], SEVERITIES);
    if (values.baseline !== undefined && values["write-baseline"] !== undefined) {
        throw new UsageError("portcullis: --baseline and --write-baseline exclude each other; a baseline is compared with or written");
    }
    const request = fixRequest(values);
    const options = { ...withRules(judgingOptions(values), request?.named ?? []), updateFollows: values["update-follows"], skipOthers: values["skip-others"] };
    const judge = async (texts?: ReadonlyMap<string, string>): Promise<Report> => {
        const judged = await judgeFiles(positionals, { ...options, ...texts === undefined ? {} : { texts } });
        return values.baseline === undefined ? judged : withoutKnown(values.baseline, judged);
    };
    let report = await judge();
    if (request !== undefined) {
        const outcome = await runFix(positionals, report, request, options, judge);
        outcome.notes.forEach(printError);
        report = outcome.report;
        if (!request.write) {
            process.stdout.write(outcome.diff);
            return Math.max(exitOf(report, failOn, positionals), outcome.diff === "" ? EXIT.clean : EXIT.findings);
        }
    }
    const text = formatReport(report, format, { version: version(), sourceLine: lineReader() });
    if (values.output === undefined) {
        process.stdout.write(text);
    } else {
        writeFileSync(values.output, text);
        printError(summary(report));
    }
    if (values["write-baseline"] !== undefined && report.errors.length === 0) {
        writeBaseline(values["write-baseline"], report);
        printError(`${values["write-baseline"]}: ${plural(report.findings.length, "finding")} to start from`);
        return EXIT.clean;
    }
    return exitOf(report, failOn, positionals);
}

const OPTIONS = {
    profile: { type: "string", default: "hardened" },
    config: { type: "string" },
    "skip-others": { type: "boolean", default: false },
    "update-follows": { type: "boolean", default: false },
    baseline: { type: "string" },
    "write-baseline": { type: "string" },
    format: { type: "string", default: "text" },
    "fail-on": { type: "string", default: "low" },
    exemptions: { type: "string" },
    output: { type: "string", short: "o" },
    ...FIX_OPTIONS,
    help: { type: "boolean", short: "h", default: false },
} as const;

/** Profile, configuration and exemptions together. */
function judgingOptions(values: { readonly profile: string; readonly config?: string; readonly exemptions?: string }): JudgeOptions {
    const profile = chosenProfile(values.profile);
    const exemptions = values.exemptions === undefined ? [] : readExemptions(values.exemptions);
    if (values.config === undefined) {
        return { rules: profile.rules, settings: profile.settings, exemptions };
    }
    const { exemptions: configured, ...configuration } = readPolicyConfig(values.config, profile);
    return { ...configuration, exemptions: [...configured, ...exemptions] };
}

/** Rules that were named are judged by as well, also where the profile leaves them out. */
function withRules(options: JudgeOptions, named: readonly string[]): JudgeOptions {
    const rules = options.rules ?? [];
    return { ...options, rules: [...rules, ...RULES.filter(rule => named.includes(rule.id) && !rules.includes(rule))] };
}

function withoutKnown(baseline: string, judged: Report): Report {
    const { report, gone } = compareWithBaseline(baseline, judged);
    if (gone > 0) {
        printError(`${baseline}: ${plural(gone, "finding")} of it ${gone === 1 ? "is" : "are"} gone; write it anew with --write-baseline`);
    }
    return report;
}

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
    return report.findings.some(finding => finding.level !== "advisory" && SEVERITIES.indexOf(finding.severity) >= least) ? EXIT.findings : EXIT.clean;
}

/** The version of the rules, which is the toolkit's. */
function version(): string {
    const manifest = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { readonly version: string };
    return manifest.version;
}
