import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { documentsOf } from "./case";
import type { Case, Labelled } from "./case";

/** Files whose name is not the check's. */
const CHECKS: Readonly<Record<string, string>> = {
    "dangling-hpa": "dangling-horizontalpodautoscaler", "dnsconfig-options-ndots": "dnsconfig-options", "env-var-value-from": "env-value-from", "kubeconform": "schema-validation",
};

/** What its tests report of where not every object is meant: the others stand beside it. */
const KINDS: Readonly<Record<string, RegExp>> = {
    "dangling-hpa": /^HorizontalPodAutoscaler$/, "dangling-ingress": /^Ingress$/, "dangling-service": /^Service$/, "dangling-servicemonitor": /^ServiceMonitor$/,
    "env-var-value-from": /^Deployment$/, "non-existent-service-account": /^Deployment/, "non-isolated-pod": /^Deployment/, "pdb-min-available": /^PodDisruptionBudget$/,
    "access-to-create-pods": /^(?:Role|RoleBinding)$/, "access-to-secrets": /^(?:Role|RoleBinding)$/,
};

/** Objects that its tests report nothing of, where the name does not say so: by their place in the file, from 0. */
const GOOD: Readonly<Record<string, readonly number[]>> = { "dangling-hpa": [1], "no-extensions-v1beta": [0], "no-rolling-update-strategy": [2, 3], "pdb-max-unavailable": [0], "wildcard-in-rules": [0], "kubeconform": [3] };

/** Objects that are one case: it reports a binding for the rights of the role that it names. */
const ONE: Readonly<Record<string, readonly number[]>> = { "access-to-create-pods": [1, 2], "access-to-secrets": [1, 2] };

/** kube-linter: a file a check; its tests (e2etests/bats-tests.sh) say which objects of it are reported. A label is about one object. */
export function kubeLinterCases(folder: string): Case[] {
    const root = join(folder, "stackrox__kube-linter/tests/checks");
    const files = existsSync(root) ? readdirSync(root).filter(name => /\.ya?ml$/.test(name)).sort() : [];
    return files.flatMap(file => casesOf(root, file));
}

function casesOf(root: string, file: string): Case[] {
    const name = file.replace(/\.ya?ml$/, "");
    const documents = documentsOf(join(root, file)) as Labelled[];
    return documents.flatMap((document, at) => {
        const one = ONE[name] ?? [];
        const { kind = "" } = document;
        const object = document.metadata?.name ?? `document ${at}`;
        return KINDS[name]?.test(kind) === false || one.indexOf(at) > 0 ? [] : [{
            tool: "kube-linter", check: CHECKS[name] ?? name, name: `${file} ${kind}/${object}`, documents, about: one.includes(at) ? one : [at],
            bad: GOOD[name]?.includes(at) !== true && !/^(?:dont-fire|should-pass|good|valid|empty-ports|no-target-port)/.test(object),
        }];
    });
}
