import assert from "node:assert/strict";

import * as policy from "@pulumi/policy";
import { loadAll } from "js-yaml";

import { judge } from "../../policies/judge";
import { composePieces } from "../../policies/view/compose";
import { kubernetesPieces } from "../../policies/view/kubernetes";
import { resourcePieces } from "../../policies/view/resources";
import { Value } from "../../policies/view/value";
import type { Report } from "../../policies/report/report";
import type { Rule, Settings } from "../../policies/rule";
import type { Piece } from "../../policies/view/types";

/** The SDK's mark for a text that is not known at preview. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const { unknownCheckingProxy } = policy as unknown as { readonly unknownCheckingProxy: (inputs: object) => Record<string, unknown> };

/** What is judged together, made by one of the functions below. */
export type Subject = readonly Piece[];

/** A Pulumi resource, its inputs behind the proxy that the SDK puts before a policy. */
export function resource(type: string, name: string, inputs: object): Subject {
    return resourcePieces({ urn: `urn:pulumi:dev::test::${type}::${name}`, type, name, inputs: unknownCheckingProxy(inputs) });
}

/** A Docker container of a Pulumi program. */
export function docker(name: string, inputs: object): Subject {
    return resource("docker:index/container:Container", name, { name, ...inputs });
}

/** A Swarm service of a Pulumi program. */
export function swarm(name: string, containerSpec: object, taskSpec: object = {}): Subject {
    return resource("docker:index/service:Service", name, { name, taskSpec: { containerSpec, ...taskSpec } });
}

/** A Compose project. */
export function compose(project: object): Subject {
    return composePieces({ path: "compose.yaml", document: 0, base: [] }, new Value(project, []));
}

/** A Compose project of one service, called `api`, on an internal network. */
export function service(definition: object): Subject {
    return compose({ services: { api: { networks: { inside: null }, ...definition } }, networks: { inside: { internal: true } } });
}

/** Kubernetes objects as a manifest has them. */
export function manifest(text: string): Subject {
    const documents = loadAll(text) as object[];
    return documents.flatMap((root, document) => kubernetesPieces({ path: "app.yaml", document, base: [] }, new Value(root, [])));
}

/** A Deployment of a Pulumi program. */
export function deployment(name: string, podSpec: object, podMetadata: object = {}): Subject {
    return resource("kubernetes:apps/v1:Deployment", name, { metadata: { name }, spec: { template: { metadata: podMetadata, spec: podSpec } } });
}

/** A CronJob of a manifest: the deepest nesting there is. */
export function cronJob(name: string, podSpec: object): Subject {
    const root = { apiVersion: "batch/v1", kind: "CronJob", metadata: { name }, spec: { jobTemplate: { spec: { template: { spec: podSpec } } } } };
    return kubernetesPieces({ path: "app.yaml", document: 0, base: [] }, new Value(root, []));
}

/** Several that are judged as one stack. */
export function together(...subjects: readonly Subject[]): Subject {
    return subjects.flat();
}

export interface Cases {
    /** No finding, nothing unknown, no error. */
    readonly passes: Readonly<Record<string, Subject>>;
    /** Exactly these messages, in order. */
    readonly violates: Readonly<Record<string, readonly [subject: Subject, ...messages: string[]]>>;
    /** These messages, and beside them something that is not known. */
    readonly unknown?: Readonly<Record<string, readonly [subject: Subject, ...messages: string[]]>>;
    readonly settings?: Settings;
}

/** The table of a rule's cases as tests. Whole messages are compared, and nothing may be left over. */
export function ruleTest(rule: Rule, cases: Cases): void {
    const run = (subject: Subject): Report => judge(subject, { rules: [rule], settings: { [rule.id]: cases.settings ?? {} } });
    const outcome = (report: Report) => ({ messages: report.findings.map(finding => finding.message).sort(), errors: report.errors, unknown: report.unknown.length > 0 });
    describe(`${rule.id}${cases.settings === undefined ? "" : ` with ${JSON.stringify(cases.settings)}`}`, () => {
        for (const [title, subject] of Object.entries(cases.passes)) {
            it(`passes ${title}`, () => {
                assert.deepEqual(outcome(run(subject)), { messages: [], errors: [], unknown: false });
            });
        }
        for (const [title, [subject, ...messages]] of Object.entries(cases.violates)) {
            it(`refuses ${title}`, () => {
                const report = run(subject);
                assert.deepEqual(outcome(report), { messages: [...messages].sort(), errors: [], unknown: false });
                assert.ok(report.findings.every(finding => finding.remedy === rule.fix && finding.severity === rule.severity));
            });
        }
        for (const [title, [subject, ...messages]] of Object.entries(cases.unknown ?? {})) {
            it(`does not know ${title}`, () => {
                assert.deepEqual(outcome(run(subject)), { messages: [...messages].sort(), errors: [], unknown: true });
            });
        }
    });
}
