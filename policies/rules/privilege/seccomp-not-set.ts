import { containerRule } from "../../rule";

/** Where the platform's default is no seccomp profile at all, silence leaves every system call within reach. */
export const seccompNotSet = containerRule({
    id: "seccomp-not-set",
    severity: "medium",
    title: "A seccomp profile is asked for where none is the default",
    fix: "set seccompProfile to `type: RuntimeDefault`, for the pod or the container",
    benchmarks: ["CIS Kubernetes 5.7.2", "PSS restricted: Seccomp", "NSA/CISA: Syscall filtering"],
    controls: ["RAGFLOW-SANDBOX-03", "SC-39"],
    property: "seccomp",

    check(container) {
        return container.seccomp === undefined && !container.seccompByDefault ? "asks for no seccomp profile, and gets none (not set)" : undefined;
    },
});
