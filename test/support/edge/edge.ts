import { planEdge } from "../../../infra/edge/plan-edge";
import type { EdgePlan } from "../../../infra/edge/plan";
import type { EdgeDeclaration } from "../../../infra/model/edge-declaration";
import { startNameServer } from "./dns";
import type { NameServer } from "./dns";
import { startNginx } from "./nginx";
import type { NginxOptions, RunningNginx } from "./nginx";
import { startUpstream } from "./upstream";
import type { Upstream } from "./upstream";

export interface TestEdge extends RunningNginx {
    readonly upstream: Upstream;
    readonly names: NameServer;
    readonly plan: EdgePlan;
    stop(): Promise<void>;
}

/** Plans for a service `web` on `port`, and fails where there are problems. */
export function planFor(port: number, declaration: EdgeDeclaration = {}): EdgePlan {
    const web = { path: "/", service: "web", port };
    const { plan, problems } = planEdge({
        declaration: { hosts: ["app.example.com"], ...declaration, routes: (declaration.routes ?? [web]).map(route => ({ ...route, port })) },
        services: [{ name: "web", role: "application", published: [], listens: [port] }],
        exposure: "edge", directory: "/system", locate: () => undefined,
    });
    if (plan === undefined) {
        throw new Error(JSON.stringify(problems));
    }
    return plan;
}

/** An edge for `https://app.example.com`, the service behind it and a name server that knows the service as `web`. */
export async function startEdge(declaration: EdgeDeclaration = {}, options: Omit<NginxOptions, "resolverPort"> = {}): Promise<TestEdge> {
    const [upstream, names] = await Promise.all([startUpstream(), startNameServer({ web: "127.0.0.1" })]);
    const plan = planFor(upstream.port, declaration);
    const close = async (): Promise<void> => { await Promise.all([upstream.close(), names.close()]); };
    try {
        const nginx = await startNginx(plan, { ...options, resolverPort: names.port });
        return {
            ...nginx, upstream, names, plan,
            stop: async () => {
                await nginx.stop();
                await close();
            },
        };
    } catch (error) {
        await close();
        throw error;
    }
}

/** Runs `use` with an edge and stops it whatever happens. */
export async function withEdge(
    declaration: EdgeDeclaration, options: Omit<NginxOptions, "resolverPort">, use: (edge: TestEdge) => Promise<void>,
): Promise<void> {
    const edge = await startEdge(declaration, options);
    try {
        await use(edge);
    } finally {
        await edge.stop();
    }
}

/** Takes lines out of the files whose path ends so, for a negative case. Fails where there is nothing to take out. */
export function without(path: string, line: RegExp): NginxOptions["spoil"] {
    return replacing(path, line, "");
}

/** Replaces in the file whose path ends so. Fails where there is nothing to replace. */
export function replacing(path: string, pattern: RegExp, by: string): NginxOptions["spoil"] {
    return file => {
        if (!file.path.endsWith(path)) {
            return file;
        }
        if (!pattern.test(file.content)) {
            throw new Error(`${path} has no ${pattern}`);
        }
        return { ...file, content: file.content.replace(pattern, by) };
    };
}
