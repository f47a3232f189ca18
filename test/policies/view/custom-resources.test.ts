import assert from "node:assert/strict";

import { judge } from "../../../policies/judge";
import { hostNetwork } from "../../../policies/rules/isolation/host-network";
import { hostPathMounted } from "../../../policies/rules/isolation/host-path-mounted";
import { privilegedContainer } from "../../../policies/rules/privilege/privileged-container";
import { rootUser } from "../../../policies/rules/privilege/root-user";
import { kubernetesPieces } from "../../../policies/view/kubernetes";
import { Value } from "../../../policies/view/value";
import { UNKNOWN, resource, ruleTest } from "../../support/rule-test";

const object = (type: string, spec: object, metadata: object = { name: "x" }) => {
    const [group = "", kind = ""] = type.split("/");
    return kubernetesPieces({ path: "app.yaml", document: 0, base: [] }, new Value({ apiVersion: `${group}/v1`, kind, metadata, spec }, []));
};
const pod = (name: string) => ({ spec: { containers: [{ name, securityContext: { privileged: true } }] } });
const template = { template: pod("c") };

/** Objects each of whose pod templates has one privileged container: what its name begins with is counted from 1. */
const PODS: Readonly<Record<string, readonly [spec: object, ...containers: string[]]>> = {
    "actions.github.com/AutoscalingRunnerSet": [template, "c"],
    "agones.dev/Fleet": [{ template: { spec: template } }, "c"],
    "agones.dev/GameServer": [template, "c"],
    "agones.dev/GameServerSet": [{ template: { spec: template } }, "c"],
    "apps.kruise.io/AdvancedCronJob": [{ template: { broadcastJobTemplate: { spec: template } } }, "c"],
    "apps.kruise.io/BroadcastJob": [template, "c"],
    "apps.kruise.io/CloneSet": [template, "c"],
    "apps.kruise.io/DaemonSet": [template, "c"],
    "apps.kruise.io/StatefulSet": [template, "c"],
    "apps.kruise.io/UnitedDeployment": [{ template: { cloneSetTemplate: { spec: template } } }, "c"],
    "apps.openshift.io/DeploymentConfig": [template, "c"],
    "argoproj.io/AnalysisTemplate": [{ metrics: [{ provider: { web: {} } }, { provider: { job: { spec: template } } }] }, "c"],
    "argoproj.io/ClusterAnalysisTemplate": [{ metrics: [{ provider: { job: { spec: template } } }] }, "c"],
    "argoproj.io/Rollout": [template, "c"],
    "batch.volcano.sh/Job": [{ tasks: [{ template: pod("a") }, { template: pod("b") }] }, "a", "b"],
    "jobset.x-k8s.io/JobSet": [{ replicatedJobs: [{ template: { spec: template } }] }, "c"],
    "keda.sh/ScaledJob": [{ jobTargetRef: template }, "c"],
    "kubeflow.org/MPIJob": [{ mpiReplicaSpecs: { Launcher: { template: pod("a") }, Worker: { template: pod("b") } } }, "a", "b"],
    "kubeflow.org/Notebook": [template, "c"],
    "kubeflow.org/PaddleJob": [{ paddleReplicaSpecs: { Worker: template } }, "c"],
    "kubeflow.org/PyTorchJob": [{ pytorchReplicaSpecs: { Worker: template } }, "c"],
    "kubeflow.org/TFJob": [{ tfReplicaSpecs: { Worker: template } }, "c"],
    "kubeflow.org/XGBoostJob": [{ xgbReplicaSpecs: { Worker: template } }, "c"],
    "leaderworkerset.x-k8s.io/LeaderWorkerSet": [{ leaderWorkerTemplate: { leaderTemplate: pod("a"), workerTemplate: pod("b") } }, "a", "b"],
    "ray.io/RayCluster": [{ headGroupSpec: { template: pod("a") }, workerGroupSpecs: [{ template: pod("b") }] }, "a", "b"],
    "ray.io/RayJob": [{ rayClusterSpec: { headGroupSpec: { template: pod("a") } } }, "a"],
    "ray.io/RayService": [{ rayClusterConfig: { workerGroupSpecs: [{ template: pod("a") }] } }, "a"],
    "serving.knative.dev/Configuration": [template, "c"],
    "serving.knative.dev/Revision": [pod("c").spec, "c"],
    "serving.knative.dev/Service": [template, "c"],
};

const fired = (type: string, spec: object) => judge(object(type, spec), { rules: [privilegedContainer] });

