/** A range of addresses of one family. */
export interface Range {
    readonly family: 4 | 6;
    readonly from: bigint;
    readonly to: bigint;
}

/** The range of an address or a CIDR (`10.0.0.0/8`, `fd00::/8`); undefined for anything else. */
export function rangeOf(text: string): Range | undefined {
    const [address = "", prefix, ...rest] = text.split("/");
    const parsed = addressOf(address);
    if (parsed === undefined || rest.length > 0 || prefix !== undefined && !/^\d{1,3}$/.test(prefix)) {
        return undefined;
    }
    const { family, value } = parsed;
    const bits = family === 4 ? 32 : 128;
    const kept = prefix === undefined ? bits : Number(prefix);
    if (kept > bits) {
        return undefined;
    }
    const size = 1n << BigInt(bits - kept);
    const from = value / size * size;
    return { family, from, to: from + size - 1n };
}

function addressOf(text: string): { readonly family: 4 | 6; readonly value: bigint } | undefined {
    const four = quad(text);
    if (four !== undefined) {
        return { family: 4, value: four };
    }
    const six = hextets(text);
    return six === undefined ? undefined : { family: 6, value: six };
}

function quad(text: string): bigint | undefined {
    const parts = text.split(".");
    const valid = parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256);
    return valid ? parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) : undefined;
}

function hextets(text: string): bigint | undefined {
    const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
    const tail = dotted === null ? undefined : quad(dotted[2] ?? "");
    const plain = tail === undefined ? text : `${dotted?.[1] ?? ""}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
    const halves = plain.split("::");
    const groups = halves.map(half => half === "" ? [] : half.split(":"));
    const given = groups.flat();
    const missing = 8 - given.length;
    if (halves.length > 2 || (halves.length === 1 ? missing !== 0 : missing < 1) || given.some(group => !/^[\da-f]{1,4}$/i.test(group))) {
        return undefined;
    }
    const [head = [], rear = []] = groups;
    const filled = halves.length === 1 ? head : [...head, ...Array<string>(missing).fill("0"), ...rear];
    return filled.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

export function contains(outer: Range, inner: Range): boolean {
    return outer.family === inner.family && outer.from <= inner.from && inner.to <= outer.to;
}

const ranges = (...texts: readonly string[]): readonly Range[] => texts.flatMap(text => rangeOf(text) ?? []);
/** What RFC 1918 sets aside for networks of one's own. */
export const OWN_NETWORKS = ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
/** Addresses that no packet from outside has: RFC 1918, 4193, 6598, 3927 and 4291. */
const NOT_OUTSIDE = [...OWN_NETWORKS, ...ranges("100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7", "fe80::/10", "::1/128")];
const LOOPBACK = ranges("127.0.0.0/8", "::1/128", "::ffff:127.0.0.0/104");

/** Whether every address of a range is one that only one's own networks have. */
export function isPrivate(range: Range): boolean {
    return NOT_OUTSIDE.some(known => contains(known, range));
}

/** Whether only the machine itself reaches this address; brackets around it do not count. */
export function isLoopback(address: string): boolean {
    const bare = address.trim().replace(/^\[|\]$/g, "").toLowerCase();
    const range = rangeOf(bare);
    return bare === "localhost" || range !== undefined && LOOPBACK.some(known => contains(known, range));
}
