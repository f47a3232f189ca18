/**
 * Who reaches whom, told without any index, cache or laziness: the rules of Kubernetes and of Docker's engine written down one
 * by one, to compare the real answers with. Everything in it is known.
 */

export interface Peer {
    readonly pods?: Readonly<Record<string, string>>;
    readonly namespaces?: Readonly<Record<string, string>>;
    readonly cidr?: string;
    readonly except?: readonly string[];
}

export interface PolicyRule {
    readonly peers?: readonly Peer[];
    readonly ports?: readonly { readonly port: number; readonly end?: number }[];
}

export interface Policy {
    readonly namespace: string;
    readonly pods: Readonly<Record<string, string>>;
    readonly types?: readonly string[];
    readonly ingress?: readonly PolicyRule[];
    readonly egress?: readonly PolicyRule[];
}

export interface Pod {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly port?: number;
    readonly hostNetwork: boolean;
}

export interface Service {
    readonly namespace: string;
    readonly pods: Readonly<Record<string, string>>;
    readonly type: "ClusterIP" | "NodePort" | "LoadBalancer";
    readonly target: number;
}

export interface Cluster {
    readonly pods: readonly Pod[];
    readonly services: readonly Service[];
    readonly policies: readonly Policy[];
    readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const has = (labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean =>
    Object.entries(wanted).every(([key, value]) => labels[key] === value);

function isolates(policy: Policy, direction: "ingress" | "egress"): boolean {
    const types = policy.types ?? ["Ingress", ...(policy.egress ?? []).length > 0 ? ["Egress"] : []];
    return types.includes(direction === "ingress" ? "Ingress" : "Egress");
}

/** The two blocks that the random stacks hold: everything, or everything but the networks of one's own. */
const holdsPods = (peer: Peer): boolean => peer.cidr === "0.0.0.0/0" && (peer.except ?? []).length < 3 || ["10.0.0.0/8"].includes(peer.cidr ?? "");
const holdsOutside = (peer: Peer): boolean => peer.cidr !== undefined && peer.cidr !== "10.0.0.0/8";

function matches(cluster: Cluster, policy: Policy, peer: Peer, pod: Pod): boolean {
    if (peer.cidr !== undefined) {
        return holdsPods(peer);
    }
    const near = peer.namespaces === undefined ? policy.namespace === pod.namespace
        : has({ ...cluster.namespaces[pod.namespace], "kubernetes.io/metadata.name": pod.namespace }, peer.namespaces);
    return near && has(pod.labels, peer.pods ?? {});
}

/** Whether a port gets through in one direction. */
function lets(cluster: Cluster, pod: Pod, direction: "ingress" | "egress", port: number, peerMatches: (policy: Policy, peer: Peer) => boolean): boolean {
    const selecting = cluster.policies.filter(policy => policy.namespace === pod.namespace && has(pod.labels, policy.pods) && isolates(policy, direction));
    return selecting.length === 0 || selecting.some(policy => (policy[direction] ?? []).some(rule =>
        ((rule.peers ?? []).length === 0 || (rule.peers ?? []).some(peer => peerMatches(policy, peer)))
        && ((rule.ports ?? []).length === 0 || (rule.ports ?? []).some(({ port: from, end }) => port >= from && port <= (end ?? from)))));
}

const EVERY_PORT = Array.from({ length: 20 }, (_, at) => at);

function servicesOf(cluster: Cluster, pod: Pod): readonly Service[] {
    return cluster.services.filter(({ namespace, pods }) => namespace === pod.namespace && Object.keys(pods).length > 0 && has(pod.labels, pods));
}

export function podReachedFromOutside(cluster: Cluster, to: Pod): boolean {
    return to.hostNetwork || servicesOf(cluster, to).some(({ type, target }) =>
        type !== "ClusterIP" && lets(cluster, to, "ingress", target, (_policy, peer) => holdsOutside(peer)));
}

export function podReaches(cluster: Cluster, from: Pod, to: Pod): boolean {
    const said = [...to.port === undefined ? [] : [to.port], ...servicesOf(cluster, to).map(({ target }) => target)];
    const ports = said.length === 0 ? EVERY_PORT : said;
    return from.hostNetwork || to.hostNetwork || ports.some(port =>
        lets(cluster, from, "egress", port, (policy, peer) => matches(cluster, policy, peer, to)) && lets(cluster, to, "ingress", port, (policy, peer) => matches(cluster, policy, peer, from)));
}

export function podReachesOutside(cluster: Cluster, from: Pod): boolean {
    return from.hostNetwork || EVERY_PORT.some(port => lets(cluster, from, "egress", port, (_policy, peer) => holdsOutside(peer)));
}

/** A service of a Compose project. */
export interface Container {
    readonly name: string;
    readonly mode: "host" | "none" | "networks" | { readonly joins: string };
    readonly networks: readonly string[];
    /** The address that a port is published on. */
    readonly published?: string;
    readonly edge: boolean;
}

export interface Project {
    readonly containers: readonly Container[];
    readonly networks: Readonly<Record<string, "open" | "internal" | "apart" | "internal and apart" | "external">>;
}

function owner(project: Project, container: Container): Container {
    const { mode } = container;
    return typeof mode === "object" ? project.containers.find(({ name }) => name === mode.joins) ?? container : container;
}

const networks = (project: Project, container: Container): readonly string[] => owner(project, container).mode === "networks" ? owner(project, container).networks : [];
const onHost = (project: Project, container: Container): boolean => owner(project, container).mode === "host";
const connected = (project: Project, container: Container): boolean => onHost(project, container) || networks(project, container).length > 0;
const isOpen = (project: Project, name: string): boolean => !(project.networks[name] ?? "open").startsWith("internal");

export function containerReachesOutside(project: Project, from: Container): boolean {
    return onHost(project, from) || networks(project, from).some(name => isOpen(project, name));
}

/** Ways that need nothing published. */
export function containerReaches(project: Project, from: Container, to: Container): boolean {
    const shared = networks(project, from).some(name => networks(project, to).includes(name) && !(project.networks[name] ?? "open").endsWith("apart"));
    const byHost = (onHost(project, from) || onHost(project, to)) && connected(project, from) && connected(project, to);
    return owner(project, from) === owner(project, to) || shared || byHost;
}

export function containerPublished(project: Project, to: Container): boolean {
    const of = owner(project, to);
    const behindEdge = of !== to && of.edge;
    return !behindEdge && of.published !== undefined && !["127.0.0.1", "::1"].includes(of.published) && containerReachesOutside(project, of);
}

export function reachedFromOutside(project: Project, to: Container): boolean {
    return onHost(project, to) || containerPublished(project, to);
}
