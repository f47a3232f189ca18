import { baseImageNotAllowed, imageStaleOrLarge, provenanceNotVerified, scanNotCurrent, signatureNotVerified } from "../../../../policies/rules/images/evidence";
import { UNKNOWN, deployment, docker, resource, ruleTest, service } from "../../../support/rule-test";

// Rules of this file: "signature-not-verified", "provenance-not-verified", "scan-not-current", "image-stale-or-large", "base-image-not-allowed".
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const image = (letter: string) => service({ image: `api:1@${digest(letter)}` });
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
const refused = (message: string, letter: string) => `service "api" ${message} (api:1@${digest(letter)})`;

ruleTest(signatureNotVerified, { passes: { "anything, until there is evidence": service({ image: "api" }) }, violates: {} });

ruleTest(signatureNotVerified, {
    settings: { evidence: [`${digest("a")} signed provenance`, `  ${digest("b")}   provenance`] },
    passes: { "a signed one": image("a"), "what is built here": service({ build: "." }), "the id of one": docker("api", { image: digest("a") }) },
    violates: {
        "one of which something else is known": [image("b"), refused("has no signature that was verified", "b")],
        "one of which nothing is known": [image("c"), refused("has no signature that was verified", "c")],
        "a tag": [service({ image: "api:1" }), 'service "api" has no signature that was verified (api:1)'],
    },
    unknown: { "the image": [docker("api", { image: UNKNOWN })] },
});

ruleTest(provenanceNotVerified, {
    settings: { evidence: [`${digest("a")} signed`, `${digest("b")} provenance`] },
    passes: { "one whose making is known": image("b") },
    violates: { "a signed one": [image("a"), refused("has no provenance that was verified", "a")] },
    unknown: { "the image": [docker("api", { image: UNKNOWN })] },
});

ruleTest(scanNotCurrent, {
    settings: {
        evidence: [`${digest("a")} scanned=${daysAgo(30)}`, `${digest("b")} scanned=2020-01-01`, `${digest("c")} scanned=${daysAgo(1)} vulnerable`, `${digest("d")} scanned=soon`, `${digest("e")} scanned=2999-01-01`],
    },
    passes: { "a scan of this month": image("a") },
    violates: {
        "an old one": [image("b"), refused("was not scanned within 30 days (scanned: 2020-01-01)", "b")],
        "one that found something": [image("c"), refused("has a severe flaw that is known", "c")],
        "what is no day": [image("d"), refused("was not scanned within 30 days (scanned: soon)", "d")],
        "a day that is still to come": [image("e"), refused("was not scanned within 30 days (scanned: 2999-01-01)", "e")],
        "none": [image("f"), refused("was not scanned within 30 days (scanned: never)", "f")],
    },
    unknown: { "the image": [docker("api", { image: UNKNOWN })] },
});

ruleTest(imageStaleOrLarge, {
    settings: { days: 90, megabytes: 100, evidence: [`${digest("a")} created=${daysAgo(80)} megabytes=100`, `${digest("b")} created=2020-01-01`, `${digest("c")} created=${daysAgo(1)} megabytes=100.5`, `${digest("d")} created=${daysAgo(1)}`] },
    passes: { "a young and small one": image("a") },
    violates: {
        "an old one": [image("b"), refused("is older than 90 days (created: 2020-01-01)", "b")],
        "a large one": [image("c"), refused("is larger than 100 megabytes (size: 100.5)", "c")],
        "one of no known size": [image("d"), refused("is larger than 100 megabytes (size: not known)", "d")],
        "one of no known age": [image("e"), refused("is older than 90 days (created: not known)", "e")],
    },
    unknown: { "the image": [docker("api", { image: UNKNOWN })] },
});

const LABEL = "org.opencontainers.image.base.name";
const labelled = (base: string) => service({ image: "api:1", labels: { [LABEL]: base } });

ruleTest(baseImageNotAllowed, { passes: { "anything, until bases are agreed": labelled("someone/os") }, violates: {} });

ruleTest(baseImageNotAllowed, {
    settings: { bases: ["docker.io/library/debian", "gcr.io/distroless"], evidence: [`${digest("a")} base=gcr.io/distroless/static`, `${digest("b")} base=someone/os`] },
    passes: {
        "an agreed base": labelled("docker.io/library/debian:12"),
        "one that the pipeline wrote down": image("a"),
        "an annotation of a pod": deployment("api", { containers: [{ name: "api", image: "api:1" }] }, { annotations: { [LABEL]: "debian:12" } }),
        "what is only pulled": resource("docker:index/remoteImage:RemoteImage", "x", { name: "api:1" }),
    },
    violates: {
        "another base": [labelled("docker.io/library/debian-slim"), 'service "api" is built upon what was not agreed (docker.io/library/debian-slim)'],
        "another that the pipeline wrote down": [image("b"), 'service "api" is built upon what was not agreed (someone/os)'],
        "silence": [docker("api", { image: "api:1" }), `container "api" does not say what it is built upon (${LABEL}: not set)`],
        "silence of what is built here": [service({ build: "." }), `service "api" does not say what it is built upon (${LABEL}: not set)`],
    },
    unknown: {
        "the labels": [docker("api", { image: "api:1", labels: UNKNOWN })],
        "the image, of which there may be evidence": [docker("api", { image: UNKNOWN, labels: [{ label: LABEL, value: "someone/os" }] })],
    },
});

ruleTest(baseImageNotAllowed, {
    settings: { bases: ["docker.io/library/debian"] },
    passes: { "an agreed base, whatever the image will be": docker("api", { image: UNKNOWN, labels: [{ label: LABEL, value: "debian:12" }] }) },
    violates: {
        "another, whatever the image will be": [docker("api", { image: UNKNOWN, labels: [{ label: LABEL, value: "someone/os" }] }), 'container "api" is built upon what was not agreed (someone/os)'],
    },
});
