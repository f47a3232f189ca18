import { imageRule, textsOf } from "../../rule";
import { imageReference } from "../../view/image-reference";

/** Names of channels: what is pushed next gets the same one. */
const MOVING: readonly string[] = ["latest", "stable", "edge", "nightly", "canary", "rolling", "lts", "main", "master", "develop", "dev", "test", "testing", "beta"];

/** `latest`, or no tag, is whatever was pushed last: nobody can say which version runs, or go back to it. */
export const latestTag = imageRule({
    id: "latest-tag",
    severity: "medium",
    title: "No image is named without a version",
    fix: "name the version, and its digest",
    benchmarks: ["CIS Docker 5.28", "NIST SP 800-190 4.1.5"],
    controls: ["SC-42"],
    parameters: { moving: { type: "array", items: { type: "string" }, default: MOVING, description: "tags that are no version" } },

    check({ reference }, settings) {
        const image = reference === undefined || reference === "" ? undefined : imageReference(reference);
        if (reference === undefined || image === undefined || image.digest !== undefined) {
            return undefined;
        }
        return image.tag === undefined || textsOf(settings, "moving").includes(image.tag) ? `is whatever version was pushed last (${reference})` : undefined;
    },
});
