import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";

/** A name server for services: answers A queries from `names`, which a test may change while it runs. */
export interface NameServer {
    readonly port: number;
    readonly names: Map<string, string>;
    close(): Promise<void>;
}

/** Starts a name server on a free port of 127.0.0.1. A name that it does not know does not exist. */
export async function startNameServer(names: Readonly<Record<string, string>>): Promise<NameServer> {
    const table = new Map(Object.entries(names));
    const socket = createSocket("udp4");
    socket.on("message", (query, from) => socket.send(answer(query, table), from.port, from.address));
    await new Promise<void>(resolve => socket.bind(0, "127.0.0.1", resolve));
    return { port: socket.address().port, names: table, close: () => close(socket) };
}

function close(socket: Socket): Promise<void> {
    return new Promise(resolve => socket.close(() => resolve()));
}

function answer(query: Buffer, names: ReadonlyMap<string, string>): Buffer {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
        labels.push(query.toString("latin1", at + 1, at + 1 + length));
        at += 1 + length;
    }
    const question = query.subarray(12, at + 5);
    const address = query.readUInt16BE(at + 1) === 1 ? names.get(labels.join(".")) : undefined;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(names.has(labels.join(".")) ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(address === undefined ? 0 : 1, 6);
    // A pointer to the question's name, type A, class IN, 1 s to live, 4 bytes.
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...(address ?? "0.0.0.0").split(".").map(Number)]);
    return Buffer.concat(address === undefined ? [header, question] : [header, question, record]);
}
