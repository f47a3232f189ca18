import { RULES } from "../../../../policies/catalogue";
import { UNKNOWN, resource, ruleTest, service } from "../../../support/rule-test";

/** Arguments that a build gives to the Dockerfile that it holds. */
const built = (args: unknown) => service({ build: { dockerfile_inline: "ARG BASE\nFROM ${BASE} AS run\nARG U\nUSER $U\nFROM other", target: "run", args } });

ruleTest(RULES.find(({ id }) => id === "image-runs-as-root") as never, {
    passes: { "a list": built(["U=7", "BASE=a:1"]), "a mapping": built({ U: 7 }) },
    violates: {
        "a list": [built(["BASE=a:1", "U=root"]), 'Dockerfile of service "api" runs as root (USER: root)'],
        "a mapping": [built({ U: "0" }), 'Dockerfile of service "api" runs as root (USER: 0)'],
        "one without a value": [built(["U"]), 'Dockerfile of service "api" runs as a user that only the build knows, which may be root (USER: $U)'],
    },
});

ruleTest(RULES.find(({ id }) => id === "latest-tag") as never, {
    passes: { "a version": resource("docker-build:index:Image", "web", { dockerfile: { inline: "ARG BASE\nFROM ${BASE}" }, buildArgs: { BASE: "a:1" } }) },
    violates: {
        "none": [resource("docker-build:index:Image", "web", { dockerfile: { inline: "ARG BASE\nFROM ${BASE}" }, buildArgs: { BASE: "a" } }), 'base image of Dockerfile of image "web" is whatever version was pushed last (a)'],
    },
    unknown: { "an argument": [resource("docker-build:index:Image", "web", { dockerfile: { inline: "ARG BASE\nFROM ${BASE}" }, buildArgs: { BASE: UNKNOWN } })] },
});
