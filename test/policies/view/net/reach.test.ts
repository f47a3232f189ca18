import assert from "node:assert/strict";

import fc from "fast-check";

import { reachOf } from "../../../../policies/view/net/reach";
import { stackOf } from "../../../../policies/view/stack";
import { Unknown } from "../../../../policies/view/unfinished";
import {
    containerPublished, containerReaches, containerReachesOutside, podReachedFromOutside, podReaches, podReachesOutside, reachedFromOutside,
} from "../../../support/naive-reach";
import { UNKNOWN, compose, manifest, resource } from "../../../support/rule-test";
import type { Reach } from "../../../../policies/view/net/reach";
import type { Stack } from "../../../../policies/view/stack";
import type { WorkloadView } from "../../../../policies/view/types";
import type { Cluster, Container, Peer, Pod, Policy, PolicyRule, Project } from "../../../support/naive-reach";

const label = fc.record({ app: fc.constantFrom("a", "b", "c"), tier: fc.constantFrom("x", "y") }, { requiredKeys: ["app"] });
const selector = fc.record({ app: fc.constantFrom("a", "b", "c"), tier: fc.constantFrom("x", "y") }, { requiredKeys: [] });
const peer = fc.oneof(
    fc.record({ pods: selector }),
    fc.record({ pods: selector, namespaces: fc.constantFrom({}, { team: "one" }, { "kubernetes.io/metadata.name": "m" }) }, { requiredKeys: ["namespaces"] }),
    fc.constantFrom<Peer>({ cidr: "0.0.0.0/0" }, { cidr: "10.0.0.0/8" }, { cidr: "198.51.100.0/24" }, { cidr: "0.0.0.0/0", except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] }, { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] }),
) as fc.Arbitrary<Peer>;
const port = fc.oneof(fc.record({ port: fc.integer({ min: 1, max: 9 }) }), fc.integer({ min: 1, max: 9 }).map(from => ({ port: from, end: from + 3 })));
const rule: fc.Arbitrary<PolicyRule> = fc.record({ peers: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) }, { requiredKeys: [] });
const policy: fc.Arbitrary<Policy> = fc.record({
    namespace: fc.constantFrom("default", "m"), pods: selector, types: fc.subarray(["Ingress", "Egress"], { minLength: 1 }), ingress: fc.array(rule, { maxLength: 2 }), egress: fc.array(rule, { maxLength: 2 }),
}, { requiredKeys: ["namespace", "pods"] });
const pod = fc.record({ namespace: fc.constantFrom("default", "m", "n"), labels: label, port: fc.integer({ min: 1, max: 12 }), hostNetwork: fc.constantFrom(false, false, false, true) }, { requiredKeys: ["namespace", "labels", "hostNetwork"] });
const cluster = fc.record({
    pods: fc.array(pod, { minLength: 2, maxLength: 6 }).map(pods => pods.map((each, at): Pod => ({ ...each, name: `p${at}` }))),
    policies: fc.array(policy, { maxLength: 5 }),
    services: fc.array(fc.record({
        namespace: fc.constantFrom("default", "m"), pods: selector, type: fc.constantFrom("ClusterIP" as const, "NodePort" as const, "LoadBalancer" as const), target: fc.integer({ min: 1, max: 12 }),
    }), { maxLength: 3 }),
    namespaces: fc.constantFrom<Cluster["namespaces"]>({}, { m: { team: "one" } }, { m: {}, n: { team: "one" } }),
}) as fc.Arbitrary<Cluster>;

function selectorOf(labels: Readonly<Record<string, string>> | undefined, asExpressions: boolean): object | undefined {
    return labels === undefined ? undefined
        : asExpressions ? { matchExpressions: Object.entries(labels).map(([key, value]) => ({ key, operator: "In", values: [value, "z"] })) } : { matchLabels: labels };
}

function ruleObject({ peers, ports }: PolicyRule, side: "from" | "to"): object {
    return {
        ...peers === undefined ? {} : { [side]: peers.map(({ pods, namespaces, cidr, except }) => cidr !== undefined ? { ipBlock: { cidr, except } } : { podSelector: selectorOf(pods, true), namespaceSelector: selectorOf(namespaces, false) }) },
        ...ports === undefined ? {} : { ports: ports.map(({ port: number, ...more }) => ({ port: number, ...("end" in more ? { endPort: more.end } : {}) })) },
    };
}

