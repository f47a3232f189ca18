import { containerRule, each } from "../../rule";

/** A tmpfs without a size takes up to half of the host's memory. */
export const unboundedTmpfs = containerRule({
    id: "unbounded-tmpfs",
    severity: "low",
    title: "Every tmpfs has a size",
    fix: "set its size (`size=64m`, sizeBytes, sizeLimit)",
    benchmarks: ["CIS Docker 5.11"],
    controls: ["SC-38", "SC-41"],
    property: "tmpfs",

    check(container) {
        return each(container.tmpfs, tmpfs => tmpfs.bounded ? undefined : `has a tmpfs without a bound, ${tmpfs.target} (size: not set)`);
    },
});
