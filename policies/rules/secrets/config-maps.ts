import { each, objectRule } from "../../rule";
import { RANDOM, secretInText, secretReason } from "../../view/secret";
import { isPlaceholder, literalOf, saysNothing } from "../../view/secrets/values";
import type { Value } from "../../view/value";

/** Whoever may look around in a namespace may read its config maps, and nothing encrypts them. */
export const secretInConfigMap = objectRule({
    id: "secret-in-config-map",
    severity: "high",
    title: "No config map holds a credential",
    fix: "move it to a Secret, and mount that as a file; let the configuration name the file",
    benchmarks: ["CIS Kubernetes 5.4.1", "NIST SP 800-190 4.1.4", "NSA/CISA: Protecting sensitive cloud infrastructure"],
    controls: ["RAGFLOW-BASE-03", "RAGFLOW-SECRETS-01", "SC-33"],
    property: "data",
    types: ["/ConfigMap"],

    check: object => each(named(object.value.get("data")), ({ key, value }) => {
        const reason = value.secret ? "marked as one" : reasonOf(key, value.text ?? "");
        return reason === undefined ? undefined : `holds a secret (${key}: ${reason})`;
    }),
});

function named(data: Value): { key: string; value: Value; path: Value["path"] }[] {
    return data.entries.map(([key, value]) => ({ key, value, path: value.path }));
}

/** A key of several lines is a file: its name says nothing of what is in it. */
function reasonOf(key: string, text: string): string | undefined {
    if (!text.includes("\n")) {
        const reason = secretReason(key, text);
        return reason === RANDOM ? undefined : reason;
    }
    const found = secretInText(text);
    return found === undefined ? undefined : `line ${found.line}${found.name === "" ? "" : `, ${found.name}`}, ${found.reason}`;
}

/** Base64 hides nothing: whoever reads the repository has the secret, for as long as the repository lives. */
export const secretInManifest = objectRule({
    id: "secret-in-manifest",
    severity: "high",
    title: "No Secret is written down with its contents",
    fix: "encrypt it (SOPS, SealedSecret), have it fetched (ExternalSecret, the Secrets Store CSI driver), or in a program mark the value as a secret",
    benchmarks: ["CIS Kubernetes 5.4.2", "NIST SP 800-190 4.1.4", "OWASP Kubernetes Top Ten K08"],
    controls: ["RAGAMUFFIN-SECRETS-01", "RAGFLOW-SECRETS-01", "SC-33"],
    property: "data",
    types: ["/Secret"],

    check: object => each([...named(object.value.get("stringData")).map(item => ({ ...item, coded: false })), ...named(object.value.get("data")).map(item => ({ ...item, coded: true }))],
        ({ key, value, coded }) => !value.secret && isWritten(value.text ?? "", coded) ? `holds the value of "${key}" for everybody to read` : undefined),
});

/** Whether a value is one, and neither encrypted, empty, a placeholder nor a certificate, which is public. */
function isWritten(text: string, coded: boolean): boolean {
    const plain = coded && !saysNothing(text) ? Buffer.from(text, "base64").toString("utf8") : text;
    const literal = literalOf(plain);
    const certificate = /^-----BEGIN CERTIFICATE-----/.test(literal) && !/PRIVATE KEY/.test(literal);
    return literal !== "" && !saysNothing(literal) && !isPlaceholder(literal) && !certificate;
}
