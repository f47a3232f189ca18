import { containerRule } from "../../rule";

/** Root in a container is root on the host as soon as anything else gives way. */
export const rootUser = containerRule({
    id: "root-user",
    severity: "high",
    title: "Every container runs as a numbered user other than root",
    fix: "set `user: \"10001:10001\"` (Docker, Compose) or runAsNonRoot and runAsUser (Kubernetes), and give it the files it writes",
    benchmarks: ["CIS Docker 4.1", "CIS Kubernetes 5.2.7", "PSS restricted: Running as Non-root", "NIST SP 800-190 4.4.3", "OWASP Docker Security Rule 2"],
    controls: ["RAGFLOW-IMAGE-02", "CTM-CONT-04", "SC-37"],
    property: "user",

    check(container) {
        const { user } = container;
        if (user === undefined || user === "") {
            return container.nonRootRequired ? undefined : "runs as the image's user, which may be root (user: not set)";
        }
        const [name = ""] = user.split(":");
        if (/^\d+$/.test(name)) {
            return Number(name) === 0 ? `runs as root (user: ${user})` : undefined;
        }
        return name === "root" ? "runs as root (user: root)" : `runs as a user whose number only the image knows (user: ${user})`;
    },
});
