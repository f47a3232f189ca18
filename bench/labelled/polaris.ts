import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { documentsOf } from "./case";
import type { Case, Labelled } from "./case";

/** Polaris: a folder a check, and in it files called failure and success. A label is about the whole file, or about its bindings. */
export function polarisCases(folder: string): Case[] {
    const root = join(folder, "FairwindsOps__polaris/test/checks");
    const files = existsSync(root) ? readdirSync(root, { recursive: true, encoding: "utf8" }).filter(name => /(?:failure|success)[^/]*\.ya?ml$/.test(name)) : [];
    return files.sort().map(name => {
        const check = basename(dirname(name));
        const documents = documentsOf(join(root, name));
        const bound = /^(cluster)?rolebinding(ClusterRole|Role)?PodExecAttach$/.exec(check);
        const about = bound === null ? {} : { about: boundIn(documents as Binding[], bound[1] === undefined ? "RoleBinding" : "ClusterRoleBinding", bound[2] ?? "ClusterRole") };
        return { tool: "polaris", check, name, documents, bad: basename(name).startsWith("failure"), ...about };
    });
}

interface Binding extends Labelled {
    readonly roleRef?: { readonly kind?: string; readonly name?: string };
}

/**
 * Its checks of bindings report a binding for the rights of the role that it names; the rules here report the role. So the label is
 * about bindings of that kind, and the roles that those name; not about bindings that are the cluster's own, by the names that the rules go by too.
 */
function boundIn(documents: readonly Binding[], kind: string, role: string): number[] {
    const bindings = documents.filter(one => one.kind === kind && one.roleRef?.kind === role && !/^(?:system:|gce:podsecuritypolicy:calico-sa$)/.test(one.metadata?.name ?? ""));
    return documents.flatMap((one, at) => bindings.includes(one) || one.kind === role && bindings.some(({ roleRef }) => roleRef?.name === one.metadata?.name) ? [at] : []);
}
