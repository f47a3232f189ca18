import type { HardenedVolume } from "../../model/hardened";
import type { Mount } from "../../model/service";
import { type Draft, type DraftService, type Measure, type Outcome, perService, serviceProblem } from "../draft";
import { slug } from "../size";

const SOCKETS = /\/(docker|containerd|podman|crio|buildkitd)\.sock$|^\/var\/run\/?$|^\/run\/?$/;
/** Clock settings of the host: a container has its own (TZ), so nothing is lost. */
const CLOCK = new Set(["/etc/localtime", "/etc/timezone"]);
/** A name that says a file, for one that the checkout lacks. */
const FILE_NAME = /\.[A-Za-z][A-Za-z0-9]{0,11}$/;

interface Verdict {
    readonly mount?: Mount;
    readonly outcome: Outcome;
}

/**
 * The engine's socket is root on the host; a host path is a way out of the container and ties it to one machine. Files
 * of the project itself stay, read-only; data written beside them goes to a volume.
 */
export const restrictMounts: Measure = perService("restrict-mounts", (service, draft) => {
    const verdicts = service.spec.mounts.map((mount, index) => judge(mount, index, service, draft));
    const outcomes = verdicts.map(({ outcome }) => outcome);
    return {
        spec: { mounts: verdicts.flatMap(({ mount }) => mount ?? []) },
        closed: outcomes.flatMap(outcome => outcome.closed ?? []),
        opened: outcomes.flatMap(outcome => outcome.opened ?? []),
        problems: outcomes.flatMap(outcome => outcome.problems ?? []),
        volumes: newVolumes(outcomes.flatMap(outcome => outcome.volumes ?? []), draft),
    };
});

function judge(mount: Mount, index: number, service: DraftService, draft: Draft): Verdict {
    switch (mount.type) {
        case "tmpfs": return { mount, outcome: {} };
        case "volume": return judgeVolume(mount, index, service, draft);
        case "bind": return judgeBind(mount, index, service, draft);
        default: return {
            outcome: {
                problems: [serviceProblem(draft, service.source.name, ["volumes", index], {
                    fault: "is a kind of mount that cannot be hardened", got: mount.type, remedy: "use a volume",
                })],
            },
        };
    }
}

function judgeVolume(mount: Mount, index: number, service: DraftService, draft: Draft): Verdict {
    if (mount.source === undefined) {
        const volume = ownVolume(draft, `${service.source.name}-${slug(mount.target)}`);
        return { mount: { ...mount, source: volume.key }, outcome: { volumes: [volume] } };
    }
    const device = draft.volumes.find(volume => volume.key === mount.source)?.driverOpts["device"];
    if (device?.startsWith("/") === true) {
        return judgeHostPath({ ...mount, source: device }, index, service, draft);
    }
    return { mount, outcome: {} };
}

function judgeBind(mount: Mount, index: number, service: DraftService, draft: Draft): Verdict {
    const source = mount.source ?? "";
    const declared = service.declared.host_paths?.find(({ path }) => path === source);
    if (declared !== undefined) {
        const readOnly = declared.read_only ?? true;
        return { mount: { ...mount, readOnly }, outcome: { opened: [{ what: `host path ${source}${readOnly ? ", read-only" : ""}`, reason: declared.reason }] } };
    }
    if (SOCKETS.test(source)) {
        return { outcome: { closed: [`the engine's socket ${source}`] } };
    }
    if (CLOCK.has(source)) {
        return { outcome: { closed: [`host path ${source}`] } };
    }
    return isInside(source, draft.options.checkout ?? draft.application.directory)
        ? judgeProjectPath(mount, source, service, draft)
        : judgeHostPath(mount, index, service, draft);
}

function judgeProjectPath(mount: Mount, source: string, service: DraftService, draft: Draft): Verdict {
    const kind = draft.options.pathKind(source) ?? (FILE_NAME.test(source) ? "file" : undefined);
    // A folder that an earlier run left there: read-only, the service could not go on with what it writes.
    const isData = kind === "directory" && !mount.readOnly && service.known.writable.some(({ path }) => path === mount.target);
    if ((kind === undefined || isData) && source !== draft.application.directory) {
        const volume = ownVolume(draft, slug(source.slice(draft.application.directory.length)));
        const closed = [`host path ${source}, now the volume ${volume.key}${isData ? "; what it holds stays there" : ""}`];
        return { mount: { ...mount, type: "volume", source: volume.key }, outcome: { closed, volumes: [volume] } };
    }
    const opened = [{ what: `${source}, read-only`, reason: "a file of the project itself" }];
    return { mount: { ...mount, readOnly: true }, outcome: { opened, closed: mount.readOnly ? [] : [`writing to ${source} on the host`] } };
}

function judgeHostPath(mount: Mount, index: number, service: DraftService, draft: Draft): Verdict {
    const name = service.source.name;
    return {
        outcome: {
            problems: [serviceProblem(draft, name, ["volumes", index], {
                fault: "mounts a path of the host outside the project", got: mount.source ?? "",
                remedy: `use a volume, or write services.${name}.host_paths: [{path: ${mount.source}, reason: …}] in hardening.yaml`,
            })],
        },
    };
}

function ownVolume(draft: Draft, key: string): HardenedVolume {
    return { key, name: `${draft.application.name}_${key}`, external: false, driverOpts: {} };
}

function newVolumes(volumes: readonly HardenedVolume[], draft: Draft): HardenedVolume[] {
    const seen = new Set(draft.volumes.map(({ key }) => key));
    return volumes.filter(({ key }) => !seen.has(key) && seen.add(key));
}

function isInside(path: string, directory: string): boolean {
    return path === directory || path.startsWith(`${directory.replace(/\/$/, "")}/`);
}
