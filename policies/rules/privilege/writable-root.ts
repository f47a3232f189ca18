import { containerRule } from "../../rule";

/**
 * An intruder who cannot write to the root file system can neither keep a tool there nor change the program that runs.
 */
export const writableRoot = containerRule({
    id: "writable-root",
    severity: "high",
    title: "A container's root file system is read-only",
    fix: "set it read-only (`read_only`, readOnly, readOnlyRootFilesystem) and mount a volume or tmpfs where the program must write",
    benchmarks: ["CIS Docker 5.13", "NIST SP 800-190 4.4.4", "OWASP Docker Security Rule 8", "NSA/CISA: Immutable container file systems"],
    controls: ["CTM-CONT-08", "RAGAMUFFIN-FLOW-03", "SC-38"],
    property: "readOnlyRoot",

    check(container) {
        // Every engine takes silence for a writable root, so only a plain `true` will do.
        const { readOnlyRoot } = container;
        return readOnlyRoot === true ? undefined : `has a writable root file system (read-only: ${readOnlyRoot ?? "not set"})`;
    },
});
