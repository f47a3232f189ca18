import assert from "node:assert/strict";

import { judgedObjects } from "../../../../policies/view/live/cluster";
import type { Sent } from "../../../../policies/view/live/facts";

const object = (kind: string, name: string, more: Sent = {}, metadata: Sent = {}): Sent => ({ apiVersion: "v1", kind, metadata: { name, namespace: "shop", uid: `uid-${name}`, ...metadata }, ...more });
const owned = (by: string, controller = true): Sent => ({ ownerReferences: [{ uid: `uid-${by}`, controller }] });
const names = (objects: readonly Sent[], system = false): string[] => judgedObjects(objects, system).map(({ metadata }) => (metadata as { readonly name: string }).name);

describe("what of a cluster is judged", () => {
    it("what a controller made is judged at the controller", () => {
        assert.deepEqual(names([object("Deployment", "web"), object("ReplicaSet", "web-1", {}, owned("web")), object("Pod", "web-1-a", {}, owned("web-1"))]), ["web"]);
        assert.deepEqual(names([object("CronJob", "nightly"), object("Job", "nightly-1", {}, owned("nightly")), object("Pod", "nightly-1-a", {}, owned("nightly-1"))]), ["nightly"]);
    });

    it("a pod whose owner was not read, or is none that makes pods, is judged itself", () => {
        assert.deepEqual(names([object("Pod", "of-a-task", {}, owned("gone"))]), ["of-a-task"]);
        assert.deepEqual(names([object("Deployment", "web"), object("Pod", "guest", {}, owned("web", false))]), ["web", "guest"]);
        assert.deepEqual(names([object("Deployment", "web"), object("Secret", "made", {}, owned("web"))]), ["web", "made"]);
    });

    it("the cluster's own is left out unless it is asked for", () => {
        const own = [object("DaemonSet", "kube-proxy", {}, { namespace: "kube-system" }), object("Namespace", "kube-system", {}, { namespace: undefined }), object("Deployment", "web")];
        assert.deepEqual(names(own), ["web"]);
        assert.deepEqual(names(own, true), ["kube-proxy", "kube-system", "web"]);
    });

    it("what the API server makes by itself is left out, and nothing that only looks like it", () => {
        const bootstrapped = { labels: { "kubernetes.io/bootstrapping": "rbac-defaults" } };
        assert.deepEqual(names([
            object("ClusterRole", "cluster-admin", {}, bootstrapped), object("ClusterRole", "system:node", {}, bootstrapped), object("ConfigMap", "kube-root-ca.crt"),
            object("Service", "kubernetes", {}, { namespace: "default" }), object("ServiceAccount", "default"), object("APIService", "v1.apps", { spec: {} }),
        ]), []);
        const others = [
            object("ClusterRole", "mine", {}, bootstrapped), object("ClusterRole", "system:mine"), object("Service", "kubernetes"),
            object("ServiceAccount", "default", { automountServiceAccountToken: true }), object("APIService", "v1.mine", { spec: { service: { name: "mine" } } }),
        ];
        assert.equal(names(others).length, others.length);
    });

    it("the token that every pod gets is left out of a pod, and no other volume", () => {
        const token = { name: "kube-api-access-x1", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true };
        const pod = object("Pod", "web", { spec: {
            containers: [{ name: "a", volumeMounts: [token, { name: "data", mountPath: "/data" }] }],
            volumes: [{ name: "kube-api-access-x1", projected: { sources: [{ serviceAccountToken: {} }, { configMap: {} }, { downwardAPI: {} }] } }, { name: "data", emptyDir: {} }, { name: "kube-api-access-host", hostPath: { path: "/" } }, { name: "kube-api-access-other", projected: { sources: [{ secret: {} }] } }],
        } });
        const [judged] = judgedObjects([pod], false);
        assert.deepEqual(judged?.["spec"], {
            containers: [{ name: "a", volumeMounts: [{ name: "data", mountPath: "/data" }] }],
            volumes: [{ name: "data", emptyDir: {} }, { name: "kube-api-access-host", hostPath: { path: "/" } }, { name: "kube-api-access-other", projected: { sources: [{ secret: {} }] } }],
        });
    });

    it("what servers and kubectl write beside the author's words is left out", () => {
        const [judged] = judgedObjects([object("Secret", "login", { status: { phase: "x" }, data: {} }, {
            managedFields: [{}], annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{\"data\":{\"password\":\"x\"}}", "example.com/owner": "shop" },
        })], false);
        assert.deepEqual(judged, { apiVersion: "v1", kind: "Secret", metadata: { name: "login", namespace: "shop", uid: "uid-login", annotations: { "example.com/owner": "shop" } }, data: {} });
    });
});
