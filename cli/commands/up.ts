import { spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";

import { findProgram } from "../programs";
import { EXIT, printError, printLine } from "../output";
import { parseWords } from "../usage";

const USAGE = `usage: portcullis up [--stack NAME] [--yes] [--install] [-- PULUMI OPTIONS]

Deploys a stack: pulumi up with the policy pack, by the Pulumi CLI on the PATH.
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
    const words = ["up", "--stack", values.stack, "--policy-pack", "policies", ...(values.yes === true ? ["--yes"] : []), ...positionals];
    return await run(cli, words);
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
