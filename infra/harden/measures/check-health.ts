import { perService } from "../draft";
import type { HealthCheck } from "../../model/service";

/** A service that answers nothing is replaced or waited for only if somebody asks. The authors' own check comes first. */
export const checkHealth = perService("check-health", ({ declared, known, spec }) => {
    const authored = spec.health?.test !== undefined && spec.health.test[0] !== "NONE";
    if (declared.health !== undefined) {
        return { spec: { health: { ...DEFAULTS, test: commandOf(declared.health.test), ...(declared.health.retries !== undefined && { retries: declared.health.retries }) } } };
    }
    if (declared.no_health !== undefined) {
        return { opened: [{ what: "no health check", reason: declared.no_health.reason }] };
    }
    if (authored || known.health === undefined) {
        return {};
    }
    return { spec: { health: { ...DEFAULTS, test: commandOf(known.health) } }, closed: ["running unchecked"] };
});

const DEFAULTS: HealthCheck = { intervalMs: 10_000, timeoutMs: 5_000, retries: 12, startPeriodMs: 30_000 };

function commandOf(test: readonly string[]): readonly string[] {
    return test[0] === "CMD" || test[0] === "CMD-SHELL" || test[0] === "NONE" ? test : ["CMD", ...test];
}
