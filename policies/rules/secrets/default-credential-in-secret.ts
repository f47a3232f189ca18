import { each, objectRule } from "../../rule";
import { isDefaultCredential } from "../../view/secret";
import { along, maybe } from "../../view/way";
import type { ObjectView } from "../../view/types";
import type { Value } from "../../view/value";

/** A secret that everybody knows keeps nobody out, wherever it is kept. */
export const defaultCredentialInSecret = objectRule({
    id: "default-credential-in-secret",
    severity: "critical",
    title: "No Secret holds a product's default or a placeholder",
    fix: "generate a value for this deployment (`random.RandomPassword`, `openssl rand`)",
    benchmarks: ["NIST SP 800-190 4.1.4", "OWASP Top 10 A07"],
    controls: ["RAGAMUFFIN-CHECK-01", "RAGAMUFFIN-AUTH-01", "SC-33"],
    property: "data",
    types: ["/Secret", "docker:index/secret:Secret"],

    check: object => each(contentsOf(object).filter(({ value }) => maybe(value)), ({ name, value, coded }) => {
        // It may be marked as a secret: it is compared, and not shown.
        const text = coded ? Buffer.from(value.text ?? "", "base64").toString("utf8") : value.text;
        return isDefaultCredential(name, text) ? `holds a credential that everybody knows (${name})` : undefined;
    }),
});

interface Content {
    readonly name: string;
    readonly value: Value;
    readonly coded: boolean;
    readonly path: Value["path"];
}

function contentsOf({ type, subject, value }: ObjectView): Content[] {
    if (type === "docker:index/secret:Secret") {
        const data = along(value, "data");
        return [{ name: subject.name, value: data, coded: true, path: data.path }];
    }
    return [["stringData", false] as const, ["data", true] as const]
        .flatMap(([field, coded]) => along(value, field).entries.map(([name, text]) => ({ name, value: text, coded, path: text.path })));
}
