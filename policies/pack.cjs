// The SDK starts packs with a compiler that checks types, every time: here they are started without. `npm run types` checks them.
"use strict";

const { join } = require("node:path");

const { requireBundled } = require("./bundle.cjs");

module.exports = requireBundled(join(__dirname, "index.ts"));
