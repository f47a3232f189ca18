import { containerRule, each } from "../../rule";

/** A scratch space from which programs may run is where an intruder puts the tools that a read-only root keeps out. */
export const executableTmpfs = containerRule({
    id: "executable-tmpfs",
    severity: "low",
    title: "No program, no device and no change of user comes from scratch space",
    fix: "take the options `exec`, `suid` and `dev` out",
    benchmarks: ["CIS Docker 5.13"],
    controls: ["SC-38"],
    property: "tmpfs",

    check(container) {
        return each(container.tmpfs, ({ executable, loosened = [], target }) => {
            const options = [...executable === true ? ["exec"] : [], ...loosened].join(", ");
            return options === "" ? undefined : executable === true ? `may run programs from its tmpfs ${target} (${options})` : `has a tmpfs ${target} without its usual protection (${options})`;
        });
    },
});
