import assert from "node:assert/strict";

import { parseSize, parseTime } from "../../infra/edge/units";

describe("parseSize", () => {
    const sizes: readonly (readonly [written: number | string, bytes: number | undefined])[] = [
        [1024, 1024], ["0", 0], ["50MB", 50_000_000], ["50 MB", 50_000_000], ["50MiB", 52_428_800], ["50m", 52_428_800], ["1.5kB", 1500],
        ["2GB", 2e9], ["1b", 1], ["", undefined], ["MB", undefined], ["-1", undefined], ["1e9", undefined], ["5 parsecs", undefined],
        ["1;", undefined], ["constructor", undefined], ["1constructor", undefined], [NaN, undefined], [-5, undefined], [Infinity, undefined],
    ];
    for (const [written, bytes] of sizes) {
        it(`${JSON.stringify(written)} → ${bytes}`, () => assert.equal(parseSize(written), bytes));
    }
});

describe("parseTime", () => {
    const times: readonly (readonly [written: number | string, milliseconds: number | undefined])[] = [
        [90, 90_000], ["90s", 90_000], ["5m", 300_000], ["1h", 3_600_000], ["200ms", 200], ["0.5s", 500], ["1d", undefined], ["soon", undefined],
    ];
    for (const [written, milliseconds] of times) {
        it(`${JSON.stringify(written)} → ${milliseconds}`, () => assert.equal(parseTime(written), milliseconds));
    }
});
