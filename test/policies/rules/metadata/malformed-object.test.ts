import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { judge } from "../../../../policies/judge";
import { FIELDS, KINDS } from "../../../../policies/rules/metadata/kubernetes-fields";
import { malformedObject } from "../../../../policies/rules/metadata/malformed-object";
import { UNKNOWN, compose, docker, manifest, resource, ruleTest, service } from "../../../support/rule-test";

const pod = (container: object, spec: object = {}) => manifest(JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "it" }, spec: { containers: [{ name: "main", ...container }], ...spec } }));
const refused = (message: string) => `Pod "it" does not have its kind's shape: ${message}`;

ruleTest(malformedObject, {
    passes: {
        "a Pod": pod({ image: "a", resources: { limits: { cpu: 1, memory: "1Gi" } }, livenessProbe: { httpGet: { port: "http" } }, env: [{ name: "A", value: "1" }] }),
        "a number or a text": pod({ readinessProbe: { tcpSocket: { port: 80 } } }),
        "a kind that is not in the table": manifest("{apiVersion: example.com/v1, kind: Pod, metadata: {name: a}, spec: [1]}"),
        "another version of a kind": manifest("{apiVersion: extensions/v1beta1, kind: Deployment, metadata: {name: a}, spec: {rollbackTo: {}}}"),
        "what the API server adds": manifest("{apiVersion: v1, kind: Service, metadata: {name: a, managedFields: [{fieldsV1: {x: 1}}], creationTimestamp: null}, status: {any: 1}}"),
        "a patch of Pulumi, of which nothing must be there": resource("kubernetes:apps/v1:DeploymentPatch", "a", { apiVersion: "apps/v1", kind: "Deployment", spec: { replicas: 2 } }),
        "what an API server gave out, with fields that are newer than the table": manifest("{apiVersion: v1, kind: Pod, metadata: {name: a, uid: 1-2}, spec: {newest: true}}"),
        "a Compose service": service({ image: "a", read_only: true, "x-note": 1 }),
        "a Docker container": docker("a", { nonsense: true }),
    },
    violates: {
        "a field that is misspelled": [pod({ securityContex: {} }), refused("spec.containers[0].securityContex is no field that it has")],
        "a field in another's place": [pod({}, { runAsNonRoot: true }), refused("spec.runAsNonRoot is no field that it has")],
        "a field that must be there": [manifest("{apiVersion: v1, kind: Pod, metadata: {name: it}, spec: {}}"), refused("spec.containers is not set")],
        "a number for a text": [pod({ env: [{ name: "A", value: 8080 }] }), refused("spec.containers[0].env[0].value is no text")],
        "a text for a number": [pod({ ports: [{ containerPort: "80" }] }), refused("spec.containers[0].ports[0].containerPort is no number")],
        "a text for yes or no": [pod({}, { hostNetwork: "false" }), refused("spec.hostNetwork is no true or false")],
        "a mapping for a list": [pod({ command: { a: 1 } }), refused("spec.containers[0].command is no list")],
        "a text for a mapping": [pod({ securityContext: "none" }), refused("spec.containers[0].securityContext is no mapping")],
        "a number in a mapping of texts": [pod({}, { nodeSelector: { gpu: true } }), refused("spec.nodeSelector.gpu is no text")],
        "a list for a mapping of texts": [pod({}, { nodeSelector: ["gpu"] }), refused("spec.nodeSelector is no mapping")],
        "nothing but its kind": [manifest("{apiVersion: apps/v1, kind: Deployment, metadata: {name: it}}"), 'Deployment "it" does not have its kind\'s shape: spec is not set'],
        "a field of a patch": [
            resource("kubernetes:apps/v1:DeploymentPatch", "a", { apiVersion: "apps/v1", kind: "Deployment", spec: { replica: 2 } }), 'Deployment "a" does not have its kind\'s shape: spec.replica is no field that it has',
        ],
        "a key of a service": [service({ readonly: true }), 'service "api" does not have its kind\'s shape: readonly is no key that Compose knows'],
        "a key of a project": [compose({ services: {}, service: {} }), "the project does not have its kind's shape: service is no key that Compose knows"],
    },
    unknown: { "one field, and still refuses the other": [pod({ image: UNKNOWN, tty: "yes" }), refused("spec.containers[0].tty is no true or false")], "all of it": [manifest(`{apiVersion: v1, kind: Pod, metadata: {name: it}, spec: "${UNKNOWN}"}`)] },
});

describe("shapes of Kubernetes' kinds", () => {
    it("name only types that the table has", () => {
        const types = Object.values(FIELDS).flatMap(text => text.split(" ").map(word => word.split(":")[1]?.replace(/^\[+/, "") ?? ""));
        assert.deepEqual(types.filter(type => type.length > 1 && !Object.hasOwn(FIELDS, type)), []);
        assert.deepEqual([...KINDS].filter(kind => !Object.hasOwn(FIELDS, kind.split("/").at(-1) ?? "")), []);
    });

    it("have the fields that Pulumi's SDK, which is made from the API's own description, has", () => {
        const text = readFileSync(join(__dirname, "../../../../node_modules/@pulumi/kubernetes/types/input.d.ts"), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
        const differing = Object.entries(FIELDS).filter(([type, fields]) => {
            const ours = fields.split(" ").map(word => word.split(/!?:/)[0]).sort().join();
            const theirs = [...text.matchAll(new RegExp(`\\n        interface ${type} \\{([\\s\\S]*?)\\n        \\}`, "g"))]
                .map(([, body = ""]) => [...body.matchAll(/\n {12}"?([\w$-]+)"?\??: /g)].map(match => match[1]).sort().join());
            return !theirs.includes(ours);
        });
        assert.deepEqual(differing.map(([type]) => type), []);
    });

    it("list no more faults than a person reads", () => {
        const odd = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`odd${at}`, at]));
        assert.equal(judge(pod({}, odd), { rules: [malformedObject] }).findings.length, 20);
    });

    it("have the keys of a service that the specification lists", () => {
        const schema = JSON.parse(readFileSync(join(__dirname, "../../../../infra/compose/schema/compose-spec.json"), "utf8")) as Schema;
        const keys = [...propertiesOf(schema.$defs?.["service"] ?? schema.definitions?.["service"] ?? {}, schema)];
        assert.ok(keys.length > 80);
        const report = judge(service(Object.fromEntries(keys.filter(key => key !== "provider" && key !== "networks").map(key => [key, null]))), { rules: [malformedObject] });
        assert.deepEqual(report.findings.map(({ message }) => message), []);
    });
});

interface Schema {
    readonly $ref?: string;
    readonly $defs?: Readonly<Record<string, Schema>>;
    readonly definitions?: Readonly<Record<string, Schema>>;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly allOf?: readonly Schema[];
}

function propertiesOf(part: Schema, whole: Schema): Set<string> {
    const name = part.$ref?.split("/").at(-1);
    const referred = name === undefined ? undefined : (whole.$defs ?? whole.definitions)?.[name];
    return new Set([
        ...Object.keys(part.properties ?? {}), ...(part.allOf ?? []).flatMap(each => [...propertiesOf(each, whole)]), ...referred === undefined ? [] : propertiesOf(referred, whole),
    ]);
}
