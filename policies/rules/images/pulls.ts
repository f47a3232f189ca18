import { across, objectRule, podContainerRule, stackRule, textsOf } from "../../rule";
import { imageReference, isBelow } from "../../view/image-reference";
import { namespaceOf } from "../../view/namespaces";
import { objectsOf } from "../../view/stack";
import { anyHolds } from "../../view/three-valued";
import type { Stack } from "../../view/stack";
import type { WorkloadView } from "../../view/types";

/** An image that is on the node already is started without a look at who asks: also what somebody else's credentials pulled. */
export const cachedImageTaken = podContainerRule({
    id: "cached-image-taken",
    severity: "low",
    optional: true,
    title: "The registry is asked whenever a container starts",
    fix: "set imagePullPolicy: Always, or switch the admission plugin AlwaysPullImages on; a digest settles what runs, not who may",
    benchmarks: ["CIS Docker 5.28", "Kubernetes: Images, pull policy"],
    controls: [],

    check(container) {
        const given = container.source.get("imagePullPolicy");
        const { image } = container;
        const parsed = image === undefined ? undefined : imageReference(image);
        // Silence means Always where the tag says nothing.
        const unversioned = parsed !== undefined && parsed.digest === undefined && (parsed.tag ?? "latest") === "latest";
        const policy = given.text ?? (unversioned ? "Always" : "IfNotPresent");
        return policy === "Always" ? undefined : { message: `takes an image that its node has already, whoever pulled it (imagePullPolicy: ${given.text ?? "not set"})`, at: given.path };
    },
});

/** Without credentials of its own a pod pulls with those of its node, which are everybody's. */
export const noPullCredentials = stackRule({
    id: "no-pull-credentials",
    severity: "low",
    optional: true,
    title: "Pods name the credentials that their images are pulled with",
    fix: "set imagePullSecrets, of the pod or of its service account",
    benchmarks: ["Kubernetes: Pull an Image from a Private Registry"],
    controls: [],
    parameters: { open: { type: "array", items: { type: "string" }, default: ["docker.io", "registry.k8s.io"], description: "registries and repositories that ask for none" } },

    check(stack, settings) {
        const open = textsOf(settings, "open");
        const pods = stack.workloads.filter(({ platform }) => platform === "kubernetes");
        return across(pods, "imagePullSecrets", workload => {
            const closed = workload.containers.map(({ image }) => image ?? "").find(reference => {
                const image = imageReference(reference);
                return reference !== "" && image !== undefined && !open.some(place => isBelow(image, place));
            });
            const named = () => workload.source.get("spec", "imagePullSecrets").items.some(item => item.present);
            return closed === undefined || anyHolds([named, () => accountHasSecrets(stack, workload)]) ? undefined
                : `names no credentials for its registry (imagePullSecrets: not set, image: ${closed})`;
        });
    },
});

function accountHasSecrets(stack: Stack, workload: WorkloadView): boolean {
    const name = workload.source.get("spec", "serviceAccountName").text ?? "default";
    return anyHolds(objectsOf(stack, "/ServiceAccount").map(account => () => account.subject.name === name
        && (namespaceOf(account) ?? "") === workload.subject.namespace && account.value.get("imagePullSecrets").items.some(item => item.present)));
}

/** Whoever can write to the repository, or stands between it and the cluster, can change a manifest that nobody signed. */
export const unsignedManifest = objectRule({
    id: "unsigned-manifest",
    severity: "low",
    optional: true,
    title: "Every manifest carries its signature",
    fix: "sign it (e.g. `kubectl sigstore sign`), and let admission verify it: here only that there is one is seen",
    benchmarks: ["Kubernetes: Controlling Access to the Kubernetes API, admission control"],
    controls: [],
    types: [],
    platforms: ["kubernetes"],
    parameters: {
        annotations: {
            type: "array", items: { type: "string" }, default: ["cosign.sigstore.dev/message", "cosign.sigstore.dev/signature"],
            description: "annotations that a signature consists of",
        },
    },

    check(object, settings) {
        const annotations = object.value.get("metadata", "annotations");
        const missing = textsOf(settings, "annotations").find(name => !annotations.get(name).present);
        return missing === undefined ? undefined : { message: `carries no signature (${missing}: not set)`, at: [...object.path, "metadata", "annotations"] };
    },
});
