import { containerRule } from "../../rule";

/** Without a seccomp profile every system call of the kernel, with its faults, is within reach. */
export const seccompUnconfined = containerRule({
    id: "seccomp-unconfined",
    severity: "high",
    title: "No container switches seccomp off",
    fix: "take `seccomp=unconfined` out (Docker, Compose), or set seccompProfile to RuntimeDefault (Kubernetes)",
    benchmarks: ["CIS Docker 5.22", "CIS Kubernetes 5.7.2", "PSS baseline: Seccomp", "OWASP Docker Security Rule 6"],
    controls: ["RAGFLOW-SANDBOX-03", "SC-39"],
    property: "seccomp",

    check(container) {
        const { seccomp } = container;
        return seccomp === "unconfined" || seccomp === "" ? "runs without a seccomp profile (unconfined)" : undefined;
    },
});
