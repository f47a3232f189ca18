import { each, objectRule } from "../../rule";
import { nameOf } from "../../view/identity";
import { anyHolds } from "../../view/three-valued";
import type { ObjectView } from "../../view/types";
import type { Value } from "../../view/value";

const SECCOMP = "seccomp.security.alpha.kubernetes.io";

interface Part {
    /** The way to the setting: of a PodSecurityPolicy, and of OpenShift's SecurityContextConstraints. */
    readonly pod: readonly string[] | undefined;
    readonly openshift: readonly string[] | undefined;
    readonly loose: (setting: Value, policy: ObjectView) => boolean;
    readonly says: string;
}

const isTrue = (setting: Value): boolean => setting.flag === true;

/** What a policy lets into the cluster that no pod is to have. */
const PARTS: readonly Part[] = [
    { pod: ["spec", "privileged"], openshift: ["allowPrivilegedContainer"], loose: isTrue, says: "admits privileged containers" },
    // Both take silence for yes.
    { pod: ["spec", "allowPrivilegeEscalation"], openshift: ["allowPrivilegeEscalation"], loose: setting => setting.flag !== false, says: "admits processes that gain privileges" },
    { pod: ["spec", "hostPID"], openshift: ["allowHostPID"], loose: isTrue, says: "admits pods among the host's processes" },
    { pod: ["spec", "hostIPC"], openshift: ["allowHostIPC"], loose: isTrue, says: "admits pods that share the host's IPC" },
    { pod: ["spec", "hostNetwork"], openshift: ["allowHostNetwork"], loose: isTrue, says: "admits pods on the host's network" },
    { pod: ["spec", "volumes"], openshift: ["allowHostDirVolumePlugin"], loose: (setting, policy) => setting.isList ? writableHostPaths(setting, policy) : isTrue(setting), says: "admits paths of the host that can be written" },
    { pod: ["spec", "allowedCapabilities"], openshift: ["allowedCapabilities"], loose: setting => setting.items.length > 0, says: "lets containers ask for capabilities" },
    { pod: ["spec", "requiredDropCapabilities"], openshift: ["requiredDropCapabilities"], loose: setting => !anyHolds(setting.items.map(item => () => item.text === "ALL")), says: "does not take all capabilities away" },
    { pod: ["spec", "runAsUser"], openshift: ["runAsUser"], loose: admitsRoot, says: "admits containers that run as root" },
    { pod: ["metadata", "annotations"], openshift: undefined, loose: admitsUnconfined, says: "admits containers without a seccomp profile" },
];

/** What a policy of the cluster admits, every pod of the cluster may have one day. */
export const looseAdmissionPolicy = objectRule({
    id: "loose-admission-policy",
    severity: "medium",
    title: "No policy of admission lets in what no pod is to have",
    fix: "tighten the policy; on Kubernetes 1.25 or later use Pod Security admission in its place",
    benchmarks: ["Kubernetes: Pod Security Policies, mapping to Pod Security Standards", "NSA/CISA: Pod security enforcement"],
    controls: [],
    types: ["policy/PodSecurityPolicy", "extensions/PodSecurityPolicy", "security.openshift.io/SecurityContextConstraints"],

    check(policy) {
        // OpenShift brings its own, of which one is for everything, and puts them back when they are changed.
        if (OPENSHIFT.has(nameOf(policy)) && policy.type.startsWith("security.openshift.io/")) {
            return [];
        }
        const parts = PARTS.flatMap(part => {
            const keys = policy.type.startsWith("security.openshift.io/") ? part.openshift : part.pod;
            return keys === undefined ? [] : [{ ...part, setting: policy.value.get(...keys), path: [...policy.path, ...keys], name: keys.at(-1) ?? "" }];
        });
        return each(parts, ({ setting, loose, says, name }) => loose(setting, policy) ? `${says} (${name}: ${shown(setting)})` : undefined);
    },
});

const OPENSHIFT: ReadonlySet<string> = new Set([
    "anyuid", "hostaccess", "hostmount-anyuid", "hostmount-anyuid-v2", "hostnetwork", "hostnetwork-v2", "machine-api-termination-handler", "nested-container", "node-exporter",
    "nonroot", "nonroot-v2", "privileged", "privileged-genevalogging", "restricted", "restricted-v2", "restricted-v3",
]);

/** An empty list of paths stands for every path. */
function writableHostPaths(volumes: Value, policy: ObjectView): boolean {
    const paths = policy.value.get("spec", "allowedHostPaths").items;
    return anyHolds(volumes.items.map(item => () => item.text === "*" || item.text === "hostPath"))
        && (paths.length === 0 || anyHolds(paths.map(path => () => path.get("readOnly").flag !== true)));
}

function admitsRoot(user: Value): boolean {
    const strategy = user.get("rule").text ?? user.get("type").text ?? "RunAsAny";
    if (strategy === "MustRunAs") {
        return user.get("uid").number === 0 || anyHolds(user.get("ranges").items.map(range => () => (range.get("min").number ?? 0) === 0));
    }
    return strategy === "MustRunAsRange" ? user.get("uidRangeMin").number === 0 : strategy !== "MustRunAsNonRoot";
}

/** Without the annotations a container has whatever profile the engine gives it, which under Kubernetes is none. */
function admitsUnconfined(annotations: Value): boolean {
    const allowed = annotations.get(`${SECCOMP}/allowedProfileNames`).text ?? "";
    const preset = annotations.get(`${SECCOMP}/defaultProfileName`).text ?? allowed;
    return preset === "" || [preset, ...allowed.split(",")].some(profile => profile.trim() === "*" || profile.trim() === "unconfined");
}

function shown(setting: Value): string {
    if (!setting.present) {
        return "not set";
    }
    const known = (value: Value): string => value.known && !value.isMapping && !value.isList ? value.text ?? "" : "";
    return setting.isList ? setting.items.map(known).filter(text => text !== "").join(", ") || "none"
        : setting.isMapping ? known(setting.get("rule")) || known(setting.get("type")) || "no profile" : setting.text ?? "";
}
