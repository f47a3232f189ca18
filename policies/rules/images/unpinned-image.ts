import { imageRule } from "../../rule";
import { imageReference } from "../../view/image-reference";

/** A tag can be moved: what was tested is not what runs tomorrow. A digest can't. */
export const unpinnedImage = imageRule({
    id: "unpinned-image",
    severity: "medium",
    title: "Every image is named by its digest",
    fix: "add the digest: `repository:tag@sha256:…`",
    benchmarks: ["CIS Docker 4.2", "CIS Kubernetes 5.5.1", "NIST SP 800-190 4.1.5", "OWASP Docker Security Rule 13"],
    controls: ["RAGFLOW-IMAGE-04", "SC-42"],

    check({ reference }) {
        // Without a reference it is built from source; a bare id is an image that the engine already has.
        if (reference === undefined) {
            return undefined;
        }
        const image = imageReference(reference);
        return image === undefined || image.digest !== undefined ? undefined : `is not pinned by a digest (${reference === "" ? "empty" : reference})`;
    },
});
