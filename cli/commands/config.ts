import { loadProject } from "../../infra/compose/load";
import { printProject } from "../../infra/compose/print/print";
import { EXIT, printError, printLine } from "../output";
import { oneOf, parseWords } from "../usage";

const USAGE = "usage: portcullis config [FILE…] [--profile NAME]… [--env-file FILE]… [--project-directory DIR] [--project-name NAME]"
    + " [--format yaml|json]";

/**
 * `portcullis config`: prints the canonical Compose project as `docker compose config` does; warnings go to standard error.
 * @returns the exit status
 * @throws ProblemsError for files that cannot be loaded, UsageError
 */
export async function runConfig(argv: string[]): Promise<number> {
    const { values, positionals } = parseWords({
        args: argv, allowPositionals: true,
        options: {
            file: { type: "string", short: "f", multiple: true, default: [] },
            profile: { type: "string", multiple: true, default: [] },
            "env-file": { type: "string", multiple: true, default: [] },
            "project-directory": { type: "string" },
            "project-name": { type: "string", short: "p" },
            format: { type: "string", default: "yaml" },
            help: { type: "boolean", short: "h", default: false },
        },
    }, USAGE);
    if (values.help) {
        printLine(USAGE);
        return EXIT.clean;
    }
    const format = oneOf("--format", values.format, ["yaml", "json"]);
    const loaded = loadProject({
        files: [...values.file, ...positionals],
        profiles: values.profile,
        envFiles: values["env-file"],
        ...values["project-directory"] === undefined ? {} : { projectDirectory: values["project-directory"] },
        ...values["project-name"] === undefined ? {} : { projectName: values["project-name"] },
        environment: process.env,
    });
    const text = printProject(loaded, format);
    loaded.warnings.forEach(warning => { printError(`warning: ${warning}`); });
    process.stdout.write(text);
    return EXIT.clean;
}
