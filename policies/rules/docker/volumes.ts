import { each, objectRule, stackRule } from "../../rule";
import { Unfinished, withFaults } from "../../view/unfinished";
import type { Rule, StackFault } from "../../rule";
import type { Stack } from "../../view/stack";
import type { HostMount, WorkloadView } from "../../view/types";
import type { Value } from "../../view/value";

/** The folder that a volume without a name is mounted at; undefined for every other mount. */
function anonymousTarget(mount: Value): string | undefined {
    if (!mount.isMapping) {
        const text = mount.text ?? "";
        return /^\/[^:]*$/.test(text) ? text : undefined;
    }
    if ((mount.get("type").text ?? "volume") !== "volume" || ["source", "volumeName", "hostPath", "fromContainer"].some(name => (mount.get(name).text ?? "") !== "")) {
        return undefined;
    }
    return mount.get("target").text ?? mount.get("containerPath").text;
}

/** A folder of the host in a workload. */
interface Use {
    readonly workload: WorkloadView;
    readonly mount: HostMount;
    readonly source: string;
}

/** Every folder of the host that workloads of Docker mount, and the last reading that came to no end. */
function usesIn(stack: Stack): { readonly uses: readonly Use[]; readonly unfinished: Unfinished | undefined } {
    const uses: Use[] = [];
    let unfinished: Unfinished | undefined;
    const attempt = (run: () => void) => {
        try {
            run();
        } catch (error) {
            if (!(error instanceof Unfinished)) {
                throw error;
            }
            unfinished = error;
        }
    };
    for (const workload of stack.workloads.filter(({ platform }) => platform !== "kubernetes")) {
        attempt(() => {
            workload.hostMounts.forEach(mount => { attempt(() => { uses.push({ workload, mount, source: mount.source.replace(/(?!^)\/+$/, "") }); }); });
        });
    }
    return { uses, unfinished };
}

export const VOLUME_RULES: readonly Rule[] = [
    /** Nobody can say which of them belongs to whom, and a new container gets an empty one. */
    objectRule({
        id: "anonymous-volume",
        severity: "low",
        title: "Every volume has a name",
        fix: "name it (`data:/var/lib/data`), and declare it with the others; for scratch take a tmpfs",
        benchmarks: ["Docker: Volumes"],
        controls: [],
        optional: true,
        types: ["compose:service", "docker:index/container:Container"],

        check: ({ value }) => each([...value.get("volumes").items, ...value.get("mounts").items].map(mount => ({ path: mount.path, mount })), ({ mount }) => {
            const target = anonymousTarget(mount);
            return target === undefined ? undefined : `keeps data in a volume without a name (${target})`;
        }),
    }),
    /** What one of them writes there, the other one reads and runs. */
    stackRule({
        id: "shared-host-folder",
        severity: "low",
        title: "A folder of the host belongs to one workload",
        fix: "give each a folder of its own, or mount it read-only in all but one and say so by an exemption",
        benchmarks: ["CIS Docker 5.5", "NIST SP 800-190 4.4.3"],
        controls: [],
        optional: true,

        check(stack) {
            const { uses, unfinished } = usesIn(stack);
            const bySource = new Map<string, Use[]>();
            for (const use of uses) {
                const same = bySource.get(use.source) ?? [];
                same.push(use);
                bySource.set(use.source, same);
            }
            bySource.delete("");
            const faults = [...bySource.values()].flat().flatMap(({ workload, mount, source }): StackFault[] => {
                const others = (bySource.get(source) ?? []).filter(other => other.workload !== workload).map(other => other.workload.label);
                return others.length === 0 ? [] : [{ about: workload, at: mount.path, message: `shares the host's ${source} with ${[...new Set(others)].sort().join(", ")}` }];
            });
            if (unfinished !== undefined) {
                throw withFaults(unfinished, faults);
            }
            return faults;
        },
    }),
];
