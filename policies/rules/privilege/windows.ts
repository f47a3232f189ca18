import { podContainerRule, textsOf } from "../../rule";
import { podContext } from "../../view/setting";
import { isWindows } from "../../view/windows";
import type { Rule } from "../../rule";

/** Such a container is a process of the node with the node's own users: it is inside no boundary at all. */
const windowsHostProcess = podContainerRule({
    id: "windows-host-process",
    severity: "critical",
    title: "No Windows container is a process of its node",
    fix: "take windowsOptions.hostProcess out",
    benchmarks: ["CIS Kubernetes 5.2.11", "PSS baseline: HostProcess"],
    controls: ["SC-43"],

    check(container) {
        const asked = podContext(container, "windowsOptions", "hostProcess");
        return asked.flag === true ? { message: "is a process of its Windows node (hostProcess: true)", at: asked.path } : undefined;
    },
});

/** Windows images run as an administrator unless they or the pod say otherwise. */
const windowsAdministrator = podContainerRule({
    id: "windows-administrator",
    severity: "medium",
    title: "Every Windows container runs as a user without rights",
    fix: "set windowsOptions.runAsUserName to `ContainerUser`, for the pod or the container",
    benchmarks: ["Kubernetes: Security For Windows Nodes"],
    controls: ["SC-37"],
    parameters: { users: { type: "array", items: { type: "string" }, default: ["ContainerUser"], description: "users without rights" } },

    check(container, settings) {
        const user = podContext(container, "windowsOptions", "runAsUserName");
        if (!user.present) {
            return isWindows(container.workload.source.get("spec")) ? "runs as the image's Windows user, who may be an administrator (runAsUserName: not set)" : undefined;
        }
        const allowed = textsOf(settings, "users").some(name => name.toLowerCase() === user.text?.toLowerCase());
        return allowed ? undefined : { message: `runs as the Windows user ${user.text ?? ""}`, at: user.path };
    },
});

export const WINDOWS_RULES: readonly Rule[] = [windowsAdministrator, windowsHostProcess];
