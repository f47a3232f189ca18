import { request as insecureRequest } from "node:http";
import { request } from "node:https";

import type { RequestOptions } from "node:https";

/** The requests that an audit makes of an API server: all of them only read. */
export interface ClusterClient {
    readonly name: string;
    readonly get: (path: string) => Promise<unknown>;
}

/** The API server answered with another status than 200. */
export class Denied extends Error {
    constructor(readonly status: number, message: string) {
        super(message);
    }
}

const TIMEOUT_MS = 30_000;

/**
 * A client of the cluster that a kubeconfig names, with all its ways to say who asks.
 * @param kubeconfig the file; KUBECONFIG, ~/.kube/config or a pod's own account if undefined
 * @throws Error where the file cannot be read or names no cluster
 */
export async function clusterClient(kubeconfig: string | undefined): Promise<ClusterClient> {
    const { KubeConfig } = await import("@kubernetes/client-node");
    const config = new KubeConfig();
    if (kubeconfig === undefined) {
        config.loadFromDefault();
    } else {
        config.loadFromFile(kubeconfig);
    }
    const cluster = config.getCurrentCluster();
    if (cluster === null) {
        throw new Error("the kubeconfig's current context names no cluster");
    }
    return {
        name: cluster.name,
        get: async path => {
            const url = new URL(`${cluster.server.replace(/\/+$/, "")}${path}`);
            const options: RequestOptions = { method: "GET", headers: { Accept: "application/json" }, timeout: TIMEOUT_MS };
            await config.applyToHTTPSOptions(options);
            return answer(url, options);
        },
    };
}

function answer(url: URL, options: RequestOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
        const sent = (url.protocol === "http:" ? insecureRequest : request)(url, options, response => {
            const parts: Buffer[] = [];
            response.on("data", (part: Buffer) => parts.push(part));
            response.on("error", reject);
            response.on("end", () => {
                try {
                    const body = JSON.parse(Buffer.concat(parts).toString("utf8")) as { readonly message?: unknown };
                    if (response.statusCode === 200) {
                        resolve(body);
                    } else {
                        reject(new Denied(response.statusCode ?? 0, `${response.statusCode ?? 0} ${String(body.message ?? "")}`.trim()));
                    }
                } catch {
                    reject(new Denied(response.statusCode ?? 0, `${response.statusCode ?? 0}, and no JSON`));
                }
            });
        });
        sent.on("timeout", () => sent.destroy(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)));
        sent.on("error", reject);
        sent.end();
    });
}
