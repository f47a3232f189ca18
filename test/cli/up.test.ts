import assert from "node:assert/strict";

import { previewSystem } from "../../cli/commands/preview";
import { packConfig } from "../../cli/preview/pack-config";

describe("cli: up", () => {
    it("exempts from the pack just the subjects that the preview's report answers for", async function () {
        this.timeout(30_000);
        const { report } = await previewSystem({ stack: "dev" });
        const config = packConfig(report);
        const [answered, ...others] = config["executable-tmpfs"]?.exempt ?? [];
        assert.deepEqual([answered?.resource, others], ["ragflow-es01", []]);
        assert.ok((answered?.reason ?? "").length > 10 && (answered?.expires ?? "") > new Date().toISOString().slice(0, 10));
        assert.deepEqual(config["host-path-mounted"], { exempt: [], declared: ["/var/lib/docker/volumes"] });
        assert.equal(config["privileged-container"], undefined);
    });

    it("passes the stack's own configuration on, with what is answered for", () => {
        const exempted = [{ rule: "writable-root", subject: { name: "api" }, reason: "a reason", expires: "2999-01-01" }] as never;
        assert.deepEqual(packConfig({ exempted }, { "latest-tag": "advisory", "writable-root": "remediate", "host-path-mounted": { declared: ["/srv"] } }), {
            "latest-tag": "advisory",
            "writable-root": { enforcementLevel: "remediate", exempt: [{ resource: "api", reason: "a reason", expires: "2999-01-01" }] },
            "host-path-mounted": { declared: ["/srv", "/var/lib/docker/volumes"], exempt: [] },
        });
    });

    it("refuses to deploy to production what has no digest", async () => {
        await assert.rejects(previewSystem({ stack: "prod", deploying: true }), /services\.mysql\.image is not pinned by digest/);
    });

    it("takes a stack without settings for production", async () => {
        const { prepared } = await previewSystem({ stack: "nowhere", system: "systems/ragflow" });
        assert.equal(prepared.application.environment, "production");
    });
});
