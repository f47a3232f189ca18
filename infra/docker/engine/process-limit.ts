import { engineClient, inspectContainer } from "./client";
import type { Handler, OnEngine } from "./handler";

export interface ProcessLimitInputs extends OnEngine {
    /** The container's name, for whoever reads or judges the resource. */
    readonly container: string;
    readonly containerId: string;
    /** Most processes and threads at once. */
    readonly pids: number;
}

/** Sets the limit in the container's own configuration, so that it holds from its first process on and after restarts. */
export const handler: Handler<ProcessLimitInputs, ProcessLimitInputs> = {
    async create(inputs) {
        await limit(inputs);
        return { id: `${inputs.containerId}/pids`, outs: inputs };
    },
    async diff(_id, state, inputs) {
        if (state.containerId !== inputs.containerId) {
            return { changes: true, replaces: ["containerId"] };
        }
        const container = await inspectContainer(engineClient(inputs.host), inputs.containerId);
        return { changes: state.pids !== inputs.pids || container?.HostConfig.PidsLimit !== inputs.pids };
    },
    async update(_id, _state, inputs) {
        await limit(inputs);
        return { outs: inputs };
    },
};

async function limit({ host, containerId, pids }: ProcessLimitInputs): Promise<void> {
    await engineClient(host).getContainer(containerId).update({ PidsLimit: pids });
}
