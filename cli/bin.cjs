#!/usr/bin/env node
// Hands over to main.ts; everything else is there.
"use strict";

const path = require("node:path");

const { requireBundled } = require("../policies/bundle.cjs");

Promise.resolve(requireBundled(path.join(__dirname, "main.ts")))
    .then(({ main }) => main(process.argv.slice(2)))
    .then(status => { process.exitCode = status; });
