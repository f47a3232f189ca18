import { judgeEngine } from "../../../policies/sources";
import { engineClient } from "./client";
import { daemonConfig, daemonProcess } from "./daemon";
import { engineFiles, engineHost } from "./host";
import { readEngine } from "./read";
import { Unreachable } from "../audited";
import { textAt } from "../../../policies/view/live/sent";
import type { Audited } from "../audited";
import type { EngineFacts } from "../../../policies/view/live/facts";
import type { EngineRead } from "./read";
import type { JudgeOptions } from "../../../policies/judge";

/**
 * Judges a Docker engine and all that it runs.
 * @param host where it listens; DOCKER_HOST or this machine's own if undefined
 * @throws Unreachable
 */
export async function auditDocker(host: string | undefined, options: JudgeOptions): Promise<Audited> {
    let read: EngineRead;
    let socket: string | undefined;
    try {
        const client = await engineClient(host);
        ({ socket } = client);
        read = await readEngine(client);
    } catch (error) {
        throw new Unreachable(`the Docker engine cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
    }
    const { facts, failures, note } = withDaemon(read, socket);
    const path = `urn:docker:${textAt(facts.info, "Name")}`;
    const report = judgeEngine(facts, options);
    const errors = failures.map(message => ({ path, line: 0, message }));
    return { report: { ...report, errors: [...errors, ...report.errors] }, notes: note === undefined ? [] : [note] };
}

const REMOTE = "the engine's configuration and files are on its own host: what only they tell was not judged; run the audit there";

/** What only the engine's host tells, where this is that host. */
function withDaemon({ facts, failures }: EngineRead, socket: string | undefined): { facts: EngineFacts; failures: readonly string[]; note?: string } {
    const pid = socket === undefined ? undefined : daemonProcess(socket);
    if (socket === undefined || pid === undefined) {
        return { facts, failures, note: REMOTE };
    }
    try {
        const config = daemonConfig(pid);
        return { facts: { ...facts, config, files: engineFiles(socket, config), host: engineHost(socket, facts.info) }, failures };
    } catch (error) {
        return { facts, failures: [...failures, `the engine's configuration cannot be read: ${error instanceof Error ? error.message : String(error)}`] };
    }
}
