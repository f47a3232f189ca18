import * as assert from "node:assert/strict";

import type { ContainerInspectInfo } from "dockerode";

import { judge } from "../../../infra/docker/engine/ready";

function container(state: object): ContainerInspectInfo {
    return { State: state } as unknown as ContainerInspectInfo;
}

describe("docker/engine/ready", () => {
    const cases: Record<string, [ContainerInspectInfo | undefined, "healthy" | "completed", string]> = {
        "a healthy one": [container({ Status: "running", Health: { Status: "healthy" } }), "healthy", "ready"],
        "one that starts": [container({ Status: "running", Health: { Status: "starting" } }), "healthy", "wait"],
        "one that is not healthy yet": [container({ Status: "running", Health: { Status: "unhealthy" } }), "healthy", "wait"],
        "one that restarts": [container({ Status: "restarting", Health: { Status: "unhealthy" } }), "healthy", "wait"],
        "one that fell over": [container({ Status: "exited", ExitCode: 3 }), "healthy", "stopped with exit status 3 before it was healthy"],
        "one without a health check": [container({ Status: "running" }), "healthy", "has no health check to wait for"],
        "one that is gone": [undefined, "healthy", "is gone"],
        "a job that runs": [container({ Status: "running" }), "completed", "wait"],
        "a job that ended well": [container({ Status: "exited", ExitCode: 0 }), "completed", "ready"],
        "a job that failed": [container({ Status: "exited", ExitCode: 1 }), "completed", "ended with exit status 1"],
    };
    for (const [title, [state, until, verdict]] of Object.entries(cases)) {
        it(title, () => assert.equal(judge(state, until), verdict));
    }
});
