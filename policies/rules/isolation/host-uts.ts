import { workloadRule } from "../../rule";

/** In the host's UTS namespace a container may rename the host, and logs of the two can't be told apart. */
export const hostUts = workloadRule({
    id: "host-uts",
    severity: "medium",
    title: "No container shares the host's name",
    fix: "take the setting out (`uts: host`); set `hostname` if the program wants a certain name",
    benchmarks: ["CIS Docker 5.21"],
    controls: ["SC-43"],
    property: "hostUts",

    check(workload) {
        return workload.hostUts ? "shares the host's UTS namespace" : undefined;
    },
});
