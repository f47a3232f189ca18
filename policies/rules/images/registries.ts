import { imageRule, podContainerRule, textsOf } from "../../rule";
import { imageReference, isBelow } from "../../view/image-reference";
import type { Parameters, Settings } from "../../rule";

const PLACES = "registries or repositories, compared by whole parts: `registry.example:5000`, `ghcr.io/team`, `docker.io/library`";

function places(name: string, description: string): Parameters {
    return { [name]: { type: "array", items: { type: "string" }, default: [], description: `${description}; none for no rule` } };
}

/** Whoever can name any registry can run anything. */
export const untrustedRegistry = imageRule({
    id: "untrusted-registry",
    severity: "high",
    title: "Images come from agreed registries only",
    fix: "push the image to an agreed registry, or agree on its repository",
    benchmarks: ["NIST SP 800-190 4.2.1", "OWASP Docker Security Rule 13", "CIS Docker 4.2"],
    controls: ["SC-42"],
    parameters: places("registries", `agreed ${PLACES}`),

    check: ({ reference }, settings) => outside(reference, settings, "registries") ? `comes from a registry that was not agreed (${reference ?? ""})` : undefined,
});

/** Whether an image is below none of the agreed places; false where none was agreed, or it was built here. */
function outside(reference: string | undefined, settings: Settings, name: string): boolean {
    const agreed = textsOf(settings, name);
    const image = reference === undefined ? undefined : imageReference(reference);
    return agreed.length > 0 && image !== undefined && !agreed.some(place => isBelow(image, place));
}

/** A house may know registries that it does not want, though it keeps no list of those that it wants. */
export const blockedRegistry = imageRule({
    id: "blocked-registry",
    severity: "medium",
    title: "No image comes from a registry that was ruled out",
    fix: "mirror the image to a registry of the house",
    benchmarks: ["NIST SP 800-190 4.2.1", "OWASP Docker Security Rule 13"],
    controls: ["SC-42"],
    parameters: places("registries", `${PLACES} that are ruled out`),

    check({ reference }, settings) {
        const image = reference === undefined ? undefined : imageReference(reference);
        const place = image === undefined ? undefined : textsOf(settings, "registries").find(blocked => isBelow(image, blocked));
        return place === undefined ? undefined : `comes from a registry that was ruled out, ${place} (${reference ?? ""})`;
    },
});

/** Nothing is published at the old address any more, security fixes included. */
export const retiredRegistry = imageRule({
    id: "retired-registry",
    severity: "low",
    title: "No image comes from Kubernetes' retired registry",
    fix: "name registry.k8s.io instead of k8s.gcr.io",
    benchmarks: ["Kubernetes: k8s.gcr.io Image Registry Will Be Frozen From the 3rd of April 2023"],
    controls: ["SC-42"],

    check({ reference }) {
        const image = reference === undefined ? undefined : imageReference(reference);
        const retired = image !== undefined && RETIRED.some(place => isBelow(image, place));
        return retired ? `comes from a registry that is retired (${reference ?? ""})` : undefined;
    },
});

const RETIRED: readonly string[] = ["k8s.gcr.io", "gcr.io/google-containers", "gcr.io/google_containers"];

/** Root in a container is one flaw of the kernel away from root on the node: only known authors should have it. */
export const rootFromUntrustedRegistry = podContainerRule({
    id: "root-from-untrusted-registry",
    severity: "medium",
    title: "Only images from trusted registries may run as root",
    fix: "set runAsNonRoot, or push the image to a trusted registry",
    benchmarks: ["NIST SP 800-190 4.2.1"],
    controls: ["SC-37", "SC-42"],
    property: "image",
    parameters: places("registries", `${PLACES} whose images may run as root`),

    check(container, settings) {
        const { image } = container;
        if (!outside(image, settings, "registries")) {
            return undefined;
        }
        const { user } = container;
        const root = user === undefined ? !container.nonRootRequired : /^(?:0+|root)(?::|$)/.test(user);
        return root ? `may run as root an image from a registry that is not trusted with it (${image ?? ""})` : undefined;
    },
});
