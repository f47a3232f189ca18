import { imageRule, textsOf } from "../../rule";
import { imageReference, isBelow } from "../../view/image-reference";
import type { Parameters, Rule, Settings } from "../../rule";
import type { ImageView } from "../../view/types";

/** Of one digest what a house's own pipeline found out: `signed` and `provenance` have no value. */
type Facts = ReadonlyMap<string, string>;

const LINES = "what the house's pipeline found out, an image a line: `sha256:… signed provenance scanned=2027-03-01 created=2027-02-01 megabytes=80 base=docker.io/library/debian`; none for no rule";

const EVIDENCE: Parameters = { evidence: { type: "array", items: { type: "string" }, default: [], description: LINES } };

/** A day's length, for the age of what was found out. */
const DAY = 24 * 60 * 60 * 1000;

/**
 * What is written down of an image, by its digest: of a tag nobody can say anything that holds tomorrow.
 * @returns undefined where nothing is written down of any image, so that the rule was not asked for
 */
function factsOf(reference: string, settings: Settings): Facts | undefined {
    const lines = textsOf(settings, "evidence");
    const digest = imageReference(reference)?.digest ?? (reference.startsWith("sha256:") ? reference : undefined);
    const line = lines.map(text => text.trim().split(/\s+/)).find(([first]) => first === digest);
    return lines.length === 0 ? undefined : new Map(line?.slice(1).map(word => {
        const at = word.indexOf("=");
        return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
    }));
}

/** A rule about what is written down of every image that is not built here. */
function evidenceRule(text: Pick<Rule, "id" | "severity" | "title" | "fix" | "benchmarks" | "controls" | "parameters">, check: (facts: Facts, settings: Settings) => string | undefined): Rule {
    return imageRule({
        ...text,
        parameters: { ...EVIDENCE, ...text.parameters },
        check({ reference }, settings) {
            const facts = reference === undefined || reference === "" ? undefined : factsOf(reference, settings);
            const message = facts === undefined ? undefined : check(facts, settings);
            return message === undefined ? undefined : `${message} (${reference ?? ""})`;
        },
    });
}

/** A digest says that the content is the same as before, a signature who made it. */
export const signatureNotVerified = evidenceRule({
    id: "signature-not-verified",
    severity: "high",
    title: "The signature of every image was verified",
    fix: "let the pipeline verify it (e.g. `cosign verify`) and write `signed` behind its digest",
    benchmarks: ["CIS Docker 4.5", "NIST SP 800-190 4.1.5"],
    controls: ["SC-42"],
}, facts => facts.has("signed") ? undefined : "has no signature that was verified");

/** Who knows from which source, and by whom, an image was built can tell a tampered one. */
export const provenanceNotVerified = evidenceRule({
    id: "provenance-not-verified",
    severity: "medium",
    title: "Where every image was built, and of what, was verified",
    fix: "let the pipeline verify provenance or a list of parts (e.g. `cosign verify-attestation`) and write `provenance` behind the digest",
    benchmarks: ["CIS Kubernetes 5.5.1", "NIST SP 800-190 4.1.5"],
    controls: ["SC-42", "SC-51"],
}, facts => facts.has("provenance") ? undefined : "has no provenance that was verified");

/** What was clean a year ago has known flaws today. */
export const scanNotCurrent = evidenceRule({
    id: "scan-not-current",
    severity: "medium",
    title: "Every image was scanned for known flaws of late, and none severe was found",
    fix: "let the pipeline scan it and write `scanned=` with the day, or `vulnerable` where a severe flaw was found, behind the digest",
    benchmarks: ["CIS Docker 4.4", "NIST SP 800-190 4.1.1"],
    controls: ["SC-53"],
    parameters: { days: { type: "integer", default: 30, description: "how old a scan may be" } },
}, (facts, settings) => {
    if (facts.has("vulnerable")) {
        return "has a severe flaw that is known";
    }
    const day = facts.get("scanned");
    return isWithin(day, Number(settings["days"])) ? undefined : `was not scanned within ${String(settings["days"])} days (scanned: ${day ?? "never"})`;
});

/** An old image lacks fixes; a large one has more to attack, and more to fix. */
export const imageStaleOrLarge = evidenceRule({
    id: "image-stale-or-large",
    severity: "low",
    title: "No image is older or larger than was agreed",
    fix: "build it again, on a smaller base; the pipeline writes `created=` and `megabytes=` behind the digest",
    benchmarks: ["NIST SP 800-190 4.1.1", "OWASP Docker Security Rule 9"],
    controls: ["SC-42"],
    parameters: {
        days: { type: "integer", default: 180, description: "how old an image may be; 0 for any age" },
        megabytes: { type: "integer", default: 0, description: "how large an image may be; 0 for any size" },
    },
}, (facts, settings) => {
    const [days, megabytes] = [Number(settings["days"]), Number(settings["megabytes"])];
    const [created, size] = [facts.get("created"), facts.get("megabytes")];
    if (days > 0 && !isWithin(created, days)) {
        return `is older than ${days} days (created: ${created ?? "not known"})`;
    }
    return megabytes > 0 && !(Number(size ?? "none") <= megabytes) ? `is larger than ${megabytes} megabytes (size: ${size ?? "not known"})` : undefined;
});

/** What is no day, or lies in the future, is no evidence. */
function isWithin(day: string | undefined, days: number): boolean {
    const age = day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day) ? Number.NaN : Date.now() - Date.parse(day);
    return age >= -DAY && age <= (days + 1) * DAY;
}

const BASE = "org.opencontainers.image.base.name";

/** Most of an image is its base: its flaws and its fixes are the base's. */
export const baseImageNotAllowed = imageRule({
    id: "base-image-not-allowed",
    severity: "medium",
    title: "Every image is built upon an agreed base",
    fix: `build upon an agreed base, and say which: in the Dockerfile, by the label ${BASE}, or as \`base=\` of the evidence`,
    benchmarks: ["CIS Docker 4.2", "NIST SP 800-190 4.1.5"],
    controls: ["RAGFLOW-IMAGE-04", "SC-42"],
    parameters: {
        bases: { type: "array", items: { type: "string" }, default: [], description: "registries or repositories of agreed bases, compared by whole parts; none for no rule" },
        ...EVIDENCE,
    },

    check(image, settings) {
        const bases = textsOf(settings, "bases");
        if (bases.length === 0 || image.base === undefined && image.container === undefined) {
            return undefined;
        }
        const base = image.base === undefined ? baseOf(image, settings) : image.base ? image.reference : undefined;
        if (base === undefined) {
            return image.base === false ? undefined : `does not say what it is built upon (${BASE}: not set)`;
        }
        const parsed = imageReference(base);
        return base === "scratch" || parsed !== undefined && bases.some(place => isBelow(parsed, place)) ? undefined : `is built upon what was not agreed (${base})`;
    },
});

function baseOf(image: ImageView, settings: Settings): string | undefined {
    // Without evidence a label says it, whatever the image will be called.
    const written = textsOf(settings, "evidence").length === 0 || image.reference === undefined ? undefined : factsOf(image.reference, settings)?.get("base");
    return written ?? image.container?.labels.find(label => label.name === BASE)?.value;
}
