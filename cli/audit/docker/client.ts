import Docker from "dockerode";

import type { Sent } from "../../../policies/view/live/facts";

/** The requests that an audit makes of an engine: all of them only read. */
export interface EngineClient {
    /** The socket of this machine; undefined for an engine that is spoken to over the network. */
    readonly socket: string | undefined;
    readonly get: (path: string) => Promise<unknown>;
}

/** The engine answered, but not with what was asked for. */
export class Refused extends Error {
    constructor(readonly status: number | undefined, message: string) {
        super(message);
    }
}

interface Modem {
    readonly socketPath?: string | Promise<string> | (() => Promise<string>);
    readonly dial: (options: object, callback: (error: unknown, body: unknown) => void) => void;
}

const STATUSES = { 200: true, 400: "bad parameter", 403: "forbidden", 404: "not found", 406: "not a manager", 409: "conflict", 500: "server error", 503: "not available" };
const TIMEOUT_MS = 30_000;

/**
 * A client of the engine.
 * @param host where it listens, as DOCKER_HOST has it; that variable, or this machine's own socket, if undefined
 */
export async function engineClient(host: string | undefined): Promise<EngineClient> {
    if (host !== undefined) {
        // The client takes the address from here, with all its ways to write it.
        process.env["DOCKER_HOST"] = host;
    }
    const docker = new Docker({ timeout: TIMEOUT_MS });
    const modem = docker.modem as unknown as Modem;
    const socket = typeof modem.socketPath === "function" ? await modem.socketPath() : await modem.socketPath;
    return { socket, get: path => get(modem, path) };
}

function get(modem: Modem, path: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
        // The client takes the last character of a path with a question mark for that mark.
        modem.dial({ path: path.includes("?") ? `${path}&` : path, method: "GET", statusCodes: STATUSES }, (error, body) => {
            if (error === null || error === undefined) {
                resolve(body);
            } else {
                const { statusCode, message, code } = error as { statusCode?: number; message?: string; code?: string };
                reject(new Refused(statusCode, [code, message].filter(text => text !== undefined && text !== "").join(": ").trim()));
            }
        });
    });
}

/** A JSON object, or a failure: nothing else is what these requests answer. */
export function object(body: unknown): Sent {
    if (typeof body !== "object" || body === null || Array.isArray(body)) {
        throw new Refused(undefined, "the engine sent something that is no object");
    }
    return body as Sent;
}

/** A list of JSON objects. An engine says null where there is none. */
export function objects(body: unknown): readonly Sent[] {
    if (body === null) {
        return [];
    }
    if (!Array.isArray(body)) {
        throw new Refused(undefined, "the engine sent something that is no list");
    }
    return body.map(object);
}
