import { namedTexts } from "./compose-syntax";
import { labels as listed } from "./docker";
import { kinds } from "./scaled";
import type { Entry, ObjectView } from "./types";

/** Kinds of Kubernetes whose objects somebody runs or calls. */
export const RUN_KINDS: readonly string[] = kinds(
    "/Pod", "/ReplicationController", "apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet", "batch/Job", "batch/CronJob",
    "extensions/Deployment", "extensions/DaemonSet", "extensions/ReplicaSet", "argoproj.io/Rollout", "apps.openshift.io/DeploymentConfig",
);

/** The labels of an object, of any platform. */
export function labelsOfObject({ platform, type, value }: ObjectView): readonly Entry[] {
    if (platform === "kubernetes") {
        return namedTexts(value.get("metadata", "labels"));
    }
    return type.startsWith("compose:") ? namedTexts(value.get("labels")) : listed(value.get("labels"));
}
