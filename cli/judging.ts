import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { compareWithBaseline, writeBaseline } from "./check/baseline";
import { readExemptions } from "./check/exemptions";
import { readPolicyConfig } from "./check/policy-config";
import { lineReader } from "./check/source-lines";
import { EXIT, printError } from "./output";
import { UsageError, oneOf } from "./usage";
import { PROFILES, UnknownProfile, profileNamed } from "../policies/profiles/profiles";
import { VERSIONS } from "../policies/pod-security/versions";
import { FORMATS, formatReport } from "../policies/report/formats";
import { plural, summary } from "../policies/report/text";
import { SEVERITIES } from "../policies/rule";
import type { Format } from "../policies/report/formats";
import type { Profile } from "../policies/profiles/profiles";
import type { JudgeOptions } from "../policies/judge";
import type { Severity } from "../policies/rule";
import type { Report } from "../policies/report/report";

/** Options of every command that judges: by which rules, and what becomes of the report. */
export const JUDGING_OPTIONS = {
    profile: { type: "string", default: "hardened" },
    config: { type: "string" },
    baseline: { type: "string" },
    "write-baseline": { type: "string" },
    format: { type: "string", default: "text" },
    "fail-on": { type: "string", default: "low" },
    exemptions: { type: "string" },
    output: { type: "string", short: "o" },
    help: { type: "boolean", short: "h", default: false },
} as const;

/** Their part of a usage text. */
export const JUDGING_USAGE: readonly string[] = [
    `  --profile     ${PROFILES.map(profile => profile.name).join(", ")} (hardened); those of the Pod Security Standards`,
    `                also by version of Kubernetes, e.g. pss-restricted@v1.29: ${VERSIONS}`,
    "  --config      levels and parameters of rules, the file that `pulumi preview --policy-pack-config` takes too",
    `  --format      ${FORMATS.join(", ")} (text)`,
    `  --fail-on     the least severity that fails: ${SEVERITIES.join(", ")} (low)`,
    "  --exemptions  a YAML file with a list `exemptions` of rule, service, reason, owner and expires",
    "  --baseline    findings of this file are known: only new ones fail; --write-baseline makes it of all there are now",
    "  --output      write the report there instead of printing it",
];

export const EXIT_USAGE = "Exit status: 0 nothing at or above that severity, 1 findings, 2 bad input or usage, 3 something could not be judged.";

interface Words {
    readonly profile: string;
    readonly config?: string;
    readonly baseline?: string;
    readonly "write-baseline"?: string;
    readonly format: string;
    readonly "fail-on": string;
    readonly exemptions?: string;
    readonly output?: string;
}

/** How to judge, and what to do with the report. */
export interface Judging {
    readonly options: JudgeOptions;
    readonly format: Format;
    readonly failOn: Severity;
    readonly baseline: string | undefined;
    readonly writeBaseline: string | undefined;
    readonly output: string | undefined;
}

/**
 * Reads what the options name: profile, configuration and exemptions.
 * @throws UsageError for a word that is not known, and for a file that cannot be read
 */
export function judgingOf(values: Words): Judging {
    const format = oneOf("--format", values.format, FORMATS);
    const failOn = oneOf("--fail-on", values["fail-on"], SEVERITIES);
    if (values.baseline !== undefined && values["write-baseline"] !== undefined) {
        throw new UsageError("portcullis: --baseline and --write-baseline exclude each other; a baseline is compared with or written");
    }
    return { options: optionsOf(values), format, failOn, baseline: values.baseline, writeBaseline: values["write-baseline"], output: values.output };
}

function optionsOf(values: Words): JudgeOptions {
    const profile = chosenProfile(values.profile);
    const exemptions = values.exemptions === undefined ? [] : readExemptions(values.exemptions);
    if (values.config === undefined) {
        return { rules: profile.rules, settings: profile.settings, exemptions };
    }
    const { exemptions: configured, ...configuration } = readPolicyConfig(values.config, profile);
    return { ...configuration, exemptions: [...configured, ...exemptions] };
}

function chosenProfile(name: string): Profile {
    try {
        return profileNamed(name);
    } catch (error) {
        throw error instanceof UnknownProfile ? new UsageError(`portcullis: --profile ${error.message}`) : error;
    }
}

/** A report without what the baseline knows, if there is one; says on standard error how much of it is gone. */
export function withoutKnown({ baseline }: Judging, judged: Report): Report {
    if (baseline === undefined) {
        return judged;
    }
    const { report, gone } = compareWithBaseline(baseline, judged);
    if (gone > 0) {
        printError(`${baseline}: ${plural(gone, "finding")} of it ${gone === 1 ? "is" : "are"} gone; write it anew with --write-baseline`);
    }
    return report;
}

/**
 * Prints or writes a report, and the baseline where one is asked for.
 * @returns whether a baseline was written, so that no finding fails
 */
export function publish(report: Report, { format, output, writeBaseline: baseline }: Judging): boolean {
    const text = formatReport(report, format, { version: version(), sourceLine: lineReader() });
    if (output === undefined) {
        process.stdout.write(text);
    } else {
        writeFileSync(output, text);
        printError(summary(report));
    }
    if (baseline === undefined || report.errors.length > 0) {
        return false;
    }
    writeBaseline(baseline, report);
    printError(`${baseline}: ${plural(report.findings.length, "finding")} to start from`);
    return true;
}

/** What could not be judged counts most: a verdict that holds for a part only is none. */
export function statusOf(report: Report, { failOn }: Judging): number {
    if (report.errors.length > 0) {
        return EXIT.unfinished;
    }
    const least = SEVERITIES.indexOf(failOn);
    return report.findings.some(finding => finding.level !== "advisory" && SEVERITIES.indexOf(finding.severity) >= least) ? EXIT.findings : EXIT.clean;
}

/** The version of the rules, which is the toolkit's. */
function version(): string {
    const manifest = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as { readonly version: string };
    return manifest.version;
}
