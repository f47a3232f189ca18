import { PLACEMENT_RULES } from "../../../../policies/rules/isolation/placement";
import { dockerfilePiece } from "../../../../policies/view/dockerfile/view";
import { Value } from "../../../../policies/view/value";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, deployment, manifest, ruleTest, service } from "../../../support/rule-test";

const pod = (spec: object) => deployment("api", { containers: [], ...spec });
const POD = 'pod of Deployment "api"';
const CONTROL = "node-role.kubernetes.io/control-plane";

ruleTest(ruleIn(PLACEMENT_RULES, "control-plane-scheduling"), {
    passes: {
        "silence": pod({}), "another toleration": pod({ tolerations: [{ key: "gpu", operator: "Exists" }, { operator: "Exists", effect: "PreferNoSchedule" }] }),
        "nodes that are not of it": pod({
            nodeSelector: { disk: "ssd" },
            affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: CONTROL, operator: "DoesNotExist" }, { key: "zone", operator: "In" }] }] } } },
        }),
        "what runs the cluster": manifest(`apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: kube-system}\nspec: {nodeName: m, containers: [], tolerations: [{operator: Exists}]}`),
        "a pod that the scheduler has placed": manifest("apiVersion: v1\nkind: Pod\nmetadata: {name: p, uid: 7}\nspec: {nodeName: n, containers: []}"),
        "Compose": service({}),
    },
    violates: {
        "tolerations": [
            pod({ tolerations: [{ key: CONTROL }, { key: "node-role.kubernetes.io/master", effect: "NoSchedule" }, { operator: "Exists" }] }),
            `${POD} tolerates nodes of the control plane (${CONTROL})`, `${POD} tolerates nodes of the control plane (node-role.kubernetes.io/master)`,
            `${POD} tolerates every node, those of the control plane too (operator: Exists)`,
        ],
        "a selector": [pod({ nodeSelector: { [CONTROL]: "" } }), `${POD} asks for a node of the control plane (${CONTROL})`],
        "affinities": [
            pod({ affinity: { nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: CONTROL, operator: "Exists" }] }] },
                preferredDuringSchedulingIgnoredDuringExecution: [{ preference: { matchExpressions: [{ key: CONTROL, operator: "In" }] } }],
            } } }),
            `${POD} asks for a node of the control plane (${CONTROL})`, `${POD} asks for a node of the control plane (${CONTROL})`,
        ],
        "a node's name": [pod({ nodeName: "m1" }), `${POD} passes the scheduler by (nodeName: m1)`],
    },
    unknown: {
        "one term of an affinity beside another": [
            pod({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: UNKNOWN, preferredDuringSchedulingIgnoredDuringExecution: [UNKNOWN, { preference: { matchExpressions: [{ key: CONTROL, operator: "In" }] } }] } } }),
            `${POD} asks for a node of the control plane (${CONTROL})`,
        ],
        "one toleration beside a name": [pod({ tolerations: [UNKNOWN], nodeName: "m1" }), `${POD} passes the scheduler by (nodeName: m1)`],
    },
});

ruleTest(ruleIn(PLACEMENT_RULES, "pinned-to-node"), {
    passes: { "silence": pod({}), "pods beside it": pod({ nodeSelector: {}, affinity: { podAffinity: { x: 1 } } }) },
    violates: { "both": [pod({ nodeSelector: { a: "b" }, affinity: { nodeAffinity: { x: 1 } } }), `${POD} chooses its nodes (nodeSelector)`, `${POD} chooses its nodes (nodeAffinity)`] },
    unknown: { "one beside the other": [pod({ nodeSelector: UNKNOWN, affinity: { nodeAffinity: { x: 1 } } }), `${POD} chooses its nodes (nodeAffinity)`] },
});

ruleTest(ruleIn(PLACEMENT_RULES, "too-many-containers"), { passes: { "any number, where none is agreed": pod({ containers: [{}, {}, {}] }) }, violates: {} });
ruleTest(ruleIn(PLACEMENT_RULES, "too-many-containers"), {
    settings: { most: 2 },
    passes: { "as many as agreed, and init containers": pod({ containers: [{}, {}], initContainers: [{}, {}, {}] }), "none": pod({}) },
    violates: { "one more": [pod({ containers: [{}, {}, {}] }), `${POD} has 3 containers, more than 2`] },
    unknown: { "the list": [pod({ containers: UNKNOWN })] },
});

const file = (text: string) => [dockerfilePiece({ path: "Dockerfile", document: 0, base: [] }, new Value(text, []), { name: "Dockerfile", label: "Dockerfile" })];
ruleTest(ruleIn(PLACEMENT_RULES, "image-declares-volumes"), {
    passes: { "none": file("FROM a\nRUN mkdir /data # VOLUME /data\n"), "Compose": service({ volumes: ["/data"] }) },
    violates: { "two": [file("FROM a\nVOLUME /a\nvolume [\"/b\"]\n"), ...[1, 2].map(() => 'Dockerfile declares a volume of its own (VOLUME)')] },
});
