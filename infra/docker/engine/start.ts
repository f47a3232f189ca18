import { buffer } from "node:stream/consumers";

import type Docker from "dockerode";
import type { ContainerInspectInfo } from "dockerode";

import { engineClient, inspectContainer } from "./client";
import { Handler, OnEngine, same } from "./handler";

export interface StartInputs extends OnEngine {
    readonly container: string;
    readonly containerId: string;
    /** Runs once and may have ended, with exit status 0. */
    readonly job: boolean;
    /** Versions of the files that the container reads: it takes them when one changes. */
    readonly files: readonly number[];
    /** The command in the container that takes changed files without a restart; undefined: it is restarted. */
    readonly reload?: readonly string[];
}

export interface StartState extends StartInputs {
    /** When it was last started by a deployment, as the engine writes times. */
    readonly startedAt: string;
}

/** Starts a created container, keeps it started at every deployment, and restarts it when its files changed. */
export const handler: Handler<StartInputs, StartState> = {
    async create(inputs) {
        return { id: `${inputs.containerId}/start`, outs: await start(inputs, false) };
    },
    async diff(_id, state, inputs) {
        if (state.containerId !== inputs.containerId) {
            return { changes: true, replaces: ["containerId"] };
        }
        const container = await inspectContainer(engineClient(inputs.host), inputs.containerId);
        return { changes: !same(state.files, inputs.files) || state.job !== inputs.job || !isUp(container, inputs.job) };
    },
    async update(_id, state, inputs) {
        return { outs: await start(inputs, !same(state.files, inputs.files)) };
    },
};

function isUp(container: ContainerInspectInfo | undefined, job: boolean): boolean {
    if (container === undefined) {
        return false;
    }
    const { Running, Restarting, Status, ExitCode } = container.State;
    return (Running && !Restarting) || (job && Status === "exited" && ExitCode === 0);
}

async function start(inputs: StartInputs, filesChanged: boolean): Promise<StartState> {
    const docker = engineClient(inputs.host);
    const before = await inspectContainer(docker, inputs.containerId);
    if (before === undefined) {
        throw new Error(`container ${inputs.container} is no longer there; run "pulumi refresh", then "pulumi up"`);
    }
    const container = docker.getContainer(inputs.containerId);
    if (!before.State.Running) {
        await container.start();
    } else if (before.State.Restarting || (filesChanged && inputs.reload === undefined)) {
        await container.restart();
    } else if (filesChanged && inputs.reload !== undefined) {
        await reload(container, inputs.container, inputs.reload);
    }
    return { ...inputs, startedAt: (await container.inspect()).State.StartedAt };
}

/** Throws, with what the command said, when the container does not take its files; it then goes on with the old ones. */
async function reload(container: Docker.Container, name: string, command: readonly string[]): Promise<void> {
    const running = await container.exec({ Cmd: [...command], Tty: true, AttachStdout: true, AttachStderr: true });
    const said = (await buffer(await running.start({ Tty: true }))).toString().trim();
    const { ExitCode } = await running.inspect();
    if (ExitCode !== 0) {
        throw new Error(`container ${name} refuses its changed files and goes on with the old ones (exit status ${ExitCode}): ${said}`);
    }
}