function clusterObjects({ pods, policies, services, namespaces }: Cluster): object[] {
    return [
        ...pods.map(({ name, namespace, labels, port: number, hostNetwork }) => ({
            apiVersion: "v1", kind: "Pod", metadata: { name, labels, ...namespace === "default" ? {} : { namespace } },
            spec: { hostNetwork, containers: [{ name: "c", ports: number === undefined ? [] : [{ containerPort: number }] }] },
        })),
        ...policies.map((each, at) => ({
            apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: `n${at}`, namespace: each.namespace },
            spec: {
                podSelector: selectorOf(each.pods, at % 2 === 1), policyTypes: each.types,
                ingress: each.ingress?.map(item => ruleObject(item, "from")), egress: each.egress?.map(item => ruleObject(item, "to")),
            },
        })),
        ...services.map(({ namespace, pods: selected, type, target }, at) => ({
            apiVersion: "v1", kind: "Service", metadata: { name: `s${at}`, namespace }, spec: { type, selector: selected, ports: [{ port: 80, targetPort: target }] },
        })),
        ...Object.entries(namespaces).map(([name, labels]) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } })),
    ];
}

function read(stack: Stack): { readonly reach: Reach; readonly named: (name: string) => WorkloadView } {
    return { reach: reachOf(stack), named: name => stack.workloads.find(({ subject }) => subject.name === name)! };
}

const clusterStack = (objects: readonly object[]): Stack => stackOf(manifest(objects.map(object => JSON.stringify(object)).join("\n---\n")));

const container = fc.record({
    mode: fc.oneof({ weight: 6, arbitrary: fc.constant("networks" as const) }, { weight: 1, arbitrary: fc.constantFrom("host" as const, "none" as const) }, { weight: 2, arbitrary: fc.constantFrom("s0", "s1").map(joins => ({ joins })) }),
    networks: fc.subarray(["a", "b", "c"], { minLength: 1 }), published: fc.constantFrom("0.0.0.0", "127.0.0.1", "::1", "10.0.0.1"), edge: fc.boolean(),
}, { requiredKeys: ["mode", "networks", "edge"] });
const project: fc.Arbitrary<Project> = fc.record({
    containers: fc.array(container, { minLength: 2, maxLength: 6 }).map(containers => containers.map((each, at): Container => ({
        // An engine refuses to join what joins another: the first two join nobody.
        ...each, name: `s${at}`, mode: at < 2 && typeof each.mode === "object" ? "networks" : each.mode,
    }))),
    networks: fc.record({ a: kind(), b: kind(), c: kind() }),
});

function kind(): fc.Arbitrary<Project["networks"][string]> {
    return fc.constantFrom("open", "internal", "apart", "internal and apart", "external");
}

function projectFile({ containers, networks }: Project): object {
    return {
        services: Object.fromEntries(containers.map(({ name, mode, networks: on, published, edge }) => [name, {
            ...mode === "networks" ? { networks: on } : { network_mode: typeof mode === "object" ? `service:${mode.joins}` : mode },
            ...published === undefined ? {} : { ports: [published.includes(":") ? { target: 80, published: "80", host_ip: published } : `${published}:80:80`] },
            ...edge ? { labels: { "portcullis.role": "edge" } } : {},
        }])),
        networks: Object.fromEntries(Object.entries(networks).map(([name, what]) => [name, {
            ...what === "external" ? { external: true } : {}, ...what.startsWith("internal") ? { internal: true } : {},
            ...what.endsWith("apart") ? { driver_opts: { "com.docker.network.bridge.enable_icc": "false" } } : {},
        }])),
    };
}

const pairs = <Item>(items: readonly Item[]): (readonly [Item, Item])[] => items.flatMap(one => items.filter(other => other !== one).map(other => [one, other] as const));

