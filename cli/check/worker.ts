import { parentPort, workerData } from "node:worker_threads";

import { judgeShare } from "./share";
import type { Share } from "./share";

parentPort?.postMessage(judgeShare(workerData as Share));
