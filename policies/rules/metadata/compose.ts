import { objectRule } from "../../rule";

/** With both, what runs is whichever is there: an image that was pulled under the name is not what the source says. */
export const buildAndImage = objectRule({
    id: "build-and-image",
    severity: "low",
    optional: true,
    title: "A service is either built here or pulled",
    fix: "keep one of the two; where the image is built to be pushed, leave the rule out",
    benchmarks: ["Docker: Compose Build Specification, using build and image"],
    controls: [],
    types: ["compose:service"],
    property: "image",

    check(service) {
        const image = service.value.get("image");
        return image.present && service.value.get("build").present ? `is built here under a name that can also be pulled (${image.text ?? ""})` : undefined;
    },
});

/** Nothing reads the key any more, but some checkers still do: they pass over files without it. */
export const composeVersionKey = objectRule({
    id: "compose-version-key",
    severity: "low",
    optional: true,
    title: "A Compose file has no `version`",
    fix: "take the key out",
    benchmarks: ["Docker: Compose file reference, version and name top-level elements"],
    controls: [],
    types: ["compose:project"],
    property: "version",

    check(project) {
        const version = project.value.get("version");
        return version.present ? `has a key that Compose ignores (version: ${version.text ?? ""})` : undefined;
    },
});
