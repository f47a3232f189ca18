import { perService } from "../draft";

/** 10 MB × 10 is the figure of the requirements (CTM's audit logs); unbounded logs fill the host's disk. */
export const boundLogs = perService("bound-logs", ({ source, spec }) => {
    const bounded = source.logging?.options["max-size"] !== undefined;
    return {
        spec: { logs: { maxSizeMiB: 10, maxFiles: 10 } },
        closed: spec.logs !== undefined || bounded ? [] : ["unbounded logs"],
    };
});
