// The SDK starts packs with a compiler that checks types, every time: tsx reads the same sources without. `npm run types` checks them.
"use strict";

require("tsx/cjs");
require("./index.ts");
