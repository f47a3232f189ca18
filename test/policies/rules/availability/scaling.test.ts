import { autoscalerFought, autoscalerWithoutRoom, autoscalerWithoutTarget } from "../../../../policies/rules/availability/autoscaler";
import { disruptionBudgetBlocksDrains, disruptionBudgetKeepsBrokenPods, noDisruptionBudget } from "../../../../policies/rules/availability/disruption";
import { notSpreadOverNodes, singleReplica } from "../../../../policies/rules/availability/replicas";
import { UNKNOWN, manifest, ruleTest, together } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Rules of this file: "autoscaler-fought", "autoscaler-without-room", "autoscaler-without-target", "single-replica", "not-spread-over-nodes",
// "no-disruption-budget", "disruption-budget-blocks-drains", "disruption-budget-keeps-broken-pods".
const object = (apiVersion: string, kind: string, name: string, spec: object, metadata: object = {}): Subject =>
    manifest(JSON.stringify({ apiVersion, kind, metadata: { name, ...metadata }, spec }));
const app = (spec: object = {}, metadata: object = {}): Subject => object("apps/v1", "Deployment", "api", { template: { metadata: { labels: { app: "api" } } }, ...spec }, metadata);
const scaler = (spec: object, name = "scaler", target = "api"): Subject => object("autoscaling/v2", "HorizontalPodAutoscaler", name, { scaleTargetRef: { kind: "Deployment", name: target }, ...spec });
const budget = (spec: object, metadata: object = {}): Subject => object("policy/v1", "PodDisruptionBudget", "budget", { selector: { matchLabels: { app: "api" } }, ...spec }, metadata);

ruleTest(autoscalerWithoutRoom, {
    passes: { "room": scaler({ minReplicas: 2, maxReplicas: 3 }), "no floor, which is one": scaler({ maxReplicas: 2 }) },
    violates: {
        "none": [scaler({ minReplicas: 3, maxReplicas: 3 }), 'HorizontalPodAutoscaler "scaler" has no room to scale (minReplicas: 3, maxReplicas: 3)'],
        "a ceiling of one": [scaler({ maxReplicas: 1 }), 'HorizontalPodAutoscaler "scaler" has no room to scale (minReplicas: 1, maxReplicas: 1)'],
    },
    unknown: { "the ceiling": [scaler({ minReplicas: 3, maxReplicas: UNKNOWN })] },
});

ruleTest(autoscalerWithoutTarget, {
    passes: {
        "a target": together(app(), scaler({})),
        "a stack without workloads": scaler({}),
        "what only an operator knows": together(app(), object("autoscaling/v2", "HorizontalPodAutoscaler", "h", { scaleTargetRef: { kind: "Kafka", name: "k" } })),
        "a vertical one": together(app(), object("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", "v", { targetRef: { kind: "Deployment", name: "api" } })),
    },
    violates: {
        "another name": [together(app(), scaler({}, "scaler", "ape")), 'HorizontalPodAutoscaler "scaler" scales what is not there (Deployment/ape)'],
        "another namespace": [together(app({}, { namespace: "shop" }), scaler({})), 'HorizontalPodAutoscaler "scaler" scales what is not there (Deployment/api)'],
        "a vertical one": [
            together(app(), object("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", "v", { targetRef: { kind: "Deployment", name: "b" } })),
            'VerticalPodAutoscaler "v" scales what is not there (Deployment/b)',
        ],
    },
    unknown: { "the name of the target": [together(app(), scaler({}, "scaler", UNKNOWN))] },
});

ruleTest(autoscalerFought, {
    passes: { "one autoscaler": together(app(), scaler({})), "a number without one": app({ replicas: 3 }), "a number of another": together(app({ replicas: 3 }), scaler({}, "scaler", "web")) },
    violates: {
        "a number beside it": [together(app({ replicas: 3 }), scaler({})), 'Deployment "api" has a fixed number of replicas beside the autoscaler "scaler" (replicas: 3)'],
        "two": [together(app(), scaler({}, "one"), scaler({}, "two")), 'HorizontalPodAutoscaler "two" scales what "one" scales already (Deployment/api)'],
    },
    unknown: { "the target": [together(app({ replicas: 3 }), scaler({}, "scaler", UNKNOWN))] },
});

ruleTest(singleReplica, {
    passes: {
        "two": app({ replicas: 2 }),
        "an autoscaler with a floor of two": together(app(), scaler({ minReplicas: 2 })),
        "none on purpose": app({ replicas: 0 }),
        "what another object keeps": object("apps/v1", "ReplicaSet", "api", { replicas: 1 }, { ownerReferences: [{ kind: "Deployment", name: "api" }] }),
        "an autoscaler that names no floor": scaler({}),
    },
    violates: {
        "silence": [app(), 'Deployment "api" may be down to 1 replica, of at least 2 (replicas: not set)'],
        "one": [app({ replicas: 1 }), 'Deployment "api" may be down to 1 replica, of at least 2 (replicas: 1)'],
        "a floor of one": [together(app(), scaler({ minReplicas: 1 })), 'HorizontalPodAutoscaler "scaler" may be down to 1 replica, of at least 2 (minReplicas: 1)'],
    },
    unknown: { "the number": [app({ replicas: UNKNOWN })] },
});

