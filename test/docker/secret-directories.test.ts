import * as assert from "node:assert/strict";

import { secretDirectories, secretVolumeOptions } from "../../infra/docker/secret-directories";
import { shopService } from "../support/shop";

describe("docker/secret-directories", () => {
    it("gives every directory of secrets a volume of its own", () => {
        const service = shopService("api", {
            user: { uid: 5, gid: 6 },
            secretFiles: [
                { secret: "A", target: "/run/secrets/A" }, { secret: "K", target: "/etc/tls/key.pem" }, { secret: "B", target: "/run/secrets/B" },
            ],
        });
        const owner = { uid: 5, gid: 6 };
        assert.deepEqual(secretDirectories("shop", service), [
            {
                service: "api", owner, volume: "shop-api-secrets", target: "/run/secrets",
                files: [{ secret: "A", target: "/run/secrets/A" }, { secret: "B", target: "/run/secrets/B" }],
            },
            { service: "api", owner, volume: "shop-api-secrets2", target: "/etc/tls", files: [{ secret: "K", target: "/etc/tls/key.pem" }] },
        ]);
        assert.deepEqual(secretDirectories("shop", shopService("api")), []);
    });

    it("keeps it in memory, for its owner alone", () => {
        assert.deepEqual(secretVolumeOptions({ uid: 5, gid: 6 }), {
            type: "tmpfs", device: "tmpfs", o: "size=1m,mode=0500,uid=5,gid=6,noexec,nosuid,nodev",
        });
    });
});
