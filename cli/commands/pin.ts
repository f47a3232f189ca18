import { renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { factsNeeded } from "../../infra/system/images";
import { LOCK_FILE, loadSystem } from "../../infra/system/load";
import { type ImageLock, formatLock } from "../../infra/system/lock";
import { EXIT, printError, printLine } from "../output";
import { resolveImage } from "../registry/client";
import { readStack } from "../stack";
import { parseWords } from "../usage";

const USAGE = `usage: portcullis pin [--stack NAME] [--system DIR] [--update]

Asks the registries which digest each image of the system has now and writes them to images.lock.yaml, with how the
images start. Pinned references stay as they are unless --update is given.`;

/** `portcullis pin`: exit 0 when all are pinned, 3 when one could not be, and then the lock stays as it was. */
export async function runPin(argv: string[]): Promise<number> {
    const { values } = parseWords({
        args: argv,
        options: { stack: { type: "string", default: "prod" }, system: { type: "string" }, update: { type: "boolean" }, help: { type: "boolean" } },
    }, USAGE);
    if (values.help === true) {
        printLine(USAGE);
        return EXIT.clean;
    }
    const folder = values.system ?? readStack(process.cwd(), values.stack).config["portcullis:system"] ?? ".";
    const system = loadSystem(resolve(folder), { environment: process.env });
    const references = factsNeeded(system);
    const wanted = references.filter(reference => values.update === true || system.lock[reference] === undefined);
    const results = await Promise.all(wanted.map(async reference => ({ reference, result: await pinned(reference) })));
    const failed = results.filter(({ result }) => "fault" in result);
    for (const { reference, result } of failed) {
        printError(`${reference} ${"fault" in result ? result.fault : ""}; nothing was written`);
    }
    if (failed.length > 0) {
        return EXIT.unfinished;
    }
    const kept = Object.entries(system.lock).filter(([reference]) => references.includes(reference));
    const fresh = results.flatMap(({ reference, result }): [string, ImageLock][] => "fault" in result ? [] : [[reference, result]]);
    const file = join(system.directory, LOCK_FILE);
    writeFileSync(`${file}.new`, formatLock(Object.fromEntries([...kept, ...fresh])));
    renameSync(`${file}.new`, file);
    for (const [reference, { digest }] of fresh) {
        printLine(`${reference} ${digest}`);
    }
    printLine(`${file}: ${kept.length + fresh.length - overlap(kept, fresh)} images, ${fresh.length} pinned now`);
    return EXIT.clean;
}

function overlap(kept: readonly [string, unknown][], fresh: readonly [string, unknown][]): number {
    return kept.filter(([reference]) => fresh.some(([other]) => other === reference)).length;
}

async function pinned(reference: string): Promise<ImageLock | { fault: string }> {
    try {
        const { digest, user, entrypoint, command, ports, volumes } = await resolveImage(reference);
        return {
            digest, ...(user !== undefined && { user }), entrypoint: [...entrypoint], command: [...command],
            ...(ports.length > 0 && { ports: [...ports] }), ...(volumes.length > 0 && { volumes: [...volumes] }),
        };
    } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
        return { fault: `${error instanceof Error ? error.message : String(error)}${cause}` };
    }
}
