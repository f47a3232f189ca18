import { FIX_OPTIONS, FIX_USAGE, fixRequest, fixWords, runFix } from "../check/fix/command";
import { judgeFiles } from "../check/judge-files";
import { EXIT_USAGE, JUDGING_OPTIONS, JUDGING_USAGE, judgingOf, publish, statusOf, withoutKnown } from "../judging";
import { EXIT, printError } from "../output";
import { UsageError, parseWords } from "../usage";
import { RULES } from "../../policies/catalogue";
import type { Judging } from "../judging";
import type { JudgeOptions } from "../../policies/judge";
import type { Report } from "../../policies/report/report";

const USAGE = [
    "usage: portcullis check PATH… [--profile NAME] [--config FILE] [--format FORMAT] [--fail-on SEVERITY] [--exemptions FILE]",
    "                               [--baseline FILE | --write-baseline FILE] [--output FILE]",
    "",
    "Judges Compose files, Dockerfiles, Kubernetes manifests, `pulumi preview --json` and `pulumi stack export` files, and folders of them.",
    ...JUDGING_USAGE,
    "  --update-follows  what a preview does not know yet is named and no error: the pack judges it again at the update",
    "  --skip-others   files that hold nothing to judge are left out, as in a folder: for lists of changed files",
    ...FIX_USAGE,
    "",
    EXIT_USAGE,
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
    const judging = judgingOf(values);
    const request = fixRequest(values);
    const options = { ...withRules(judging.options, request?.named ?? []), updateFollows: values["update-follows"], skipOthers: values["skip-others"] };
    const judge = async (texts?: ReadonlyMap<string, string>): Promise<Report> =>
        withoutKnown(judging, await judgeFiles(positionals, { ...options, ...texts === undefined ? {} : { texts } }));
    let report = await judge();
    if (request !== undefined) {
        const outcome = await runFix(positionals, report, request, options, judge);
        outcome.notes.forEach(printError);
        report = outcome.report;
        if (!request.write) {
            process.stdout.write(outcome.diff);
            return Math.max(exitOf(report, judging, positionals), outcome.diff === "" ? EXIT.clean : EXIT.findings);
        }
    }
    return publish(report, judging) ? EXIT.clean : exitOf(report, judging, positionals);
}

const OPTIONS = {
    ...JUDGING_OPTIONS,
    "skip-others": { type: "boolean", default: false },
    "update-follows": { type: "boolean", default: false },
    ...FIX_OPTIONS,
} as const;

/** Rules that were named are judged by as well, also where the profile leaves them out. */
function withRules(options: JudgeOptions, named: readonly string[]): JudgeOptions {
    const rules = options.rules ?? [];
    return { ...options, rules: [...rules, ...RULES.filter(rule => named.includes(rule.id) && !rules.includes(rule))] };
}

/** A path that is not there is a mistake of whoever wrote it. */
function exitOf(report: Report, judging: Judging, paths: readonly string[]): number {
    const absent = report.errors.length > 0 && report.errors.every(error => paths.includes(error.path) && error.message === "does not exist");
    return absent ? EXIT.usage : statusOf(report, judging);
}
