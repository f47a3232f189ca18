import { containerRule, each } from "../../rule";

/** A scratch space from which programs may run is where an intruder puts the tools that a read-only root keeps out. */
export const executableTmpfs = containerRule({
    id: "executable-tmpfs",
    severity: "low",
    title: "No program runs from scratch space",
    fix: "take the option `exec` out",
    benchmarks: ["CIS Docker 5.13"],
    controls: ["SC-38"],
    property: "tmpfs",

    check(container) {
        return each(container.tmpfs, tmpfs => tmpfs.executable === true ? `may run programs from its tmpfs ${tmpfs.target} (exec)` : undefined);
    },
});
