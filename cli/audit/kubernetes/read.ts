import { Denied } from "./client";
import { at, listAt, textAt } from "../../../policies/view/live/sent";
import type { ClusterClient } from "./client";
import type { Sent } from "../../../policies/view/live/facts";

/** Groups of the API whose objects rules ask about; the first is the core's. */
export const GROUPS: ReadonlySet<string> = new Set([
    "", "apps", "batch", "autoscaling", "autoscaling.k8s.io", "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "apiregistration.k8s.io",
    "gateway.networking.k8s.io", "traefik.io", "traefik.containo.us", "argoproj.io", "cert-manager.io", "external-secrets.io", "bitnami.com",
    "monitoring.coreos.com", "kyverno.io", "policies.kyverno.io", "helm.cattle.io", "helm.toolkit.fluxcd.io", "storage.k8s.io", "node.k8s.io",
    "actions.github.com", "agones.dev", "apps.kruise.io", "apps.openshift.io", "batch.volcano.sh", "jobset.x-k8s.io", "keda.sh", "kubeflow.org",
    "leaderworkerset.x-k8s.io", "ray.io", "security.openshift.io", "serving.knative.dev",
    "scheduling.k8s.io", "admissionregistration.k8s.io", "crd.projectcalico.org", "projectcalico.org", "cilium.io", "secrets-store.csi.x-k8s.io",
]);

/** Bookkeeping, of which a cluster has most. */
const NOT_READ: ReadonlySet<string> = new Set([
    "Binding", "CSINode", "CSIStorageCapacity", "CiliumEndpoint", "CiliumIdentity", "CiliumNode", "ComponentStatus", "ControllerRevision", "Endpoints", "Event", "Node",
    "PolicyReport", "ClusterPolicyReport", "VolumeAttachment", "VolumeAttributesClass", "CertificateRequest", "AnalysisRun",
]);

const PAGE = 500;

/** What was read, and what could not be. */
export interface ClusterRead {
    readonly objects: readonly Sent[];
    readonly failures: readonly string[];
}

interface Kind {
    readonly kind: string;
    readonly apiVersion: string;
    /** The path of the list, in every namespace. */
    readonly path: (namespace: string | undefined) => string;
    readonly namespaced: boolean;
}

/**
 * Reads the objects of every kind that rules ask about.
 * @param namespace the only one to read; then nothing is read that is in no namespace, but for itself
 * @throws Error where the API server itself does not answer
 */
export async function readCluster(client: ClusterClient, namespace: string | undefined): Promise<ClusterRead> {
    const failures: string[] = [];
    const attempt = async <Result>(what: string, read: () => Promise<Result>, otherwise: Result): Promise<Result> => {
        try {
            return await read();
        } catch (error) {
            failures.push(`${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
            return otherwise;
        }
    };
    const kinds = await readKinds(client, attempt);
    const wanted = kinds.filter(({ namespaced }) => namespaced || namespace === undefined);
    const objects: Sent[] = [];
    for (const kind of wanted) {
        objects.push(...await attempt(`the list of kind ${kind.kind}`, () => readList(client, kind, namespace), []));
    }
    if (namespace !== undefined) {
        const own = await attempt(`namespace "${namespace}"`, () => client.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`), undefined);
        objects.push(...typeof own === "object" && own !== null ? [{ apiVersion: "v1", kind: "Namespace", ...own }] : []);
    }
    return { objects, failures };
}

type Attempt = <Result>(what: string, read: () => Promise<Result>, otherwise: Result) => Promise<Result>;

/** Every kind of the groups, in the version that the server prefers, or the first that has it. */
async function readKinds(client: ClusterClient, attempt: Attempt): Promise<readonly Kind[]> {
    const core = kindsOf("/api/v1", "v1", await client.get("/api/v1"));
    const groups = listAt(await client.get("/apis"), "groups").filter(group => GROUPS.has(textAt(group, "name")));
    const kinds = new Map(core.map(kind => [`/${kind.kind}`, kind]));
    for (const group of groups) {
        const preferred = textAt(group, "preferredVersion", "groupVersion");
        const versions = listAt(group, "versions").map(version => textAt(version, "groupVersion"));
        for (const version of [preferred, ...versions.filter(one => one !== preferred)]) {
            const resources = await attempt(`the API ${version}`, () => client.get(`/apis/${version}`), {});
            for (const kind of kindsOf(`/apis/${version}`, version, resources)) {
                const id = `${textAt(group, "name")}/${kind.kind}`;
                kinds.set(id, kinds.get(id) ?? kind);
            }
        }
    }
    return [...kinds.values()];
}

function kindsOf(base: string, apiVersion: string, resources: unknown): Kind[] {
    return listAt(resources, "resources")
        .filter(resource => listAt(resource, "verbs").includes("list") && !textAt(resource, "name").includes("/") && !NOT_READ.has(textAt(resource, "kind")))
        .map(resource => {
            const name = textAt(resource, "name");
            return {
                kind: textAt(resource, "kind"), apiVersion, namespaced: at(resource, "namespaced") === true,
                path: namespace => namespace === undefined ? `${base}/${name}` : `${base}/namespaces/${encodeURIComponent(namespace)}/${name}`,
            };
        });
}

/** All pages of a list. Items do not say of which kind they are. */
async function readList(client: ClusterClient, { kind, apiVersion, path }: Kind, namespace: string | undefined): Promise<readonly Sent[]> {
    const objects: Sent[] = [];
    let token = "";
    do {
        const page = await client.get(`${path(namespace)}?limit=${PAGE}${token === "" ? "" : `&continue=${encodeURIComponent(token)}`}`);
        if (!Array.isArray(at(page, "items"))) {
            throw new Denied(200, "the server sent no list");
        }
        objects.push(...listAt(page, "items").map(item => ({ apiVersion, kind, ...item as Sent })));
        token = textAt(page, "metadata", "continue");
    } while (token !== "");
    return objects;
}
