import { judgeCluster } from "../../../policies/sources";
import { plural } from "../../../policies/report/text";
import { Unreachable } from "../audited";
import { SYSTEM_NAMESPACES } from "../../../policies/view/live/cluster";
import { clusterClient } from "./client";
import { readCluster } from "./read";
import type { Audited } from "../audited";
import type { ClusterRead } from "./read";
import type { JudgeOptions } from "../../../policies/judge";

/** Which cluster to read, and how much of it. */
export interface ClusterChoice {
    readonly kubeconfig: string | undefined;
    readonly namespace: string | undefined;
    /** Whether the cluster's own namespaces are judged too. */
    readonly system: boolean;
}

/**
 * Judges the objects of a cluster as one stack.
 * @throws Unreachable
 */
export async function auditKubernetes({ kubeconfig, namespace, system }: ClusterChoice, options: JudgeOptions): Promise<Audited> {
    let read: ClusterRead;
    let name: string;
    try {
        const client = await clusterClient(kubeconfig);
        ({ name } = client);
        read = await readCluster(client, namespace);
    } catch (error) {
        throw new Unreachable(`the API server cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
    }
    const own = system || namespace !== undefined && SYSTEM_NAMESPACES.has(namespace);
    const report = judgeCluster(read.objects, { ...options, name, system: own });
    const errors = read.failures.map(message => ({ path: `urn:kubernetes:${name}`, line: 0, message }));
    return {
        report: { ...report, errors: [...errors, ...report.errors] },
        notes: own || namespace !== undefined ? [] : [`${plural(report.checked.documents, "object")} judged; those of ${[...SYSTEM_NAMESPACES].join(", ")} are the cluster's own: --system judges them too`],
    };
}
