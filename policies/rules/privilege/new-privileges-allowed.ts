import { containerRule, plainTexts } from "../../rule";

/** A setuid program, in the image or brought along, lets a process become root again unless the kernel is told to refuse. */
export const newPrivilegesAllowed = containerRule({
    id: "new-privileges-allowed",
    severity: "high",
    title: "No process can gain privileges",
    fix: "set `no-new-privileges:true` in the security options (Docker, Compose) or `allowPrivilegeEscalation: false` (Kubernetes)",
    benchmarks: ["CIS Docker 5.26", "CIS Kubernetes 5.2.6", "PSS restricted: Privilege Escalation", "OWASP Docker Security Rule 4"],
    controls: ["RAGFLOW-SANDBOX-04", "CTM-CONT-06", "SC-39"],
    property: "noNewPrivileges",
    mend(inputs) {
        const given = plainTexts(inputs["securityOpts"]);
        const others = given?.filter(option => !option.startsWith("no-new-privileges")) ?? [];
        const kept = given?.some(option => /^no-new-privileges(?:[:=]true)?$/.test(option)) === true && others.length === given.length - 1;
        return kept || given === undefined ? undefined : { ...inputs, securityOpts: [...others, "no-new-privileges:true"] };
    },

    check(container) {
        const { noNewPrivileges } = container;
        return noNewPrivileges === true ? undefined : `may gain privileges (no-new-privileges: ${noNewPrivileges ?? "not set"})`;
    },
});
