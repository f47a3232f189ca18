import { objectRule } from "../../rule";
import { kinds } from "../../view/scaled";

const CRON_JOBS = kinds("batch/CronJob");

/** All pods are taken down before a new one runs: each update is an outage. */
export const recreateStrategy = objectRule({
    id: "recreate-strategy",
    severity: "low",
    title: "Workloads are updated pod by pod",
    fix: "leave the strategy out or set RollingUpdate",
    benchmarks: ["Kubernetes: Deployments, strategy"],
    controls: [],
    types: kinds("apps/Deployment", "apps/DaemonSet", "apps/StatefulSet", "extensions/Deployment", "apps.openshift.io/DeploymentConfig"),

    check(object) {
        const strategy = object.value.get("spec", /\/Deployment(?:Config)?$/.test(object.type) ? "strategy" : "updateStrategy", "type");
        if (["RollingUpdate", "Rolling"].includes(strategy.text ?? "RollingUpdate")) {
            return undefined;
        }
        // A volume that one node alone may mount leaves a Deployment no other way.
        const claims = () => object.value.get("spec", "template", "spec", "volumes").items.some(volume => volume.get("persistentVolumeClaim").present);
        return strategy.text === "Recreate" && claims() ? undefined : { message: `is not updated pod by pod (strategy: ${strategy.text ?? ""})`, at: strategy.path };
    },
});

/** Without a deadline a schedule that was missed a hundred times, e.g. by an outage, is given up for good. */
export const cronJobWithoutDeadline = objectRule({
    id: "cron-job-without-deadline",
    severity: "low",
    title: "Every CronJob says how late it may start",
    fix: "set startingDeadlineSeconds",
    benchmarks: ["Kubernetes: CronJob, deadline for delayed Job start"],
    controls: ["SC-47"],
    types: CRON_JOBS,

    check(object) {
        const deadline = object.value.get("spec", "startingDeadlineSeconds");
        return deadline.present ? undefined : { message: "has no deadline for its start (startingDeadlineSeconds: not set)", at: deadline.path };
    },
});

/** A finished Job keeps its pods, with their logs and what their environment held, until somebody removes it. */
export const finishedJobKept = objectRule({
    id: "finished-job-kept",
    severity: "low",
    optional: true,
    title: "Finished Jobs are removed, and none runs for longer than was agreed",
    fix: "set ttlSecondsAfterFinished (a CronJob removes its own), and activeDeadlineSeconds where a bound was agreed",
    benchmarks: ["Kubernetes: Automatic Cleanup for Finished Jobs"],
    controls: ["SC-47"],
    types: [...CRON_JOBS, ...kinds("batch/Job")],
    parameters: { longest: { type: "integer", default: 0, description: "for how many seconds a Job may run; 0 for any time" } },

    check(object, settings) {
        const scheduled = CRON_JOBS.includes(object.type);
        const spec = scheduled ? object.value.get("spec", "jobTemplate", "spec") : object.value.get("spec");
        const longest = Number(settings["longest"]);
        const deadline = spec.get("activeDeadlineSeconds");
        if (longest > 0 && !((deadline.number ?? Infinity) <= longest)) {
            return { message: `may run for longer than ${longest} seconds (activeDeadlineSeconds: ${deadline.text ?? "not set"})`, at: deadline.path };
        }
        const ttl = spec.get("ttlSecondsAfterFinished");
        const hook = object.value.get("metadata", "annotations", "helm.sh/hook-delete-policy");
        return scheduled || ttl.present || hook.present ? undefined : { message: "is kept when it has finished (ttlSecondsAfterFinished: not set)", at: ttl.path };
    },
});
