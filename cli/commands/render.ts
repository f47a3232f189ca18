import { resolve } from "node:path";

import { loadProject } from "../../infra/compose/load";
import { SECCOMP_STRICT } from "../../infra/docker/seccomp-strict";
import { formatProblem } from "../../infra/model/problem";
import { COMPOSE_FILE } from "../../infra/render/compose-files";
import { loadSystem } from "../../infra/system/load";
import { prepare } from "../../infra/system/prepare";
import { EXIT, printError, printLine } from "../output";
import { describeChanges } from "../preview/changes";
import { renderDocker } from "../render/render-docker";
import { readStack } from "../stack";
import { oneOf, parseWords, UsageError } from "../usage";

const USAGE = `usage: portcullis render --target docker --out DIR [--stack NAME] [--system DIR]

Writes the hardened system as files that docker compose takes; the authors' own files are not touched. Run as root, since
each secret's file belongs to the user of its service.
  --target NAME   docker
  --out DIR       a directory that the rendering has to itself; a second rendering keeps the secrets that it finds there
  --stack NAME    render for this stack's environment: what must not reach it, such as an image without a digest in
                  production, is refused; without it the settings are prod's and such things are only named
  --system DIR    this system instead of the stack's: a folder with a hardening.yaml or a Compose file, or a Compose file
A secret that nobody can generate is taken from the variable of its name.`;

/** `portcullis render`: exit 0 when the files are written, 2 for bad input; then nothing is written. */
export async function runRender(argv: string[]): Promise<number> {
    const { values } = parseWords({
        args: argv,
        options: {
            target: { type: "string" }, out: { type: "string" }, stack: { type: "string" }, system: { type: "string" },
            help: { type: "boolean" },
        },
    }, USAGE);
    if (values.help === true) {
        printLine(USAGE);
        return EXIT.clean;
    }
    if (values.out === undefined || values.target === undefined) {
        throw new UsageError(`portcullis: render needs --target and --out\n${USAGE}`);
    }
    oneOf("--target", values.target, ["docker"]);
    const { config } = readStack(process.cwd(), values.stack ?? "prod");
    await renderSystem({
        folder: resolve(values.system ?? config["portcullis:system"] ?? "."),
        environment: config["portcullis:environment"],
        deploying: values.stack !== undefined,
        out: resolve(values.out),
    });
    return EXIT.clean;
}

interface Rendering {
    readonly folder: string;
    readonly environment: string | undefined;
    /** Whether the files are for a named stack, so that its gates hold. */
    readonly deploying: boolean;
    readonly out: string;
}

async function renderSystem({ folder, environment, deploying, out }: Rendering): Promise<void> {
    const system = loadSystem(folder, { environment: process.env });
    const { application } = prepare(system, { deploying, ...(environment !== undefined && { environment }) });
    const added = await renderDocker({
        application,
        place: {
            out,
            upstream: system.composeFiles,
            directory: application.directory,
            envFiles: (system.declaration.compose?.env_files ?? []).map(file => resolve(system.directory, file)),
            seccompStrict: SECCOMP_STRICT,
        },
        env: process.env,
        examples: system.application.secretValues,
        load: file => loadProject({ files: [file], environment: process.env }).project,
    });
    for (const problem of application.beforeProduction) {
        printError(`before production: ${formatProblem(problem)}`);
    }
    printLine(["Opened", ...describeChanges([...application.changes, ...added], "opened").map(line => `  ${line}`)].join("\n"));
    printLine(`${application.name}: ${application.services.length} services in ${out}/${COMPOSE_FILE}, environment ${application.environment}; start them with \`docker compose up\` there`);
}
