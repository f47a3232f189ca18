// A thread that judges a part of the files.
"use strict";

const path = require("node:path");

const { requireBundled } = require("../../policies/bundle.cjs");

module.exports = requireBundled(path.join(__dirname, "worker.ts"));
