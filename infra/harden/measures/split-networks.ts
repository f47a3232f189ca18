import type { HardenedNetwork } from "../../model/hardened";
import type { NetworkAttachment } from "../../model/service";
import { type Draft, type DraftService, type Measure, type Outcome, record } from "../draft";

const NAME = "split-networks";
/** The key of the network where the edge meets what it passes requests to. */
export const EDGE_NETWORK = "edge";
/** The edge's way to the host: an engine publishes no port on an internal network. */
export const INGRESS_NETWORK = "ingress";
/**
 * An internal network has no route to the outside, but its bridge has an address of the host, where whatever the host
 * listens on for every address answers. Without that address containers reach the host no more, nor the host them.
 */
const NO_HOST = { "com.docker.network.bridge.inhibit_ipv4": "true" };
/** A bridge that rewrites no source address has no working way out: answers to its containers find no way back. */
const NO_WAY_OUT = { "com.docker.network.bridge.enable_ip_masquerade": "false" };

/**
 * Who shares no network cannot reach one another. Every network of the authors stays, but without a route to the
 * outside; the sandbox leaves them all; the edge meets its upstreams on a network of its own and never sees data.
 */
export const splitNetworks: Measure = {
    name: NAME,
    apply: draft => {
        const used = draft.services.reduce<Draft>((done, service, index) => attach(done, service, index), { ...draft, networks: draft.networks.map(internal) });
        const closed = draft.networks.filter(network => !network.internal && !network.external && network.key !== INGRESS_NETWORK).map(({ key }) => `network ${key}'s route to the outside`);
        const kept = used.networks.filter(({ key, external }) => !external && used.services.some(({ spec }) => spec.networks.some(({ network }) => network === key)));
        return record({ ...used, networks: kept }, NAME, undefined, { closed });
    },
};

function internal(network: HardenedNetwork): HardenedNetwork {
    return network.key === INGRESS_NETWORK ? network : { ...network, internal: true, driverOpts: NO_HOST };
}

function attach(draft: Draft, service: DraftService, index: number): Draft {
    const { spec, source } = service;
    if (spec.namespaces.network !== undefined) {
        return draft;
    }
    const authored = source.networkMode === "none" ? [] : withoutExternal(wasOnHost(source.networkMode) ? [anyNetwork(draft)] : spec.networks, draft);
    const own = spec.role === "sandbox" ? [] : authored;
    const extra = [...edgeOf(service, draft), ...sandboxesOf(service, draft), ...egressOf(service, draft), ...publishedOf(service)];
    const hosts = spec.extraHosts.filter(entry => !entry.endsWith("host-gateway"));
    const next = extra.reduce(ensureNetwork, own.reduce(ensureNetwork, draft));
    const services = next.services.with(index, { ...service, spec: { ...spec, networks: [...own, ...extra], extraHosts: hosts } });
    return record({ ...next, services }, NAME, source.name, outcomeFor(service, draft));
}

function outcomeFor({ spec, source }: DraftService, draft: Draft): Outcome {
    const egress = draft.declaration.egress?.filter(({ service }) => service === source.name) ?? [];
    return {
        closed: [
            ...(spec.role === "sandbox" && spec.networks.length > 0 ? ["every network of the sandbox"] : []),
            ...spec.networks.filter(({ network }) => isExternal(network, draft)).map(({ network }) => `network ${network}, shared with other applications`),
            ...spec.extraHosts.filter(entry => entry.endsWith("host-gateway")).map(entry => `the host's address as ${entry.split(":")[0]}`),
        ],
        opened: egress.map(({ hosts, reason }) => ({ what: `the way out to ${hosts.join(", ")}`, reason })),
        problems: egress.filter(({ hosts }) => !hosts.includes("*")).map(({ hosts }) => ({
            subject: "egress", fault: "names hosts, which this version does not enforce on Docker", got: hosts.join(", "),
            remedy: "write hosts: [\"*\"] to open the way to all of them, or leave it closed",
        })),
    };
}

function edgeOf({ source }: DraftService, draft: Draft): NetworkAttachment[] {
    return draft.options.edge?.upstreams.includes(source.name) === true ? [{ network: EDGE_NETWORK, aliases: [] }] : [];
}

/** The networks on which a sandbox that has callers meets them: one a sandbox, with nobody else on it. */
function sandboxesOf({ source, declared, spec }: DraftService, draft: Draft): NetworkAttachment[] {
    const own = spec.role === "sandbox" && declared.network === "callers" ? [source.name] : [];
    const called = draft.services.filter(other => other.spec.role === "sandbox" && other.declared.network === "callers" && other.declared.callers?.includes(source.name) === true);
    return [...own, ...called.map(other => other.source.name)].map(name => ({ network: `sandbox-${name}`, aliases: [] }));
}

function egressOf({ source }: DraftService, draft: Draft): NetworkAttachment[] {
    return draft.declaration.egress?.some(({ service }) => service === source.name) === true ? [{ network: `egress-${source.name}`, aliases: [] }] : [];
}

/** A service that keeps a published port (declared, or on the loopback address) needs a network that is not internal. */
function publishedOf({ spec, source }: DraftService): NetworkAttachment[] {
    return spec.role !== "edge" && spec.publishes.length > 0 ? [{ network: `published-${source.name}`, aliases: [] }] : [];
}

function ensureNetwork(draft: Draft, { network: key }: NetworkAttachment): Draft {
    if (draft.networks.some(network => network.key === key)) {
        return draft;
    }
    const open = key.startsWith("egress-") || key.startsWith("published-");
    const network = {
        key, name: `${draft.application.name}_${key}`, internal: !open, external: false, subnets: [],
        ...(key.startsWith("published-") ? { driverOpts: NO_WAY_OUT } : open ? {} : { driverOpts: NO_HOST }),
    };
    return { ...draft, networks: [...draft.networks, network] };
}

function withoutExternal(attachments: readonly NetworkAttachment[], draft: Draft): readonly NetworkAttachment[] {
    const own = attachments.filter(({ network }) => !isExternal(network, draft));
    return own.length > 0 || attachments.length === 0 ? own : [anyNetwork(draft)];
}

function isExternal(key: string, draft: Draft): boolean {
    return draft.application.networks.some(network => network.key === key && network.external);
}

/** Where a service goes that had no network of the application: the default one. */
function anyNetwork(draft: Draft): NetworkAttachment {
    return { network: draft.networks.find(({ external }) => !external)?.key ?? "default", aliases: [] };
}

function wasOnHost(mode: string | undefined): boolean {
    return mode === "host" || mode === "bridge";
}

