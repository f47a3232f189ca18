import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { engineClient } from "../../cli/audit/docker/client";
import { readEngine } from "../../cli/audit/docker/read";
import { clusterClient } from "../../cli/audit/kubernetes/client";
import { readCluster } from "../../cli/audit/kubernetes/read";
import { judgeFiles } from "../../cli/check/judge-files";
import { RULES } from "../../policies/catalogue";
import { judgeCluster, judgeEngine, judgeResources } from "../../policies/sources";
import { textAt } from "../../policies/view/live/sent";
import { docker, engine, findEngine } from "../support/docker-engine";
import { findKubePrograms, startKubeServer } from "../support/kube-server";
import { composeFile, createWords, dockerResources } from "../support/parity/docker";
import { deployment, deploymentResource, pod } from "../support/parity/kubernetes";
import { WORKLOADS, nameOf } from "../support/parity/workloads";
import { DIFFERENCES } from "../support/parity/differences";
import type { Report } from "../../policies/report/report";
import type { Resource } from "../../policies/view/resources";
import type { EngineFacts, Sent } from "../../policies/view/live/facts";
import type { KubeServer } from "../support/kube-server";
import type { Workload } from "../support/parity/workloads";

const PREFIX = `portcullis-${process.pid}-`;
const NETWORK = `${PREFIX}inside`;
const NAMESPACE = "parity";
const IMAGES = ["portcullis-parity/api:1.0", "portcullis-parity/api:latest"];
const OPTIONS = { rules: RULES };

/** Ids of the rules that one form of a workload breaks, by workload and form. */
type Found = Map<string, Map<string, readonly string[]>>;

let folder: string;
const found: Record<"Docker" | "Kubernetes", Found> = { Docker: new Map(), Kubernetes: new Map() };

/** Where a form has no word for what another one says, that is no difference of the rules. */
function note(family: "Docker" | "Kubernetes", workload: Workload, form: string, report: Report): void {
    assert.deepEqual(report.errors, [], `${form} of ${workload.title}`);
    assert.deepEqual(report.unknown, [], `${form} of ${workload.title}`);
    const forms = found[family].get(workload.title) ?? new Map<string, readonly string[]>();
    found[family].set(workload.title, forms.set(form, [...new Set(report.findings.filter(({ subject }) => subject.kind !== "engine").map(({ rule }) => rule))].sort()));
}

async function noteFile(family: "Docker" | "Kubernetes", workload: Workload, form: string, name: string, content: object): Promise<void> {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    note(family, workload, form, await judgeFiles([file], OPTIONS));
}

function stateOf(resources: readonly object[]): object {
    return { version: 3, deployment: { manifest: {}, resources: resources.map(resource => ({ ...resource, custom: true })) } };
}

/** Compares every form with the first, and says which rules one has and the other not; an allowed difference that is none is one. */
function differences(family: "Docker" | "Kubernetes"): string[] {
    const unused = new Set(DIFFERENCES.filter(one => one.family === family));
    const differing = [...found[family]].flatMap(([title, forms]) => {
        const [[reference, expected] = ["", []], ...others] = [...forms];
        return others.flatMap(([form, ids]) => {
            const isAllowed = (id: string) => {
                const reason = DIFFERENCES.find(one => one.family === family && [form, reference].includes(one.form) && one.rules.includes(id) && one.workloads?.includes(title) !== false);
                return reason !== undefined && (unused.delete(reason) || true);
            };
            const more = ids.filter(id => !expected.includes(id) && !isAllowed(id));
            const less = expected.filter(id => !ids.includes(id) && !isAllowed(id));
            return [...more.map(id => `${title}: ${form} has ${id}, ${reference} has not`), ...less.map(id => `${title}: ${reference} has ${id}, ${form} has not`)];
        });
    });
    return [...differing, ...[...unused].map(({ form, rules }) => `${form} does not differ in ${rules.join(", ")}`)];
}

function show(family: "Docker" | "Kubernetes"): void {
    const forms = [...found[family].values()][0] ?? new Map();
    const width = Math.max(...WORKLOADS.map(({ title }) => title.length));
    console.log(`      ${"workload".padEnd(width)}  ${[...forms.keys()].map(form => form.padStart(10)).join("")}`);
    for (const [title, ids] of found[family]) {
        console.log(`      ${title.padEnd(width)}  ${[...ids.values()].map(list => String(list.length).padStart(10)).join("")}`);
    }
}

