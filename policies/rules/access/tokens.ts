import { POWERS } from "./powers";
import { across, each, podRule, stackRule } from "../../rule";
import { namespaceOf } from "../../view/identity";
import { CLUSTER_ROLE_BINDING, gives, givesEverything, roleOf } from "../../view/rbac";
import { accountName, bindingsOf, holdsToken, specOf } from "../../view/service-account";
import { anyHolds } from "../../view/three-valued";
import { along, maybe } from "../../view/way";
import type { Rule } from "../../rule";
import type { RoleRef } from "../../view/rbac";
import type { Value } from "../../view/value";

/** Each of these is a way from one pod to the whole cluster. */
const TAKEOVERS = POWERS.filter(({ takeover }) => takeover === true);

const takeoverRights = stackRule({
    id: "takeover-rights",
    severity: "high",
    title: "No pod holds rights with which the cluster can be taken over",
    fix: "give the account a role of one namespace with the rights that are used; where it must have more, run it where nothing else does",
    benchmarks: ["CIS Kubernetes 5.1.1", "Kubernetes: RBAC Good Practices", "NSA/CISA: RBAC"],
    controls: [],

    check(stack) {
        const pods = stack.workloads.filter(({ platform }) => platform === "kubernetes");
        return across(pods, "serviceAccountName", pod => {
            if (!holdsToken(stack, pod)) {
                return undefined;
            }
            // A role bound in one namespace stops at its edge; kube-system is where the cluster's own keys are.
            const wide = bindingsOf(stack, pod).filter(binding => binding.type === CLUSTER_ROLE_BINDING || namespaceOf(binding) === "kube-system");
            for (const binding of wide) {
                const role = roleOf(stack, binding);
                const power = powerOf(role, binding.type === CLUSTER_ROLE_BINDING);
                if (power !== undefined) {
                    return `can take the cluster over: ServiceAccount "${accountName(pod)}" → ${binding.subject.kind} "${binding.subject.name}" → ${role.kind} "${role.name}", which may ${power}`;
                }
            }
            return undefined;
        });
    },
});

/** The first power that a role gives, the greatest first; what is not known may hide one. */
function powerOf(role: RoleRef, wide: boolean): string | undefined {
    if (anyHolds(role.rules.map(rule => () => givesEverything(rule)))) {
        return "do everything";
    }
    const rights = (power: typeof TAKEOVERS[number]) => power.rights.filter(({ clusterScoped }) => wide || clusterScoped !== true);
    return TAKEOVERS.find(power => anyHolds(role.rules.map(rule => () => anyHolds(rights(power).map(right => () => gives(rule, right))))))?.what;
}

/** What the API server's own projection lasts, in seconds, is a little more than an hour; clouds ask for a day. */
const LONGEST = 86_400;

const longProjectedToken = podRule({
    id: "long-projected-token",
    severity: "medium",
    title: "A token that is projected into a pod ends soon and is good for one reader",
    fix: "set `audience` to whoever reads the token and `expirationSeconds` to an hour; the kubelet renews it",
    benchmarks: ["Kubernetes: Projected Volumes", "Kubernetes: Managing Service Accounts"],
    controls: [],
    parameters: {
        longest: { type: "integer", default: LONGEST, description: "seconds after which a token must have ended" },
    },

    check(pod, settings) {
        const longest = typeof settings["longest"] === "number" ? settings["longest"] : LONGEST;
        const sources = along(specOf(pod), "volumes").items.map(volume => along(volume, "projected", "sources").items);
        const tokens = sources.flatMap(beside => beside.map(source => ({ token: along(source, "serviceAccountToken"), beside }))).filter(({ token }) => maybe(token));
        return each(tokens.flatMap(({ token, beside }) => [
            { path: token.path, fault: () => lasting(token, longest) }, { path: token.path, fault: () => forAnybody(token, beside) },
        ]), ({ fault }) => fault());
    },
});

function lasting(token: Value, longest: number): string | undefined {
    const seconds = token.get("expirationSeconds").number ?? 3600;
    return seconds > longest ? `projects a token that lasts ${seconds} seconds (more than ${longest})` : undefined;
}

function forAnybody(token: Value, beside: readonly Value[]): string | undefined {
    // A token beside the API server's own certificate is for the API server, which needs no other name.
    const forServer = () => anyHolds(beside.map(source => () => source.get("configMap", "name").text === "kube-root-ca.crt"));
    return token.get("audience").present || forServer() ? undefined
        : "projects a token for no particular audience: whoever is shown it can use it on the API server";
}

export const TOKEN_RULES: readonly Rule[] = [takeoverRights, longProjectedToken];
