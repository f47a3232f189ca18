import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A service that behaves as badly as services do. */
export interface Upstream {
    readonly port: number;
    /** Requests as they came in. */
    readonly seen: { readonly method: string; readonly url: string; readonly headers: IncomingMessage["headers"]; readonly bytes: number }[];
    close(): Promise<void>;
}

/** Headers with which a service argues with the edge. */
export const RIVAL_HEADERS: Readonly<Record<string, string | string[]>> = {
    "Server": "Werkzeug/2.0 Python/3.9",
    "X-Powered-By": "Express",
    "X-AspNet-Version": "4.0",
    "Strict-Transport-Security": "max-age=1",
    "Content-Security-Policy": ["default-src *", "script-src *"],
    "Content-Security-Policy-Report-Only": "default-src *",
    "X-Content-Type-Options": "sniff",
    "X-Frame-Options": "ALLOWALL",
    "Referrer-Policy": "unsafe-url",
    "Permissions-Policy": "camera=*",
    "Cross-Origin-Opener-Policy": "unsafe-none",
    "Cross-Origin-Embedder-Policy": "unsafe-none",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Request-ID": "the service's own",
};

/** Starts it on a free port, or on `port`, of an address of loopback. */
export async function startUpstream(address = "127.0.0.1", port = 0): Promise<Upstream> {
    const seen: Upstream["seen"] = [];
    const sockets = new Set<Socket>();
    const server = createServer((request, response) => {
        answer(request, response, seen).catch(() => response.destroy());
    });
    server.on("connection", socket => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
    });
    server.on("upgrade", (request: IncomingMessage, socket: Socket) => {
        const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
        socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
        socket.pipe(socket);
    });
    await new Promise<void>(resolve => server.listen(port, address, resolve));
    return {
        port: (server.address() as AddressInfo).port,
        seen,
        close: async () => {
            const closed = new Promise(resolve => server.close(resolve));
            sockets.forEach(socket => socket.destroy());
            await closed;
        },
    };
}

async function answer(request: IncomingMessage, response: ServerResponse, seen: Upstream["seen"]): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://upstream");
    let bytes = 0;
    for await (const chunk of request) {
        bytes += (chunk as Buffer).length;
    }
    seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, bytes });
    if (pathname.endsWith("/rival")) {
        Object.entries(RIVAL_HEADERS).forEach(([name, value]) => response.setHeader(name, value));
        response.end("rival");
    } else if (pathname.endsWith("/events")) {
        await events(response);
    } else if (pathname.endsWith("/slow")) {
        await sleep(300);
        response.end("slow");
    } else if (pathname.endsWith("/redirect")) {
        response.writeHead(302, { ...RIVAL_HEADERS, Location: "/elsewhere" }).end();
    } else if (pathname.endsWith("/cookie")) {
        response.writeHead(200, { "Set-Cookie": "session=1; HttpOnly" }).end();
    } else if (pathname.endsWith("/elsewhere-inside")) {
        response.writeHead(200, { "X-Accel-Redirect": "/rival" }).end("passed on");
    } else if (/\/(4|5)\d\d$/.test(pathname)) {
        response.writeHead(Number(pathname.slice(-3)), RIVAL_HEADERS).end("the service's own error");
    } else {
        response.end(JSON.stringify({ url: request.url, bytes }));
    }
}

/** Ten events, 100 ms apart. */
async function events(response: ServerResponse): Promise<void> {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    for (let event = 0; event < 10; event++) {
        response.write(`data: ${event}\n\n`);
        await sleep(100);
    }
    response.end();
}
