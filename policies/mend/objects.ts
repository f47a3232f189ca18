import { containerMend, numberOf, objectMend, pointedMend, remove, removalMend, set, workloadMend, type Mend } from "./mend";

const TOKEN_GONE = "a program that talks to the API server is refused, where something that is not seen here lets it";

/** Mends of what Kubernetes objects say beside their containers, and of how files are written. */
export const OBJECT_MENDS: Readonly<Record<string, Mend>> = {
    "cached-image-taken": pointedMend({ breaks: "a container whose registry is out of reach does not start" }, { kubernetes: "Always" }),
    "compose-version-key": removalMend({}, ["compose"]),
    "cron-job-without-deadline": objectMend({
        parameters: { mendSeconds: { type: "integer", default: 600, description: "how late a CronJob may start, as mending sets it, in seconds" } },
    }, (_object, { at, settings }) => [set(at, numberOf(settings, "mendSeconds"))]),
    "default-service-account": tokenMend(),
    "disruption-budget-keeps-broken-pods": pointedMend({}, { kubernetes: "AlwaysAllow" }),
    // Of two, engines take the last.
    "duplicate-variable": containerMend({}, (container, { at }) => {
        const entries = container.environment;
        const later = entries.findIndex(({ path }) => path.join("\n") === at.join("\n"));
        const earlier = entries.findLastIndex(({ name }, index) => index < later && name === entries[later]?.name);
        const entry = entries[earlier];
        return entry === undefined ? [] : [remove(container, entry.path)];
    }),
    "finished-job-kept": objectMend({
        breaks: "its log goes with it",
        parameters: { mendSeconds: { type: "integer", default: 86_400, description: "how long a finished Job is kept, as mending sets it, in seconds" } },
    }, (_object, { at, settings }) => at.at(-1) === "ttlSecondsAfterFinished" ? [set(at, numberOf(settings, "mendSeconds"))] : []),
    "namespace-without-pod-security": pointedMend({ breaks: "pods that need more than the level baseline are refused" }, { kubernetes: "baseline" }),
    "retired-service-account-field": workloadMend({}, (pod, { at }) => {
        const spec = pod.source.get("spec");
        const name = spec.get("serviceAccount").text;
        return [...spec.get("serviceAccountName").present || name === undefined ? [] : [set([...pod.path, "serviceAccountName"], name)], remove(pod, at)];
    }),
    "service-account-automounts": pointedMend({ breaks: TOKEN_GONE }, { kubernetes: false }),
    "service-account-token-mounted": tokenMend(),
};

function tokenMend(): Mend {
    return workloadMend({ breaks: TOKEN_GONE }, pod => [set([...pod.path, "automountServiceAccountToken"], false)]);
}
