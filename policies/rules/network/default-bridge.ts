import { workloadRule } from "../../rule";

/** On the engine's default bridge containers of all applications meet, and nothing keeps them apart. */
export const defaultBridge = workloadRule({
    id: "default-bridge",
    severity: "medium",
    title: "No container is on the engine's default bridge",
    fix: "put it on a network of its application, or on none (`network_mode: none`)",
    benchmarks: ["CIS Docker 5.30", "CIS Docker 2.2"],
    controls: ["RAGFLOW-NET-01", "SC-01"],
    property: "defaultBridge",

    check(workload) {
        return workload.defaultBridge ? "is on the engine's default bridge" : undefined;
    },
});