ruleTest(singleReplica, { settings: { least: 3 }, passes: { "three": app({ replicas: 3 }) }, violates: { "two": [app({ replicas: 2 }), 'Deployment "api" may be down to 2 replicas, of at least 3 (replicas: 2)'] } });

const pods = (spec: object, labels: object = { app: "api" }, metadata: object = {}) => app({ replicas: 3, template: { metadata: { labels }, spec } }, metadata);
const TERM = { labelSelector: { matchLabels: { app: "api" } }, topologyKey: "kubernetes.io/hostname" };
const TOGETHER = 'Deployment "api" may have all of its replicas on one node (topologySpreadConstraints, podAntiAffinity: not set)';

ruleTest(notSpreadOverNodes, {
    passes: {
        "one replica": app(),
        "a constraint": pods({ topologySpreadConstraints: [{ topologyKey: "zone" }] }),
        "a demand": pods({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [TERM] } } }),
        "a demand for its own namespace": pods({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...TERM, namespaces: ["shop"] }] } } }, { app: "api" }, { namespace: "shop" }),
        "a wish": pods({ affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: TERM }] } } }),
    },
    violates: {
        "silence": [pods({}), TOGETHER],
        "a distance to others only": [pods({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [TERM] } } }, { app: "web" }), TOGETHER],
        "a distance in another namespace": [pods({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...TERM, namespaces: ["shop"] }] } } }), TOGETHER],
        "a forgotten group": [object("v1", "Deployment", "api", { replicas: 3 }), TOGETHER],
        "the floor of an autoscaler": [together(app(), scaler({ minReplicas: 2 })), TOGETHER],
    },
    unknown: { "the constraints": [pods({ topologySpreadConstraints: UNKNOWN })] },
});

ruleTest(noDisruptionBudget, {
    passes: { "a budget": together(app(), budget({})), "no replicas": app({ replicas: 0 }), "a DaemonSet": object("apps/v1", "DaemonSet", "agent", {}) },
    violates: {
        "none": [app(), 'Deployment "api" may lose all of its pods when nodes are drained (PodDisruptionBudget: none)'],
        "one of another namespace": [together(app(), budget({}, { namespace: "shop" })), 'Deployment "api" may lose all of its pods when nodes are drained (PodDisruptionBudget: none)'],
        "one of other pods": [together(app(), budget({ selector: { matchLabels: { app: "web" } } })), 'Deployment "api" may lose all of its pods when nodes are drained (PodDisruptionBudget: none)'],
        "one without a selector": [together(app(), budget({ selector: null })), 'Deployment "api" may lose all of its pods when nodes are drained (PodDisruptionBudget: none)'],
    },
    unknown: { "the selector": [together(app(), budget({ selector: UNKNOWN }))] },
});

ruleTest(disruptionBudgetBlocksDrains, {
    passes: {
        "one that may go": budget({ maxUnavailable: 1 }),
        "a share": budget({ minAvailable: "50%" }),
        "fewer than there are": together(app({ replicas: 3 }), budget({ minAvailable: 2 })),
        "pods that are not here": budget({ minAvailable: 5 }),
        "fewer than the floor of an autoscaler": together(app(), scaler({ minReplicas: 2 }), budget({ minAvailable: 1 })),
    },
    violates: {
        "none that may go": [budget({ maxUnavailable: 0 }), 'PodDisruptionBudget "budget" lets no pod be evicted (maxUnavailable: 0)'],
        "no share that may go": [budget({ maxUnavailable: "0%" }), 'PodDisruptionBudget "budget" lets no pod be evicted (maxUnavailable: 0%)'],
        "all of them": [budget({ minAvailable: "100%" }), 'PodDisruptionBudget "budget" lets no pod be evicted (minAvailable: 100%)'],
        "as many as there are": [together(app(), budget({ minAvailable: 1 })), 'PodDisruptionBudget "budget" lets no pod be evicted (minAvailable: 1, replicas: 1)'],
        "of a Deployment that has no template yet": [
            together(object("apps/v1", "Deployment", "api", { selector: { matchLabels: { app: "api" } } }), budget({ minAvailable: 1 })),
            'PodDisruptionBudget "budget" lets no pod be evicted (minAvailable: 1, replicas: 1)',
        ],
        "a share that is rounded up": [together(app({ replicas: 2 }), budget({ minAvailable: "51%" })), 'PodDisruptionBudget "budget" lets no pod be evicted (minAvailable: 51%, replicas: 2)'],
        "as many as the floor of an autoscaler": [together(app({ replicas: 9 }), scaler({ minReplicas: 2 }), budget({ minAvailable: 2 })), 'PodDisruptionBudget "budget" lets no pod be evicted (minAvailable: 2, replicas: 2)'],
    },
    unknown: { "the replicas": [together(app({ replicas: UNKNOWN }), budget({ minAvailable: 1 }))], "the bound": [budget({ maxUnavailable: UNKNOWN })] },
});

ruleTest(disruptionBudgetKeepsBrokenPods, {
    passes: { "a policy": budget({ unhealthyPodEvictionPolicy: "AlwaysAllow" }) },
    violates: { "silence": [budget({}), 'PodDisruptionBudget "budget" does not say whether broken pods may be evicted (unhealthyPodEvictionPolicy: not set)'] },
    unknown: { "the policy": [budget({ unhealthyPodEvictionPolicy: UNKNOWN })] },
});
