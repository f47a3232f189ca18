import * as assert from "node:assert/strict";

import { jobs, readyTimeoutSeconds, startOrder } from "../../infra/docker/readiness";
import type { Dependency } from "../../infra/model/service";
import { shop, shopService } from "../support/shop";

function needs(service: string, condition: Dependency["condition"] = "service_started"): Dependency {
    return { service, condition, required: true, restart: false };
}

describe("docker/readiness", () => {
    it("puts a service after those that it needs, and keeps the rest in order", () => {
        const services = [
            shopService("a", { dependsOn: [needs("c")] }), shopService("b"), shopService("c", { dependsOn: [needs("d"), needs("gone")] }), shopService("d"),
        ];
        assert.deepEqual(startOrder(services).map(({ name }) => name), ["d", "c", "a", "b"]);
    });

    it("ends on a ring", () => {
        const services = [shopService("a", { dependsOn: [needs("b")] }), shopService("b", { dependsOn: [needs("a")] })];
        assert.deepEqual(startOrder(services).map(({ name }) => name), ["b", "a"]);
    });

    it("knows jobs by their role and by who waits for their end", () => {
        const services = [shopService("a", { dependsOn: [needs("b", "service_completed_successfully"), needs("c")] }), shopService("b"), shopService("c"), shopService("d", { role: "job" })];
        assert.deepEqual([...jobs(shop(services))], ["b", "d"]);
    });

    it("waits as long as the health check may take, and at least a minute", () => {
        const patient = shopService("a", { health: { test: ["CMD", "true"], intervalMs: 10_000, timeoutMs: 5_000, retries: 10, startPeriodMs: 30_000 } });
        const quick = shopService("a", { health: { test: ["CMD", "true"], intervalMs: 1000, timeoutMs: 1000, retries: 1 } });
        assert.deepEqual([readyTimeoutSeconds(patient, false), readyTimeoutSeconds(quick, false), readyTimeoutSeconds(quick, true)], [390, 60, 1200]);
    });
});
