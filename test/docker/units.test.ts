import * as assert from "node:assert/strict";

import { goDuration, mebibytes, processors, seconds } from "../../infra/docker/units";

describe("docker/units", () => {
    it("writes durations as Go does", () => {
        const written = { 0: "0s", 250: "250ms", 1000: "1s", 1500: "1.5s", 30_000: "30s", 60_000: "1m0s", 90_000: "1m30s", 3_600_000: "1h0m0s", 5_445_250: "1h30m45.25s" };
        assert.deepEqual(Object.fromEntries(Object.keys(written).map(ms => [ms, goDuration(Number(ms))])), written);
    });

    it("writes processors as the provider reads them back", () => {
        assert.deepEqual([0.1, 0.25, 1, 1.5, 10, 16, 0.123456789].map(processors), ["0.1", "0.25", "1.0", "1.5", "10.", "16.0", "0.123456789"]);
    });

    it("adds a thousandth to what the provider would read back as another number", () => {
        assert.deepEqual([0.05, 0.01].map(processors), ["0.051", "0.011"]);
    });

    it("rounds limits up, never down", () => {
        assert.deepEqual([mebibytes(1), mebibytes(1024 ** 2), mebibytes(1024 ** 2 + 1), seconds(1), seconds(1000)], [1, 1, 2, 1, 1]);
    });
});
