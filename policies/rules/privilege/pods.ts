import { containerRule, each, podContainerRule, podRule, some, textsOf, workloadRule } from "../../rule";
import { workloadSetting } from "../../view/setting";
import { Inexpressible } from "../../view/unfinished";
import type { Rule } from "../../rule";
import type { ContainerView, Platform, WorkloadView } from "../../view/types";
import type { Value } from "../../view/value";

/** A container for debugging stays in its pod until the pod ends, with whatever tools and rights it was given. */
const ephemeralContainer = podContainerRule({
    id: "ephemeral-container",
    severity: "medium",
    title: "No pod keeps a container that was added for debugging",
    fix: "delete the pod once the matter is clear: its controller makes a clean one; debug a copy (`kubectl debug --copy-to`)",
    benchmarks: ["Kubernetes: Ephemeral Containers"],
    controls: [],
    check: container => container.slot === "ephemeral" && container.source.present ? "was added to a running pod" : undefined,
});

/** Silence about security is seldom a decision. */
const securityContextNotDeclared = containerRule({
    id: "security-context-not-declared",
    severity: "low",
    title: "Every container says at least something about its own confinement",
    fix: "declare a security context (Kubernetes), or security_opt, cap_drop, read_only and user (Docker, Compose)",
    benchmarks: ["CIS Kubernetes 5.7.3", "OWASP Docker Security Rule 4"],
    controls: [],
    // The rules about each setting say more, and say it whenever this one would.
    optional: true,
    check: container => some(declarations(container), isSaid) || container.workload.platform === "kubernetes" && container.apparmor !== undefined ? undefined : "says nothing about its confinement (security context: not set)",
});

const DECLARATIONS: Readonly<Partial<Record<Platform, readonly (readonly string[])[]>>> = {
    compose: [["security_opt"], ["cap_drop"], ["read_only"], ["user"]],
    docker: [["securityOpts"], ["capabilities"], ["readOnly"], ["user"]],
    kubernetes: [["securityContext"]],
    swarm: ["capDrops", "readOnly", "user", "privileges"].map(key => ["taskSpec", "containerSpec", key]),
};

function declarations({ workload, source }: ContainerView): readonly Value[] {
    const own = (DECLARATIONS[workload.platform] ?? []).map(keys => source.get(...keys));
    return workload.platform === "kubernetes" ? [...own, workload.source.get("spec", "securityContext")] : own;
}

function isSaid(value: Value): boolean {
    return value.present && (value.isMapping ? some(value.entries, ([, item]) => item.isMapping ? isSaid(item) : item.present) : value.isList ? value.items.length > 0 : value.text !== "" && value.text !== "false");
}

const RUNTIME = { compose: ["runtime"], docker: ["runtime"], kubernetes: ["spec", "runtimeClassName"] } as const;

function runtimeOf(workload: WorkloadView): Value {
    const runtime = workloadSetting(workload, RUNTIME);
    if (runtime === undefined) {
        throw new Inexpressible("cannot be given a runtime: its resource has no field for it, so the engine's `default-runtime` is needed");
    }
    return runtime;
}

/** What runs strangers' code shares nothing with the host but a small, tested surface: not its whole kernel. */
const sandboxOnOrdinaryRuntime = workloadRule({
    id: "sandbox-on-ordinary-runtime",
    severity: "low",
    title: "What runs code of strangers has a kernel of its own, or one in between",
    fix: "set a runtime (`runtime: runsc`) or a runtimeClassName that is a sandbox's, and install it on the hosts",
    benchmarks: ["NSA/CISA: Hardening container runtimes", "Kubernetes: Runtime Class"],
    controls: ["SC-44"],
    // The runtime must be on the host first.
    optional: true,
    parameters: {
        runtimes: {
            type: "array", items: { type: "string" }, default: ["gvisor", "runsc", "kata", "kata-qemu", "kata-clh", "kata-fc", "kata-runtime", "sysbox-runc", "io.containerd.runsc.v1", "io.containerd.kata.v2"],
            description: "runtimes, or classes of them, that put a kernel in between",
        },
    },

    check(workload, settings) {
        if (workload.role !== "sandbox") {
            return undefined;
        }
        const runtime = runtimeOf(workload);
        return textsOf(settings, "runtimes").includes(runtime.text ?? "") ? undefined
            : { message: `runs code of strangers on the host's own kernel (runtime: ${runtime.text ?? "not set"})`, at: runtime.path };
    },
});

const runtimeNotAgreed = workloadRule({
    id: "runtime-not-agreed",
    severity: "low",
    title: "Only agreed runtimes are used",
    fix: "use an agreed runtime, or none to have the default",
    benchmarks: ["Kubernetes: Runtime Class"],
    controls: [],
    parameters: { runtimes: { type: "array", items: { type: "string" }, default: [], description: "runtimes, or classes of them, that may be used; none says that every one may" } },

    check(workload, settings) {
        const agreed = textsOf(settings, "runtimes");
        const runtime = agreed.length === 0 ? undefined : workloadSetting(workload, RUNTIME);
        return runtime?.text === undefined || agreed.includes(runtime.text) ? undefined : { message: `runs on the runtime ${runtime.text}`, at: runtime.path };
    },
});

/** Its driver is a program on the node, run as root with what the pod says: replaced by CSI long ago. */
const flexVolume = podRule({
    id: "flex-volume",
    severity: "medium",
    title: "No volume is made by a FlexVolume driver that was not agreed",
    fix: "use a CSI driver",
    benchmarks: ["Kubernetes: Volumes, flexVolume"],
    controls: [],
    parameters: { drivers: { type: "array", items: { type: "string" }, default: [], description: "drivers that may be used, e.g. example/lvm" } },

    check(workload, settings) {
        const agreed = textsOf(settings, "drivers");
        return each(workload.source.get("spec", "volumes").items, volume => {
            const driver = volume.get("flexVolume").present ? volume.get("flexVolume", "driver").text ?? "" : undefined;
            return driver === undefined || agreed.includes(driver) ? undefined : `has a volume of the FlexVolume driver ${driver}`;
        });
    },
});

export const POD_RULES: readonly Rule[] = [ephemeralContainer, flexVolume, runtimeNotAgreed, sandboxOnOrdinaryRuntime, securityContextNotDeclared];
