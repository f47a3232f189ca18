import { request as httpRequest } from "node:http";
import type { IncomingMessage, RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Agent } from "node:https";
import { connect as tlsConnect } from "node:tls";

export interface Answer {
    readonly status: number;
    /** As they came, duplicates and all. */
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: string;
}

export interface Ask {
    readonly port: number;
    readonly path?: string;
    readonly method?: string;
    /** The Host header; also the name in the handshake unless `serverName` says otherwise. */
    readonly host?: string;
    readonly serverName?: string;
    readonly headers?: Readonly<Record<string, string | string[]>>;
    readonly body?: string | Buffer;
    /** The authority's certificate; plain HTTP without it. */
    readonly authority?: string;
    readonly agent?: Agent;
}

/** Sends a request and gives the whole answer, whatever its status. Rejects where none comes. */
export function ask(what: Ask): Promise<Answer> {
    const host = what.host ?? "app.example.com";
    const options: RequestOptions & { servername?: string; ca?: string } = {
        host: "127.0.0.1", port: what.port, path: what.path ?? "/", method: what.method ?? "GET",
        headers: { Host: host, ...what.headers }, agent: what.agent ?? false,
        ...(what.authority !== undefined && { ca: what.authority, servername: what.serverName ?? host }),
    };
    return new Promise((resolve, reject) => {
        const request = what.authority === undefined ? httpRequest(options) : httpsRequest(options);
        request.on("response", response => collect(response).then(resolve, reject));
        request.on("error", reject);
        request.end(what.body);
    });
}

async function collect(response: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of response) {
        chunks.push(chunk as Buffer);
    }
    const { rawHeaders } = response;
    const headers = rawHeaders.flatMap((name, at) => at % 2 === 0 ? [[name, rawHeaders[at + 1] as string] as const] : []);
    return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString() };
}

/** All values of a header. */
export function valuesOf(answer: Answer, name: string): string[] {
    return answer.headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

/** Sends bytes as they are over TLS and gives what comes back until that matches, the other side closes or 2 s are over. */
export function sendRaw(port: number, authority: string, bytes: string, until = /(?!)/): Promise<string> {
    return new Promise((resolve, reject) => {
        const socket = tlsConnect({ port, host: "127.0.0.1", servername: "app.example.com", ca: authority, ALPNProtocols: ["http/1.1"] });
        let got = "";
        socket.setTimeout(2000, () => socket.destroy());
        socket.on("secureConnect", () => socket.write(bytes, "latin1"));
        socket.on("data", chunk => {
            got += chunk.toString("latin1");
            if (until.test(got)) {
                socket.destroy();
            }
        });
        socket.on("close", () => resolve(got));
        socket.on("error", error => got === "" ? reject(error) : resolve(got));
    });
}
