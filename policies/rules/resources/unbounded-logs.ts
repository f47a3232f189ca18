import { containerRule } from "../../rule";

/** A log without a bound fills the host's disk, by accident or on purpose. */
export const unboundedLogs = containerRule({
    id: "unbounded-logs",
    severity: "low",
    title: "Every container's log is bounded",
    fix: "set the log option `max-size` (and `max-file`), or the driver `local`, which rotates by itself",
    benchmarks: ["CIS Docker 2.13", "OWASP Docker Security Rule 7"],
    controls: ["SC-41"],
    property: "boundedLogs",

    check(container) {
        return container.boundedLogs ? undefined : "keeps all that it ever logs (max-size: not set)";
    },
});