describe("who reaches whom, at random, as the rules written down one by one say", () => {
    it("pods under policies", () => {
        fc.assert(fc.property(cluster, given => {
            const { reach, named } = read(clusterStack(clusterObjects(given)));
            for (const [from, to] of pairs(given.pods)) {
                assert.equal(reach.between(named(from.name), named(to.name)) !== undefined, podReaches(given, from, to), `${from.name} → ${to.name}`);
            }
            for (const each of given.pods) {
                assert.equal(reach.toOutside(named(each.name)) !== undefined, podReachesOutside(given, each), `${each.name} → internet`);
                assert.equal(reach.fromOutside(named(each.name)) !== undefined, podReachedFromOutside(given, each), `internet → ${each.name}`);
            }
        }), { numRuns: 300 });
    });

    it("containers on networks", () => {
        fc.assert(fc.property(project, given => {
            const { reach, named } = read(stackOf(compose(projectFile(given))));
            for (const [from, to] of pairs(given.containers)) {
                const direct = containerReaches(given, from, to);
                assert.equal(reach.between(named(from.name), named(to.name)) !== undefined, direct, `${from.name} → ${to.name}`);
                assert.equal(reach.anyWay(named(from.name), named(to.name)) !== undefined, direct || containerReachesOutside(given, from) && containerPublished(given, to), `${from.name} → ${to.name}, published`);
            }
            for (const each of given.containers) {
                assert.equal(reach.toOutside(named(each.name)) !== undefined, containerReachesOutside(given, each), `${each.name} → internet`);
                assert.equal(reach.fromOutside(named(each.name)) !== undefined, reachedFromOutside(given, each), `internet → ${each.name}`);
            }
        }), { numRuns: 300 });
    });
});

/** Ways to every leaf of a value. */
function leaves(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
    return typeof value !== "object" || value === null ? [path]
        : Object.entries(value).flatMap(([key, item]) => item === undefined ? [] : leaves(item, [...path, Array.isArray(value) ? Number(key) : key]));
}

function changed(value: unknown, path: readonly (string | number)[]): unknown {
    const [key, ...rest] = path;
    if (key === undefined) {
        return UNKNOWN;
    }
    const copy: unknown = Array.isArray(value) ? [...value] : { ...value as object };
    (copy as Record<string | number, unknown>)[key] = changed((value as Record<string | number, unknown>)[key], rest);
    return copy;
}

/** What a question is answered with: the way, none, or that nobody knows. */
function answer(ask: () => unknown): "way" | "none" | "unknown" {
    try {
        return ask() === undefined ? "none" : "way";
    } catch (error) {
        assert.ok(error instanceof Unknown, String(error));
        return "unknown";
    }
}

const pulumi = (objects: readonly object[]): Stack => stackOf(objects.flatMap((object, at) => {
    const { apiVersion, kind: kindOf } = object as { readonly apiVersion: string; readonly kind: string };
    return resource(`kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kindOf}`, `r${at}`, object);
}));

describe("who reaches whom where something is not known", () => {
    it("a leaf that is not known may leave an answer open, and never turns it into another", () => {
        fc.assert(fc.property(cluster, fc.nat(), (given, seed) => {
            const objects = clusterObjects(given);
            // Names stay known: without them nobody could be asked about.
            const ways = leaves(objects).filter(path => path.at(-1) !== "name" && !["apiVersion", "kind"].includes(String(path.at(-1))));
            const at = ways[seed % ways.length]!;
            const before = read(pulumi(objects));
            const after = read(pulumi(changed(objects, at) as object[]));
            for (const [from, to] of pairs(given.pods)) {
                const known = answer(() => before.reach.between(before.named(from.name), before.named(to.name)));
                const now = answer(() => after.reach.between(after.named(from.name), after.named(to.name)));
                assert.ok(now === known || now === "unknown", `${from.name} → ${to.name} was ${known}, is ${now} without ${at.join(".")}`);
            }
            for (const { name } of given.pods) {
                const known = answer(() => before.reach.fromOutside(before.named(name)));
                const now = answer(() => after.reach.fromOutside(after.named(name)));
                assert.ok(now === known || now === "unknown", `internet → ${name} was ${known}, is ${now} without ${at.join(".")}`);
            }
        }), { numRuns: 300 });
    });

    it("a project's leaf likewise", () => {
        fc.assert(fc.property(project, fc.nat(), (given, seed) => {
            const file = projectFile(given);
            const ways = leaves(file).filter(path => path.length > 0);
            const at = ways[seed % ways.length]!;
            const before = read(stackOf(compose(file)));
            const after = read(stackOf(compose(changed(file, at) as object)));
            for (const [from, to] of pairs(given.containers)) {
                for (const question of ["between", "anyWay"] as const) {
                    const known = answer(() => before.reach[question](before.named(from.name), before.named(to.name)));
                    const now = answer(() => after.reach[question](after.named(from.name), after.named(to.name)));
                    assert.ok(now === known || now === "unknown", `${from.name} → ${to.name} was ${known}, is ${now} without ${at.join(".")}`);
                }
            }
        }), { numRuns: 300 });
    });
});
