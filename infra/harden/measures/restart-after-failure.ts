import { perService } from "../draft";

/** A service that dies comes back; a job that failed is tried again, but not for ever. */
export const restartAfterFailure = perService("restart-after-failure", ({ spec }) => {
    const wanted = spec.restart ?? "no";
    if (spec.role === "job") {
        return { spec: { restart: /^on-failure:\d+$/.test(wanted) ? wanted : "on-failure:5" } };
    }
    return { spec: { restart: wanted === "always" || /^on-failure(:[1-9]\d*)?$/.test(wanted) ? wanted : "unless-stopped" } };
});
