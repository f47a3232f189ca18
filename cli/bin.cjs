#!/usr/bin/env node
// Registers the TypeScript loader and hands over; everything else is in main.ts.
"use strict";

const path = require("node:path");

require(require.resolve("tsx", { paths: [path.join(__dirname, "..")] }));
require("./main.ts").main(process.argv.slice(2)).then(status => { process.exitCode = status; });
