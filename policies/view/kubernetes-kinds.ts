import type { Value } from "./value";

/** Every item of a list, or every value of a mapping. */
const EACH = "*";
type Way = readonly string[];

const TEMPLATE: readonly Way[] = [["spec", "template"]];
const JOB_TEMPLATE: readonly Way[] = [["spec", "jobTemplate", "spec", "template"]];
const ANALYSIS: readonly Way[] = [["spec", "metrics", EACH, "provider", "job", "spec", "template"]];
const rayCluster = (...at: Way): readonly Way[] => [[...at, "headGroupSpec", "template"], [...at, "workerGroupSpecs", EACH, "template"]];
const replicas = (specs: string): readonly Way[] => [["spec", specs, EACH, "template"]];

/** Where each kind of Kubernetes' own keeps its pod; by API group, so that a custom resource of the same kind is not taken for one. */
const OWN: Readonly<Record<string, readonly Way[]>> = {
    "/Pod": [[]], "/PodTemplate": [["template"]], "/ReplicationController": TEMPLATE,
    "apps/Deployment": TEMPLATE, "apps/StatefulSet": TEMPLATE, "apps/DaemonSet": TEMPLATE, "apps/ReplicaSet": TEMPLATE,
    "batch/Job": TEMPLATE, "batch/CronJob": JOB_TEMPLATE,
    "extensions/Deployment": TEMPLATE, "extensions/DaemonSet": TEMPLATE, "extensions/ReplicaSet": TEMPLATE,
    // The group was forgotten: the API server would refuse it, but what was meant is plain, and silence would pass for a verdict.
    "/Deployment": TEMPLATE, "/StatefulSet": TEMPLATE, "/DaemonSet": TEMPLATE, "/ReplicaSet": TEMPLATE, "/Job": TEMPLATE, "/CronJob": JOB_TEMPLATE,
};

/**
 * Custom resources whose own definition says that a pod template is there. One in which containers only change what an
 * operator makes, as in Prometheus or FlinkDeployment, is none: what it leaves out may be set by the operator.
 */
const CUSTOM: Readonly<Record<string, readonly Way[]>> = {
    "actions.github.com/AutoscalingRunnerSet": TEMPLATE,
    "agones.dev/Fleet": [["spec", "template", "spec", "template"]], "agones.dev/GameServer": TEMPLATE,
    "agones.dev/GameServerSet": [["spec", "template", "spec", "template"]],
    "apps.kruise.io/AdvancedCronJob": [["spec", "template", "jobTemplate", "spec", "template"], ["spec", "template", "broadcastJobTemplate", "spec", "template"]],
    "apps.kruise.io/BroadcastJob": TEMPLATE, "apps.kruise.io/CloneSet": TEMPLATE, "apps.kruise.io/DaemonSet": TEMPLATE, "apps.kruise.io/StatefulSet": TEMPLATE,
    "apps.kruise.io/UnitedDeployment": ["advancedStatefulSetTemplate", "cloneSetTemplate", "deploymentTemplate", "statefulSetTemplate"]
        .map(kind => ["spec", "template", kind, "spec", "template"]),
    "apps.openshift.io/DeploymentConfig": TEMPLATE,
    "argoproj.io/AnalysisTemplate": ANALYSIS, "argoproj.io/ClusterAnalysisTemplate": ANALYSIS, "argoproj.io/Rollout": TEMPLATE,
    "batch.volcano.sh/Job": replicas("tasks"),
    "jobset.x-k8s.io/JobSet": [["spec", "replicatedJobs", EACH, "template", "spec", "template"]],
    "keda.sh/ScaledJob": [["spec", "jobTargetRef", "template"]],
    "kubeflow.org/MPIJob": replicas("mpiReplicaSpecs"), "kubeflow.org/Notebook": TEMPLATE, "kubeflow.org/PaddleJob": replicas("paddleReplicaSpecs"),
    "kubeflow.org/PyTorchJob": replicas("pytorchReplicaSpecs"), "kubeflow.org/TFJob": replicas("tfReplicaSpecs"), "kubeflow.org/XGBoostJob": replicas("xgbReplicaSpecs"),
    "leaderworkerset.x-k8s.io/LeaderWorkerSet": [["spec", "leaderWorkerTemplate", "leaderTemplate"], ["spec", "leaderWorkerTemplate", "workerTemplate"]],
    "ray.io/RayCluster": rayCluster("spec"), "ray.io/RayJob": rayCluster("spec", "rayClusterSpec"), "ray.io/RayService": rayCluster("spec", "rayClusterConfig"),
    "serving.knative.dev/Configuration": TEMPLATE, "serving.knative.dev/Revision": [[]], "serving.knative.dev/Service": TEMPLATE,
};

const JOBS: ReadonlySet<string> = new Set([
    "batch/Job", "batch/CronJob", "/Job", "/CronJob", "apps.kruise.io/AdvancedCronJob", "apps.kruise.io/BroadcastJob", "argoproj.io/AnalysisTemplate",
    "argoproj.io/ClusterAnalysisTemplate", "argoproj.io/ClusterWorkflowTemplate", "argoproj.io/CronWorkflow", "argoproj.io/Workflow", "argoproj.io/WorkflowTemplate",
    "batch.volcano.sh/Job", "jobset.x-k8s.io/JobSet", "keda.sh/ScaledJob", "kubeflow.org/MPIJob", "kubeflow.org/PaddleJob",
    "kubeflow.org/PyTorchJob", "kubeflow.org/TFJob", "kubeflow.org/XGBoostJob",
]);

/** Whether pods of this kind of object end by themselves. */
export function isJob(type: string): boolean {
    return JOBS.has(type);
}

/** The pod templates of an object of this type; none where its kind is not known to have any. */
export function podTemplates(root: Value, type: string): readonly Value[] {
    const [own, custom] = [OWN, CUSTOM].map(kinds => Object.hasOwn(kinds, type) ? kinds[type] ?? [] : []);
    const found = (custom ?? []).flatMap(way => below(root, way));
    return [...(own ?? []).flatMap(way => below(root, way)), ...found.filter(template => !template.known || template.present)];
}

function below(value: Value, way: Way): readonly Value[] {
    const at = way.indexOf(EACH);
    if (at < 0) {
        return [value.get(...way)];
    }
    const many = value.get(...way.slice(0, at));
    const parts = !many.known || !many.present || many.isList ? many.items : many.entries.map(([, part]) => part);
    return parts.flatMap(part => below(part, way.slice(at + 1)));
}
