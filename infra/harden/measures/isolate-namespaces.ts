import { perService, serviceProblem } from "../draft";
import type { ServiceSpec } from "../draft";

const WORDS = { network: "network_mode", pid: "pid", ipc: "ipc", uts: "uts", user: "userns_mode", cgroupParent: "cgroup_parent" } as const;

/**
 * A namespace shared with the host undoes the isolation that it stands for. One shared with another service of the
 * application (a sidecar) stays; with a container from outside the application it is refused.
 */
export const isolateNamespaces = perService("isolate-namespaces", ({ spec, source }, draft) => {
    const kept = Object.entries(spec.namespaces).filter(([, mode]) => mode?.startsWith("service:"));
    const foreign = Object.entries(spec.namespaces).filter(([, mode]) => mode?.startsWith("container:"));
    const closed = Object.entries(spec.namespaces).filter(([, mode]) => !mode?.startsWith("service:") && !isOwn(mode));
    return {
        spec: { namespaces: Object.fromEntries(kept) as ServiceSpec["namespaces"] },
        closed: closed.map(([kind, mode]) => `${WORDS[kind as keyof typeof WORDS]}: ${mode}`),
        problems: foreign.map(([kind, mode]) => serviceProblem(draft, source.name, [WORDS[kind as keyof typeof WORDS]], {
            fault: "shares a namespace with a container outside the application", got: mode ?? "", remedy: "name a service of the application (service:NAME)",
        })),
    };
});

/** Words that ask for the container's own namespace. */
function isOwn(mode: string | undefined): boolean {
    return mode === "private" || mode === "bridge" || mode === "default";
}
