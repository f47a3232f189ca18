import { containerRule } from "../../rule";

/** A setuid program, in the image or brought along, lets a process become root again unless the kernel is told to refuse. */
export const newPrivilegesAllowed = containerRule({
    id: "new-privileges-allowed",
    severity: "high",
    title: "No process can gain privileges",
    fix: "set `no-new-privileges:true` in the security options (Docker, Compose) or `allowPrivilegeEscalation: false` (Kubernetes)",
    benchmarks: ["CIS Docker 5.26", "CIS Kubernetes 5.2.6", "PSS restricted: Privilege Escalation", "OWASP Docker Security Rule 4"],
    controls: ["RAGFLOW-SANDBOX-04", "CTM-CONT-06", "SC-39"],
    property: "noNewPrivileges",

    check(container) {
        const { noNewPrivileges } = container;
        return noNewPrivileges === true ? undefined : `may gain privileges (no-new-privileges: ${noNewPrivileges ?? "not set"})`;
    },
});
