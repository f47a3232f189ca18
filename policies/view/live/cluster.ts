import { podTemplates } from "../kubernetes-kinds";
import { Value } from "../value";
import { at, below, listAt, textAt } from "./sent";
import type { Sent } from "./facts";

/** Namespaces of the cluster's own. */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);

const TOKEN_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";
/** It repeats the object, with the values of Secrets. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
const OWN_ROLES = /^(?:system:.*|cluster-admin|admin|edit|view)$/;

/**
 * What of a cluster is judged, and as what: each object as its author would have written it. What a controller made is judged
 * at the controller; what the API server makes by itself, and the cluster's own namespaces, are left out.
 * @param objects as the API server lists them, each with `apiVersion` and `kind`
 * @param system whether the cluster's own are judged too
 */
export function judgedObjects(objects: readonly Sent[], system: boolean): readonly Sent[] {
    const withPods = objects.filter(hasPods);
    const owners = new Set(withPods.filter(object => textAt(object, "kind") !== "Pod").map(object => textAt(object, "metadata", "uid")));
    return objects.filter(object => (system || !isSystem(object)) && !isBuiltIn(object) && !isOwned(object, owners)).map(asWritten);
}

function isSystem(object: Sent): boolean {
    const name = textAt(object, "metadata", "name");
    return SYSTEM_NAMESPACES.has(textAt(object, "metadata", "namespace")) || textAt(object, "kind") === "Namespace" && SYSTEM_NAMESPACES.has(name);
}

/** Objects that every cluster has, whose definition the API server itself restores. */
function isBuiltIn(object: Sent): boolean {
    const name = textAt(object, "metadata", "name");
    switch (textAt(object, "kind")) {
        case "ClusterRole":
        case "ClusterRoleBinding":
        case "Role":
        case "RoleBinding":
            return OWN_ROLES.test(name) && textAt(object, "metadata", "labels", "kubernetes.io/bootstrapping") === "rbac-defaults";
        case "Service":
            return name === "kubernetes" && textAt(object, "metadata", "namespace") === "default";
        case "ConfigMap":
            return name === "kube-root-ca.crt";
        case "APIService":
            return !at(object, "spec", "service");
        case "ServiceAccount":
            // Whoever runs as it is judged; by itself it holds nothing.
            return name === "default" && listAt(object, "secrets").length === 0 && listAt(object, "imagePullSecrets").length === 0 && object["automountServiceAccountToken"] === undefined;
        case "PriorityClass":
            return name.startsWith("system-");
        default:
            return false;
    }
}

/** Whether rules find a pod in it: what such an object makes says nothing that it does not say itself. */
function hasPods(object: Sent): boolean {
    const apiVersion = textAt(object, "apiVersion");
    return podTemplates(new Value(object, []), `${apiVersion.includes("/") ? apiVersion.split("/", 1)[0] ?? "" : ""}/${textAt(object, "kind")}`).length > 0;
}

function isOwned(object: Sent, owners: ReadonlySet<string>): boolean {
    return owners.size > 0 && hasPods(object)
        && listAt(object, "metadata", "ownerReferences").some(owner => at(owner, "controller") === true && owners.has(textAt(owner, "uid")));
}

/** Without what the API server and its admission write into every object. */
function asWritten(object: Sent): Sent {
    const { status, ...rest } = object;
    const { managedFields, annotations, ...metadata } = below(object, "metadata");
    void [status, managedFields];
    const own = Object.fromEntries(Object.entries(below(annotations)).filter(([name]) => name !== LAST_APPLIED));
    const written = { ...rest, metadata: { ...metadata, ...Object.keys(own).length > 0 ? { annotations: own } : {} } };
    const kind = textAt(object, "kind");
    return kind === "Pod" ? { ...written, spec: podAsWritten(below(object, "spec")) } : written;
}

/** A pod without the token that every one is given unless it says otherwise. */
function podAsWritten(spec: Sent): Sent {
    // On the node's network the server writes each port of a container as one of the node's.
    const ports = (container: unknown) => spec["hostNetwork"] !== true || listAt(container, "ports").length === 0 ? {} : {
        ports: listAt(container, "ports").map(port => {
            const { hostPort, ...own } = below(port);
            return hostPort === own["containerPort"] ? own : { ...own, hostPort };
        }),
    };
    const tokens = new Set(listAt(spec, "volumes").filter(isToken).map(volume => textAt(volume, "name")));
    const containers = (key: string) => spec[key] === undefined ? {} : {
        [key]: listAt(spec, key).map(container => ({
            ...below(container), ...ports(container),
            volumeMounts: listAt(container, "volumeMounts").filter(mount => !(tokens.has(textAt(mount, "name")) && textAt(mount, "mountPath") === TOKEN_FOLDER)),
        })),
    };
    return {
        ...spec, ...containers("initContainers"), ...containers("containers"), ...containers("ephemeralContainers"),
        volumes: listAt(spec, "volumes").filter(volume => !isToken(volume)),
    };
}

/** The API server's own volume: a token, the cluster's authority and the namespace's name, and nothing else. */
function isToken(volume: unknown): boolean {
    const own = ["serviceAccountToken", "configMap", "downwardAPI"];
    return textAt(volume, "name").startsWith("kube-api-access-") && at(volume, "projected") !== undefined
        && listAt(volume, "projected", "sources").every(source => Object.keys(below(source)).every(key => own.includes(key)));
}