describe("custom resources", () => {
    for (const [type, [spec, ...containers]] of Object.entries(PODS)) {
        it(`${type} has pods`, () => {
            const { findings, errors, unknown } = fired(type, spec);
            assert.deepEqual(findings.map(({ message }) => message), containers.map(name => `container "${name}" of ${type.split("/")[1] ?? ""} "x" is privileged`));
            assert.deepEqual({ errors, unknown }, { errors: [], unknown: [] });
        });

        it(`${type} without them is left alone, and so is that kind of another group`, () => {
            assert.deepEqual(judge(object(type, {})).errors, []);
            assert.deepEqual(fired(`example.com/${type.split("/")[1] ?? ""}`, spec).findings, []);
        });
    }

    it("that end by themselves are told from those that stay", () => {
        const job = (type: string, spec: object) => object(type, spec).flatMap(piece => piece.workloads.map(workload => workload.job));
        assert.deepEqual([job("argoproj.io/Workflow", { templates: [] }), job("batch.volcano.sh/Job", { tasks: [template] }), job("argoproj.io/Rollout", template)], [[true], [true], [false]]);
    });

    it("whose containers only change what an operator makes have none", () => {
        for (const type of ["monitoring.coreos.com/Prometheus", "flink.apache.org/FlinkDeployment", "example.com/constructor", "argoproj.io/constructor"]) {
            const { findings, errors } = judge(object(type, { ...pod("c").spec, template: pod("c"), podTemplate: pod("c") }));
            assert.deepEqual({ findings, errors }, { findings: [], errors: [] });
        }
    });
});

const steps = (...templates: unknown[]) => ({ securityContext: { runAsUser: 10001 }, templates });
const PRIVILEGED = { securityContext: { privileged: true } };

ruleTest(privilegedContainer, {
    passes: { "a workflow of steps only": object("argoproj.io/Workflow", steps({ name: "all", steps: [[{ name: "a", template: "b" }]] }, { name: "b", container: {} })) },
    violates: {
        "every list of a workflow's": [
            object("argoproj.io/WorkflowTemplate", steps(
                { name: "one", container: PRIVILEGED, initContainers: [{ name: "i", ...PRIVILEGED }], sidecars: [{ name: "s", ...PRIVILEGED }] },
                { name: "two", script: { source: "x", ...PRIVILEGED } }, { name: "three", containerSet: { containers: [{ name: "set", ...PRIVILEGED }] } },
            )),
            'container "one" of WorkflowTemplate "x" is privileged', 'init container "i" of WorkflowTemplate "x" is privileged', 'container "s" of WorkflowTemplate "x" is privileged',
            'container "two" of WorkflowTemplate "x" is privileged', 'container "set" of WorkflowTemplate "x" is privileged',
        ],
        "a workflow that is started by the clock": [object("argoproj.io/CronWorkflow", { workflowSpec: steps({ name: "one", container: PRIVILEGED }) }), 'container "one" of CronWorkflow "x" is privileged'],
        "a resource of Pulumi": [
            resource("kubernetes:argoproj.io/v1alpha1:Workflow", "x", { spec: steps({ name: "one", container: PRIVILEGED }) }), 'container "one" of Workflow "x" is privileged',
        ],
    },
    unknown: {
        "a step beside another": [object("argoproj.io/Workflow", steps(UNKNOWN, { name: "one", container: PRIVILEGED })), 'container "one" of Workflow "x" is privileged'],
        "a template of one kind beside another": [
            object("ray.io/RayCluster", { headGroupSpec: { template: UNKNOWN }, workerGroupSpecs: [{ template: pod("b") }] }), 'container "b" of RayCluster "x" is privileged',
        ],
    },
});

ruleTest(rootUser, {
    passes: {
        "steps that have what their workflow says": object("argoproj.io/Workflow", steps({ name: "one", container: {} })),
        "a step that says it itself": object("argoproj.io/Workflow", { templates: [{ name: "one", securityContext: { runAsUser: 7 }, container: {} }] }),
    },
    violates: { "a step that undoes it": [object("argoproj.io/CronWorkflow", { workflowSpec: steps({ name: "one", securityContext: { runAsUser: 0 }, script: {} }) }), 'container "one" of CronWorkflow "x" runs as root (user: 0)'] },
});

ruleTest(hostNetwork, {
    passes: { "a workflow on its own": object("argoproj.io/Workflow", steps()) },
    violates: { "one on the host's": [object("argoproj.io/CronWorkflow", { workflowSpec: { hostNetwork: true } }), 'pod of CronWorkflow "x" shares the host\'s network'] },
});

ruleTest(hostPathMounted, {
    passes: { "claims": object("argoproj.io/Workflow", { volumes: [{ name: "a", persistentVolumeClaim: {} }] }) },
    violates: {
        "a workflow's volume, and a step's": [
            object("argoproj.io/Workflow", {
                volumes: [{ name: "a", hostPath: { path: "/a" } }],
                templates: [{ name: "one", volumes: [{ name: "b", hostPath: { path: "/b" } }], container: { volumeMounts: [{ name: "a", mountPath: "/a", readOnly: true }] } }],
            }),
            'pod of Workflow "x" mounts the host\'s /a', 'pod of Workflow "x" mounts the host\'s /b',
        ],
    },
});
