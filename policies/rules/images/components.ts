import { across, imageRule, objectRule, podContainerRule, stackRule } from "../../rule";
import { compareVersions, endsWith, imageReference, versionOf } from "../../view/image-reference";
import { first } from "../../view/net/known";
import { reachOf, wayText } from "../../view/net/reach";
import { routedWay } from "../../view/net/routed";
import { nameOf } from "../../view/scaled";
import { allHold, anyHolds } from "../../view/three-valued";
import { CONSOLES, FLAWS } from "./known-components";
import type { ContainerView } from "../../view/types";
import type { Flaw } from "./known-components";

/** Components that run the cluster are what every attacker tries first, with what was published about them. */
export const vulnerableComponent = imageRule({
    id: "vulnerable-component",
    severity: "high",
    title: "No component is deployed in a version with a published flaw that takes the cluster over",
    fix: "deploy the version with the fix, or a later one",
    benchmarks: ["NIST SP 800-190 4.1.1"],
    controls: ["SC-53"],

    check({ reference }) {
        const image = reference === undefined ? undefined : imageReference(reference);
        const version = versionOf(image?.tag);
        const flaw = image === undefined || version === undefined ? undefined : FLAWS.find(each => each.images.some(path => endsWith(image, path)) && affects(each, version));
        return flaw === undefined ? undefined : `has a published flaw, ${flaw.flaw} (${reference ?? ""}, fixed in ${flaw.fixed.map(each => each.join(".")).join(", ")})`;
    },
});

function affects({ since, fixed }: Flaw, version: readonly number[]): boolean {
    if (compareVersions(version, since) < 0) {
        return false;
    }
    // A fix of its own line counts; older lines never got one.
    const own = fixed.find(([major, minor]) => major === version[0] && minor === version[1]);
    return compareVersions(version, own ?? fixed.at(-1) ?? []) < 0;
}

const CONTAINERD: Flaw = { flaw: "CVE-2022-23648", images: [], since: [0, 0, 0], fixed: [[1, 4, 13], [1, 5, 10], [1, 6, 1]] };

/** What runs the containers of a node is as much a part of the cluster as what runs in them. */
export const vulnerableNodeRuntime = objectRule({
    id: "vulnerable-node-runtime",
    severity: "high",
    title: "No node runs containers with a runtime that lets images read the node's files",
    fix: "update containerd to 1.6.1, 1.5.10, 1.4.13 or later",
    benchmarks: ["NIST SP 800-190 4.4.1"],
    controls: ["SC-53"],
    types: ["/Node"],

    check(node) {
        const runtime = node.value.get("status", "nodeInfo", "containerRuntimeVersion");
        const [name, text] = (runtime.text ?? "").split("://");
        const version = versionOf(text);
        return name === "containerd" && version !== undefined && affects(CONTAINERD, version)
            ? { message: `has a container runtime with a published flaw, ${CONTAINERD.flaw} (${runtime.text ?? ""})`, at: runtime.path } : undefined;
    },
});

/** Helm's server obeyed anybody inside the cluster, with all rights in it. It has been retired since 2020. */
export const tillerDeployed = podContainerRule({
    id: "tiller-deployed",
    severity: "high",
    title: "Helm's old server, Tiller, is not deployed",
    fix: "take it out: Helm 3 needs no server",
    benchmarks: ["NIST SP 800-190 4.3.1"],
    controls: [],
    property: "image",

    check(container) {
        const named = () => { const image = referenceOf(container); return image !== undefined && endsWith(image, "tiller"); };
        return anyHolds([named, () => labelled(container, { app: "helm", name: "tiller" })])
            ? `is Helm's old server, which obeys everybody in the cluster (${shownImage(container)})` : undefined;
    },
});

/** A Service makes Tiller reachable by name from every pod. */
export const tillerReachable = objectRule({
    id: "tiller-reachable",
    severity: "high",
    title: "No Service leads to Helm's old server",
    fix: "remove the Service together with Tiller",
    benchmarks: ["NIST SP 800-190 4.3.1"],
    controls: [],
    types: ["/Service"],

    check(service) {
        const selector = service.value.get("spec", "selector");
        const selects = () => allHold(() => selector.get("name").text === "tiller", () => (selector.get("app").text ?? "helm") === "helm");
        return anyHolds([() => nameOf(service) === "tiller-deploy", selects]) ? "leads to Helm's old server, Tiller" : undefined;
    },
});

/** The dashboard acts with the rights of its service account: who reaches it needs no others. */
export const clusterDashboard = podContainerRule({
    id: "cluster-dashboard",
    severity: "medium",
    title: "The cluster's dashboard is not deployed",
    fix: "take it out, or exempt it with the reason why its login and its rights are safe",
    benchmarks: ["NIST SP 800-190 4.3.1", "Kubernetes: Deploy and Access the Kubernetes Dashboard"],
    controls: [],
    property: "image",

    check(container) {
        const named = () => /(?:^|\/)(?:kubernetesui\/dashboard(?:-[a-z]+)?|kubernetes-dashboard(?:-[a-z0-9]+)?)$/.test(referenceOf(container)?.path ?? "");
        const labels = ["k8s-app", "app"].map(name => () => labelled(container, { [name]: "kubernetes-dashboard" }));
        return anyHolds([named, ...labels]) ? `is the cluster's dashboard (${shownImage(container)})` : undefined;
    },
});

function referenceOf({ image }: ContainerView): ReturnType<typeof imageReference> {
    return image === undefined ? undefined : imageReference(image);
}

/** A label may tell what runs before its image is known. */
function shownImage(container: ContainerView): string {
    return container.source.get("image").known ? container.image ?? "" : "image not known yet";
}

function labelled(container: ContainerView, wanted: Readonly<Record<string, string>>): boolean {
    return Object.entries(wanted).every(([name, value]) => container.labels.some(label => label.name === name && label.value === value));
}

/** Consoles are made for whoever runs a system: from outside they are a way to run anything. */
export const consoleExposed = stackRule({
    id: "console-exposed",
    severity: "medium",
    title: "No management console is reachable from outside",
    fix: "take the way in away (the published port, the Service's type, the route), and reach the console by port-forwarding or through a login of its own",
    benchmarks: ["NIST SP 800-190 4.3.3", "NSA/CISA: Network separation"],
    controls: ["CTM-AUTH-05", "SC-02", "SC-04"],

    check(stack) {
        return across(stack.workloads, "networks", workload => {
            const console = workload.containers.map(({ image }) => image === undefined ? undefined : imageReference(image))
                .map(image => image === undefined ? undefined : CONSOLES.find(path => endsWith(image, path))).find(path => path !== undefined);
            const way = console === undefined ? undefined : first([() => reachOf(stack).fromOutside(workload), () => routedWay(stack, workload)], find => find());
            return way === undefined ? undefined : `is a management console (${console ?? ""}) that is reachable from outside: ${wayText(way)}`;
        });
    },
});
