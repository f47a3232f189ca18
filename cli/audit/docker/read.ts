import { Refused, object, objects } from "./client";
import { at, listAt, textAt } from "../../../policies/view/live/sent";
import type { EngineClient } from "./client";
import type { EngineFacts, Sent } from "../../../policies/view/live/facts";

/** Requests that are under way at once. */
const AT_ONCE = 8;

/** What was read, and what could not be, each a sentence's end: `container "web" cannot be read: …`. */
export interface EngineRead {
    readonly facts: EngineFacts;
    readonly failures: readonly string[];
}

/**
 * Reads an engine and all that it has.
 * @throws Refused where the engine itself does not answer
 */
export async function readEngine(client: EngineClient): Promise<EngineRead> {
    const failures: string[] = [];
    const info = object(await client.get("/info"));
    const attempt = async <Result>(what: string, read: () => Promise<Result>): Promise<Result | undefined> => {
        try {
            return await read();
        } catch (error) {
            failures.push(`${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
            return undefined;
        }
    };
    const list = (what: string, path: string, key?: string) => attempt(what, async () => {
        const body = await client.get(path);
        return objects(key === undefined ? body : at(body, key) ?? null);
    });
    const manager = at(info, "Swarm", "ControlAvailable") === true;
    const version = await attempt("the version", async () => object(await client.get("/version")));
    const ids = (await list("the list of containers", "/containers/json?all=true") ?? []).map(container => textAt(container, "Id"));
    const containers = await each(ids, id => inspected(client, attempt, "container", `/containers/${id}/json`, id));
    const images = await each(distinct(containers.map(container => textAt(container, "Image"))), id => inspected(client, attempt, "image", `/images/${encodeURIComponent(id)}/json`, id));
    const execs = await each(distinct(containers.flatMap(container => listAt(container, "ExecIDs").map(String))), id => inspected(client, attempt, "command", `/exec/${id}/json`, id));
    return {
        facts: {
            info, ...version === undefined ? {} : { version }, containers, images, execs,
            networks: await each((await list("the list of networks", "/networks") ?? []).map(network => textAt(network, "Id")), id => inspected(client, attempt, "network", `/networks/${id}`, id)),
            volumes: await list("the list of volumes", "/volumes", "Volumes") ?? [],
            ...manager ? { services: await list("the list of services", "/services") ?? [], ...swarmPart(await attempt("the swarm", async () => object(await client.get("/swarm")))) } : {},
        },
        failures,
    };
}

function swarmPart(swarm: Sent | undefined): { readonly swarm?: Sent } {
    return swarm === undefined ? {} : { swarm };
}

type Attempt = <Result>(what: string, read: () => Promise<Result>) => Promise<Result | undefined>;

/** One thing of a list; none where it has gone in the meantime. */
async function inspected(client: EngineClient, attempt: Attempt, kind: string, path: string, id: string): Promise<readonly Sent[]> {
    const read = await attempt(`${kind} ${id.replace(/^sha256:/, "").slice(0, 12)}`, async () => {
        try {
            return [object(await client.get(path))];
        } catch (error) {
            if (error instanceof Refused && error.status === 404) {
                return [];
            }
            throw error;
        }
    });
    return read ?? [];
}

/** Asks for all of them, some at a time, and keeps their order. */
async function each<Item, Result>(items: readonly Item[], ask: (item: Item) => Promise<readonly Result[]>): Promise<Result[]> {
    const results: Result[] = [];
    for (let start = 0; start < items.length; start += AT_ONCE) {
        results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(ask))).flat());
    }
    return results;
}

function distinct(texts: readonly string[]): readonly string[] {
    return [...new Set(texts)];
}
