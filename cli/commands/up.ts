import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";

import type { Report } from "../../policies/report/report";

import { findProgram } from "../programs";
import { EXIT, printError, printLine } from "../output";
import { describeReport } from "../preview/findings";
import { parseWords } from "../usage";
import { previewSystem } from "./preview";

const USAGE = `usage: portcullis up [--stack NAME] [--yes] [--install] [-- PULUMI OPTIONS]

Deploys a stack: the in-process preview first, which ends here with a finding, then pulumi up with the policy pack, by
the Pulumi CLI on the PATH. What hardening.yaml opens with a reason is exempted from the pack, subject by subject.
  --stack NAME   the stack (prod)
  --yes          do not ask before updating
  --install      without a CLI on the PATH, let Pulumi's Automation API install one (it asks where there is a terminal)`;

/** `portcullis up`: the exit status is the Pulumi CLI's; 3 where there is no CLI. */
export async function runUp(argv: string[]): Promise<number> {
    const { values, positionals } = parseWords({
        args: argv, allowPositionals: true,
        options: { stack: { type: "string", default: "prod" }, yes: { type: "boolean" }, install: { type: "boolean" }, help: { type: "boolean" } },
    }, USAGE);
    if (values.help === true) {
        printLine(USAGE);
        return EXIT.clean;
    }
    const cli = findProgram("pulumi") ?? await installed(values.install === true);
    if (cli === undefined) {
        printError("pulumi is not on the PATH; install it, or run `portcullis up --install`");
        return EXIT.unfinished;
    }
    const { report, policyConfig } = await previewSystem({ stack: values.stack, deploying: true });
    if (report.errors.length > 0 || report.findings.some(({ level }) => level !== "advisory")) {
        describeReport(report).forEach(printError);
        return report.errors.length > 0 ? EXIT.unfinished : EXIT.findings;
    }
    const folder = mkdtempSync(join(tmpdir(), "portcullis-pack-"));
    try {
        const config = join(folder, "config.json");
        writeFileSync(config, JSON.stringify(packConfig(report, policyConfig?.file)));
        const pack = ["--policy-pack", "policies", "--policy-pack-config", config];
        return await run(cli, ["up", "--stack", values.stack, ...pack, ...(values.yes === true ? ["--yes"] : []), ...positionals]);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/**
 * Where the engine keeps volumes. Engines before 26 mount a single file of a volume only from there; whoever may name a
 * volume reaches the same files by its name.
 */
const ENGINE_VOLUMES = "/var/lib/docker/volumes";

interface PackExemption {
    readonly resource: string;
    readonly reason: string;
    readonly expires: string;
}

interface PackRule {
    readonly exempt: readonly PackExemption[];
    readonly declared?: readonly string[];
}

/**
 * How the pack is to judge: as the stack's own configuration says, and what it need not refuse again, the subjects that
 * somebody answers for.
 */
export function packConfig({ exempted }: Pick<Report, "exempted">, configured: Readonly<Record<string, unknown>> = {}): Record<string, PackRule> {
    const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const rules = [...new Set(["host-path-mounted", ...exempted.map(({ rule }) => rule)])];
    const given = (rule: string): Partial<PackRule> => typeof configured[rule] === "object" ? configured[rule] as Partial<PackRule>
        : configured[rule] === undefined ? {} : { enforcementLevel: configured[rule] } as Partial<PackRule>;
    return Object.assign({ ...configured }, Object.fromEntries(rules.map(rule => [rule, {
        ...given(rule),
        // What hardening.yaml opens has no end of its own: it is judged anew at every update, so that it holds for this one.
        exempt: [...given(rule).exempt ?? [], ...exempted.filter(finding => finding.rule === rule).map(({ subject, reason, expires }) => ({ resource: subject.name, reason, expires: expires === "" ? tomorrow : expires }))],
        ...(rule === "host-path-mounted" && { declared: [...given(rule).declared ?? [], ENGINE_VOLUMES] }),
    }])));
}

/** The CLI that the Automation API installs into ~/.pulumi, if its user wants that. */
async function installed(asked: boolean): Promise<string | undefined> {
    if (!asked && !(process.stdin.isTTY && await agreed())) {
        return undefined;
    }
    const { PulumiCommand } = await import("@pulumi/pulumi/automation");
    printLine("installing the Pulumi CLI …");
    return (await PulumiCommand.install()).command;
}

async function agreed(): Promise<boolean> {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await terminal.question("pulumi is not on the PATH. Let Pulumi's Automation API install it in ~/.pulumi? [y/N] ");
    terminal.close();
    return /^y(es)?$/i.test(answer.trim());
}

function run(program: string, words: readonly string[]): Promise<number> {
    return new Promise((resolve, reject) => {
        const child = spawn(program, words, { stdio: "inherit" });
        child.on("error", reject);
        child.on("close", code => resolve(code ?? EXIT.unfinished));
    });
}
