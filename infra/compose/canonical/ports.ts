import { isIP } from "node:net";

import type { Path } from "../../model/problem";
import { fail, shorten } from "../fault";
import type { Mapping, Value } from "../value";

/**
 * The long forms of a short port mapping, `[[address:]published:]target[/protocol]`, one for each port of a range.
 * @throws FaultError
 */
export function longPorts(spec: string, path: Path): Mapping[] {
    const problem = (fault: string): never =>
        fail(path, fault, { got: shorten(spec), remedy: "write \"80\", \"8080:80\", \"127.0.0.1:8080:80/tcp\" or a range" });
    const parts = spec.split(":");
    const last = parts.pop() as string;
    const published = parts.pop() ?? "";
    const address = addressOf(parts.join(":"), problem);
    const [range, protocol] = targetOf(last, problem);
    const [first, end] = rangeOf(range, problem);
    const [hostFirst, hostEnd] = published === "" ? [0, 0] : rangeOf(published, problem);
    if (published !== "" && first !== end && end - first !== hostEnd - hostFirst) {
        return problem("has ranges of different lengths");
    }
    const ports: Mapping[] = [];
    for (let at = 0; at <= end - first; at++) {
        const host = published === "" ? "" : first === end && hostFirst !== hostEnd ? `${hostFirst}-${hostEnd}` : String(hostFirst + at);
        ports.push(portOf(first + at, host, address, protocol));
    }
    // Ports of a range are listed by their text, as Compose lists them.
    return ports.sort((one, other) => compareKeys(one, other));
}

function portOf(target: number, published: string, address: string, protocol: string): Mapping {
    const port: Mapping = new Map<string, Value>([["mode", "ingress"]]);
    if (address !== "") {
        port.set("host_ip", address);
    }
    if (target !== 0) {
        port.set("target", BigInt(target));
    }
    if (published !== "") {
        port.set("published", published);
    }
    return port.set("protocol", protocol);
}

function compareKeys(one: Mapping, other: Mapping): number {
    const key = (port: Mapping): string => `${String(port.get("target") ?? 0)}/${String(port.get("protocol"))}`;
    return key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0;
}

function addressOf(text: string, problem: (fault: string) => never): string {
    const bare = text.startsWith("[") ? /^\[([^\]]*)\]$/.exec(text)?.[1] ?? problem("has no valid address") : text;
    return bare === "" || isIP(bare) !== 0 && !bare.includes("%") ? bare : problem("has no valid address");
}

function targetOf(text: string, problem: (fault: string) => never): [range: string, protocol: string] {
    const slash = text.indexOf("/");
    const range = slash < 0 ? text : text.slice(0, slash);
    const protocol = (slash < 0 || slash === text.length - 1 ? "tcp" : text.slice(slash + 1)).toLowerCase();
    if (range === "") {
        return problem("names no port of the container");
    }
    return ["tcp", "udp", "sctp"].includes(protocol) ? [range, protocol] : problem("has a protocol other than tcp, udp and sctp");
}

function rangeOf(text: string, problem: (fault: string) => never): [first: number, end: number] {
    const dash = text.indexOf("-");
    const [first, end] = dash < 0 ? [text, text] : [text.slice(0, dash), text.slice(dash + 1)];
    const [from, to] = [numberOf(first, problem), numberOf(end, problem)];
    return to < from ? problem("has a range that ends before it starts") : [from, to];
}

function numberOf(text: string, problem: (fault: string) => never): number {
    const port = /^[-+]?\d+$/.test(text) ? Number(text) : NaN;
    return port >= 0 && port <= 65535 ? port : problem("has a port that is not a number up to 65535");
}
