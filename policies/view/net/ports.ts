import { Malformed } from "../unfinished";
import { once } from "./known";
import type { Value } from "../value";

/** Ports of one protocol. */
export interface Ports {
    readonly protocol: string;
    readonly from: number;
    readonly to: number;
}

const LAST = 65535;
const PROTOCOLS = ["TCP", "UDP", "SCTP"];
export const ALL_PORTS: readonly Ports[] = PROTOCOLS.map(protocol => ({ protocol, from: 0, to: LAST }));

/** A port that a container says it listens on. */
export interface NamedPort extends Ports {
    readonly name: string;
}

/** Ports that a rule of a NetworkPolicy names, of a pod that has these ones; a name that it has not is none. */
export type PolicyPorts = (listening: readonly NamedPort[]) => readonly Ports[];

/** `ports` of a rule of a NetworkPolicy: every port where none is named. */
export function policyPorts(list: Value): PolicyPorts {
    const items = list.items.map(portsOf);
    return items.length === 0 ? () => ALL_PORTS : listening => items.flatMap(item => item(listening));
}

function portsOf(item: Value): PolicyPorts {
    const read = once(() => ({ protocol: item.get("protocol").text ?? "TCP", port: item.get("port").text, end: item.get("endPort").number }));
    return listening => {
        const { protocol, port, end } = read();
        if (port === undefined) {
            return [{ protocol, from: 0, to: LAST }];
        }
        if (!/^\d+$/.test(port)) {
            return listening.filter(each => each.name === port && each.protocol === protocol);
        }
        const from = Number(port);
        if (end !== undefined && end < from) {
            throw new Malformed(item.path, "a range of ports");
        }
        return [{ protocol, from, to: end ?? from }];
    };
}

/** Ports that are in both. */
export function bothPorts(one: readonly Ports[], other: readonly Ports[]): readonly Ports[] {
    return one === ALL_PORTS ? other : other === ALL_PORTS ? one
        : one.flatMap(a => other.filter(b => a.protocol === b.protocol && a.from <= b.to && b.from <= a.to)
            .map(b => ({ protocol: a.protocol, from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) })));
}

/** `TCP 5432`; empty for all of them. */
export function portsText(ports: readonly Ports[]): string {
    const open = PROTOCOLS.every(protocol => ports.some(each => each.protocol === protocol && each.from <= 1 && each.to === LAST));
    const texts = ports.map(({ protocol, from, to }) => from <= 1 && to === LAST ? `any ${protocol}` : `${protocol} ${from}${to === from ? "" : `-${to}`}`);
    return open ? "" : [...new Set(texts)].sort().join(", ");
}
