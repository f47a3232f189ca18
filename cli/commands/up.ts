import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";

import { findProgram } from "../programs";
import { EXIT, printError, printLine } from "../output";
import { describeReport } from "../preview/findings";
import { packConfig } from "../preview/pack-config";
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