describe("live: the same findings in every form of a workload", function () {
    this.timeout(300_000);

    before(() => { folder = mkdtempSync(join(tmpdir(), "parity-")); });
    after(() => { rmSync(folder, { recursive: true, force: true }); });

    it("there are enough workloads, each of a name of its own, and they break many rules", () => {
        assert.ok(WORKLOADS.length >= 50);
        assert.equal(new Set(WORKLOADS.map(nameOf)).size, WORKLOADS.length);
    });

    const lacksDocker = findEngine();
    (typeof lacksDocker === "string" ? describe.skip : describe)(`Docker${typeof lacksDocker === "string" ? ` (skipped: ${lacksDocker})` : ""}`, () => {
        let facts: EngineFacts;

        before(async () => {
            IMAGES.forEach(image => { assert.equal(engine().docker(["import", "--change", "LABEL portcullis.parity=true", "-", image], "\0".repeat(10_240)).status, 0); });
            docker("network", "create", "--internal", NETWORK);
            WORKLOADS.forEach(workload => docker("create", ...createWords(workload, NETWORK, PREFIX)));
            const read = await readEngine(await engineClient(undefined));
            assert.deepEqual(read.failures.filter(failure => !/container|image/.test(failure)), []);
            facts = read.facts;
        });
        after(() => {
            engine().docker(["rm", "--force", "--volumes", ...WORKLOADS.map(workload => `${PREFIX}${nameOf(workload)}`)]);
            engine().docker(["network", "rm", NETWORK]);
            docker("volume", "ls", "--quiet", "--filter", `name=${PREFIX}`).split("\n").filter(name => name !== "").forEach(name => { engine().docker(["volume", "rm", name]); });
            engine().docker(["rmi", ...IMAGES]);
        });

        it("Compose file, Pulumi program, state and engine agree", async () => {
            for (const workload of WORKLOADS) {
                const resources = dockerResources(workload, NETWORK);
                await noteFile("Docker", workload, "Compose", "compose.yaml", composeFile(workload, NETWORK));
                note("Docker", workload, "Pulumi", judgeResources(resources as readonly Resource[], OPTIONS));
                note("Docker", workload, "alone", judgeResources(resources.filter(({ type }) => !type.endsWith(":ProcessLimit")) as readonly Resource[], OPTIONS));
                await noteFile("Docker", workload, "state", "state.json", stateOf(resources));
                const own = (facts.containers ?? []).filter(container => textAt(container, "Name") === `/${PREFIX}${nameOf(workload)}`);
                assert.equal(own.length, 1);
                const networks = (facts.networks ?? []).filter(network => textAt(network, "Name") === NETWORK && workload.network === "inside");
                note("Docker", workload, "engine", judgeEngine({ ...facts, containers: own, networks, volumes: [] }, OPTIONS));
            }
            show("Docker");
            assert.deepEqual(differences("Docker"), []);
            assert.ok(new Set([...found.Docker.values()].flatMap(forms => [...forms.values()].flat())).size > 30, "too few rules were broken to compare anything");
        });
    });

    const programs = findKubePrograms();
    (typeof programs === "string" ? describe.skip : describe)(`Kubernetes${typeof programs === "string" ? ` (skipped: ${programs})` : ""}`, () => {
        let server: KubeServer;
        let objects: readonly Sent[];

        before(async () => {
            assert.ok(typeof programs !== "string");
            server = await startKubeServer(programs);
            await server.create("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
            // No controller runs that would make it.
            await server.create(`/api/v1/namespaces/${NAMESPACE}/serviceaccounts`, { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default" } });
            for (const workload of WORKLOADS) {
                await server.create(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments`, deployment(workload, NAMESPACE));
                await server.create(`/api/v1/namespaces/${NAMESPACE}/pods`, pod(workload, NAMESPACE));
            }
            const read = await readCluster(await clusterClient(server.kubeconfig), NAMESPACE);
            assert.deepEqual(read.failures, []);
            objects = read.objects;
        });
        after(() => { server.stop(); });

        it("manifest, Pulumi program, state and API server agree", async () => {
            for (const workload of WORKLOADS) {
                const resource = deploymentResource(workload, NAMESPACE);
                await noteFile("Kubernetes", workload, "manifest", "app.yaml", deployment(workload, NAMESPACE));
                note("Kubernetes", workload, "Pulumi", judgeResources([resource], OPTIONS));
                await noteFile("Kubernetes", workload, "state", "state.json", stateOf([resource]));
                const own = objects.filter(object => textAt(object, "kind") === "Deployment" && textAt(object, "metadata", "name") === nameOf(workload));
                assert.equal(own.length, 1);
                note("Kubernetes", workload, "cluster", judgeCluster(own, { ...OPTIONS, name: "parity" }));
            }
            show("Kubernetes");
            assert.deepEqual(differences("Kubernetes"), []);
        });

        it("pods alone agree too, whatever the API server mounted into them", async () => {
            found.Kubernetes.clear();
            for (const workload of WORKLOADS) {
                await noteFile("Kubernetes", workload, "manifest", "pod.yaml", pod(workload, NAMESPACE));
                const own = objects.filter(object => textAt(object, "kind") === "Pod" && textAt(object, "metadata", "name") === nameOf(workload));
                assert.match(JSON.stringify(own), /"kube-api-access-/);
                note("Kubernetes", workload, "cluster", judgeCluster(own, { ...OPTIONS, name: "parity" }));
            }
            assert.deepEqual(differences("Kubernetes"), []);
        });

        it("what controllers make is judged once, at its owner", async () => {
            const [{ metadata }] = objects.filter(object => textAt(object, "kind") === "Deployment") as [{ readonly metadata: { readonly name: string; readonly uid: string } }];
            const owner = { apiVersion: "apps/v1", kind: "Deployment", name: metadata.name, uid: metadata.uid, controller: true };
            const { spec } = deployment(WORKLOADS[0]!, NAMESPACE) as { readonly spec: object };
            await server.create(`/apis/apps/v1/namespaces/${NAMESPACE}/replicasets`, { apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { name: "made", ownerReferences: [owner] }, spec });
            const read = await readCluster(await clusterClient(server.kubeconfig), NAMESPACE);
            assert.ok(read.objects.some(object => textAt(object, "kind") === "ReplicaSet"));
            const report = judgeCluster(read.objects, { ...OPTIONS, name: "parity" });
            assert.deepEqual(report.findings.filter(({ subject }) => subject.kind === "ReplicaSet"), []);
        });
    });
});
