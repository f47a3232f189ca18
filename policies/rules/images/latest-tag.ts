import { imageRule } from "../../rule";

/** `latest`, or no tag, is whatever was pushed last: nobody can say which version runs, or go back to it. */
export const latestTag = imageRule({
    id: "latest-tag",
    severity: "medium",
    title: "No image is named without a version",
    fix: "name the version, and its digest",
    benchmarks: ["CIS Docker 5.28", "NIST SP 800-190 4.1.5"],
    controls: ["SC-42"],

    check(image) {
        const { reference } = image;
        if (reference === undefined || reference === "" || reference.includes("@sha256:") || reference.startsWith("sha256:")) {
            return undefined;
        }
        const tag = /:([^:/]+)$/.exec(reference.split("/").at(-1) ?? "")?.[1];
        return tag === undefined || tag === "latest" ? `is whatever version was pushed last (${reference})` : undefined;
    },
});
