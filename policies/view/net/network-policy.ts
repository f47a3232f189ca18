import { Malformed } from "../unfinished";
import { OWN_NETWORKS, contains, isPrivate, rangeOf } from "./address";
import { all, any, once } from "./known";
import { policyPorts } from "./ports";
import { selectorOf } from "./selector";
import type { ObjectView } from "../types";
import type { Value } from "../value";
import type { Range } from "./address";
import type { PolicyPorts } from "./ports";
import type { Selector } from "./selector";

export type Direction = "ingress" | "egress";
export const POLICY_TYPES = ["networking.k8s.io/NetworkPolicy", "extensions/NetworkPolicy"] as const;

/** A NetworkPolicy as the API server understands it. Everything of it may throw. */
export interface NetworkPolicy {
    readonly view: ObjectView;
    readonly namespace: () => string;
    /** The pods that it is about. */
    readonly selector: Selector;
    /** Whether what it does not allow in this direction is denied. */
    readonly isolates: (direction: Direction) => boolean;
    readonly rules: (direction: Direction) => readonly PolicyRule[];
}

/** What one rule of a policy lets through. */
export interface PolicyRule {
    readonly value: Value;
    /** Empty for everybody. */
    readonly peers: () => readonly Peer[];
    readonly ports: PolicyPorts;
}

/** Whom a rule names: a block of addresses, or pods in namespaces. */
export interface Peer {
    readonly value: Value;
    readonly block: () => Block | undefined;
    /** All pods where undefined. */
    readonly pods: () => Selector | undefined;
    /** The policy's own namespace where undefined. */
    readonly namespaces: () => Selector | undefined;
}

export interface Block {
    readonly cidr: string;
    readonly range: Range;
    readonly except: readonly Range[];
}

/**
 * Takes a NetworkPolicy apart. Without `policyTypes` it is about ingress, and about egress if it has rules for that: so does
 * the API server fill it in (k8s.io/kubernetes, pkg/apis/networking/v1/defaults.go).
 */
export function networkPolicy(view: ObjectView): NetworkPolicy {
    const spec = view.value.get("spec");
    const types = once(() => {
        const given = spec.get("policyTypes").items;
        return given.length > 0 ? given : undefined;
    });
    const rules = { ingress: once(() => rulesOf(spec.get("ingress"), "from")), egress: once(() => rulesOf(spec.get("egress"), "to")) };
    return {
        view,
        namespace: once(() => namespaceOf(view.value)),
        selector: selectorOf(spec.get("podSelector")),
        isolates(direction) {
            const given = types();
            return given === undefined ? direction === "ingress" || spec.get("egress").items.length > 0
                : any(given, type => (type.text ?? "").toLowerCase() === direction);
        },
        rules: direction => rules[direction](),
    };
}

/** An object's namespace; `default` where it names none. */
export function namespaceOf(object: Value): string {
    return object.get("metadata", "namespace").text ?? "default";
}

function rulesOf(list: Value, peers: "from" | "to"): PolicyRule[] {
    return list.items.map(value => ({
        value,
        peers: once(() => value.get(peers).items.map(peerOf)),
        ports: lazyPorts(value),
    }));
}

function lazyPorts(rule: Value): PolicyPorts {
    const ports = once(() => policyPorts(rule.get("ports")));
    return listening => ports()(listening);
}

function peerOf(value: Value): Peer {
    return {
        value,
        block: once(() => value.get("ipBlock").present ? blockOf(value.get("ipBlock")) : undefined),
        pods: once(() => value.get("podSelector").present ? selectorOf(value.get("podSelector")) : undefined),
        namespaces: once(() => value.get("namespaceSelector").present ? selectorOf(value.get("namespaceSelector")) : undefined),
    };
}

function blockOf(value: Value): Block {
    const cidr = value.get("cidr");
    return { cidr: cidr.text ?? "", range: parsed(cidr), except: value.get("except").items.map(parsed) };
}

function parsed(cidr: Value): Range {
    const range = rangeOf(cidr.text ?? "");
    if (range === undefined) {
        throw new Malformed(cidr.path, "a range of addresses");
    }
    return range;
}

/** Whether a block holds addresses that are not of one's own networks. */
export function opensOutside({ range, except }: Block): boolean {
    return !isPrivate(range) && !except.some(hole => contains(hole, range));
}

/**
 * Whether a block holds a whole range that pods commonly get their addresses from (RFC 1918): which ones they have only the
 * cluster knows.
 */
export function opensCluster({ range, except }: Block): boolean {
    return OWN_NETWORKS.some(own => contains(range, own) && !except.some(hole => contains(hole, own)));
}

/** Whether a block holds this address. */
export function opensAddress({ range, except }: Block, address: Range): boolean {
    return contains(range, address) && !except.some(hole => contains(hole, address));
}

/** Whether a rule is for everybody: it names nobody, or every pod of every namespace. */
export function opensToEverybody(rule: PolicyRule): boolean {
    const peers = rule.peers();
    return peers.length === 0 || any(peers, peer => all([
        () => peer.block() === undefined,
        () => peer.namespaces()?.empty() === true,
        () => peer.pods()?.empty() !== false,
    ], holds => holds()));
}
