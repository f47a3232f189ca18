import type { ContainerInspectInfo } from "dockerode";

import { engineClient, inspectContainer } from "./client";
import { Handler, OnEngine, same } from "./handler";

export interface ReadyInputs extends OnEngine {
    readonly container: string;
    readonly containerId: string;
    /** `startedAt` of the container's Start. */
    readonly startedAt: string;
    readonly until: "healthy" | "completed";
    readonly timeoutSeconds: number;
}

const POLL_MS = 250;

/** Waits, once after every start, until a container is healthy or has ended with exit status 0. */
export const handler: Handler<ReadyInputs, ReadyInputs> = {
    async create(inputs) {
        await ready(inputs);
        return { id: `${inputs.containerId}/ready`, outs: inputs };
    },
    async diff(_id, state, inputs) {
        return { changes: !same({ ...state, timeoutSeconds: 0 }, { ...inputs, timeoutSeconds: 0 }) };
    },
    async update(_id, _state, inputs) {
        await ready(inputs);
        return { outs: inputs };
    },
};

async function ready({ host, container, containerId, until, timeoutSeconds }: ReadyInputs): Promise<void> {
    const docker = engineClient(host);
    const deadline = Date.now() + timeoutSeconds * 1000;
    const advice = `see "docker logs ${container}"`;
    for (;;) {
        const verdict = judge(await inspectContainer(docker, containerId), until);
        if (verdict === "ready") {
            return;
        }
        if (verdict !== "wait") {
            throw new Error(`container ${container} ${verdict}; ${advice}`);
        }
        if (Date.now() > deadline) {
            throw new Error(`container ${container} is not ${until} after ${timeoutSeconds} s; ${advice}`);
        }
        await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
}

/** `ready`, `wait`, or what is wrong with the container. A restart policy's restarts are waited for. */
export function judge(container: ContainerInspectInfo | undefined, until: ReadyInputs["until"]): string {
    if (container === undefined) {
        return "is gone";
    }
    const { Status, ExitCode, Health } = container.State;
    if (until === "completed") {
        return Status !== "exited" ? "wait" : ExitCode === 0 ? "ready" : `ended with exit status ${ExitCode}`;
    }
    if (Status === "exited" || Status === "dead") {
        return `stopped with exit status ${ExitCode} before it was healthy`;
    }
    if (Health === undefined) {
        return "has no health check to wait for";
    }
    return Health.Status === "healthy" ? "ready" : "wait";
}
