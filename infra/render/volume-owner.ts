import type { Change, HardenedApplication, HardenedService, HardenedVolume } from "../model/hardened";
import type { PlainMap } from "./rendered";

/** The step that gives volumes their owners, and who waits for it. */
export interface VolumeOwnerStep {
    /** Name of the service; no service of the application has it. */
    readonly name: string;
    readonly service: PlainMap;
    /** Services that mount one of the volumes. */
    readonly awaitedBy: readonly string[];
    /** What it opens, with its reason, for the report. */
    readonly changes: readonly Change[];
}

type OwnedVolume = HardenedVolume & Required<Pick<HardenedVolume, "owner">>;

/**
 * A service that runs once before the others and gives the volumes that declare an owner to it: the engine makes a volume
 * root's, and no service runs as root. Undefined where no volume needs it.
 */
export function volumeOwnerStep(application: HardenedApplication): VolumeOwnerStep | undefined {
    const owned = application.volumes.filter((volume): volume is OwnedVolume => volume.owner !== undefined);
    const users = application.services.filter(service => mountsAny(service, owned));
    // The edge's image is known to have a shell; without an edge the first service's own has to do.
    const image = (application.services.find(service => service.role === "edge") ?? users[0])?.image.reference;
    if (owned.length === 0 || image === undefined) {
        return undefined;
    }
    const name = freeName("volume-owner", application.services);
    return {
        name,
        service: ownerService(image, owned, application.name),
        awaitedBy: users.map(service => service.name),
        changes: [{
            service: name,
            measure: "own-volumes",
            kind: "opened",
            what: "root with the capability CHOWN, without network, until it ends",
            reason: `the engine makes the root of a volume root's: ${owned.map(volume => volume.key).join(", ")}`,
        }],
    };
}

function mountsAny(service: HardenedService, volumes: readonly HardenedVolume[]): boolean {
    return service.mounts.some(mount => mount.type === "volume" && volumes.some(volume => volume.key === mount.source));
}

function freeName(wanted: string, services: readonly HardenedService[]): string {
    return services.some(service => service.name === wanted) ? freeName(`portcullis-${wanted}`, services) : wanted;
}

function ownerService(image: string, volumes: readonly OwnedVolume[], system: string): PlainMap {
    const commands = volumes.map(({ key, owner }) => `chown ${owner.uid}:${owner.gid} /volumes/${key}`);
    return {
        image,
        entrypoint: ["/bin/sh", "-ec", commands.join("\n")],
        command: [],
        user: "0:0",
        read_only: true,
        cap_drop: ["ALL"],
        cap_add: ["CHOWN"],
        security_opt: ["no-new-privileges:true"],
        network_mode: "none",
        mem_limit: "67108864",
        memswap_limit: "67108864",
        cpus: 0.5,
        pids_limit: 16,
        // Empty volumes stay empty, so that the first service to mount one still finds what its image has there.
        volumes: volumes.map(({ key }) => ({ type: "volume", source: key, target: `/volumes/${key}`, volume: { nocopy: true } })),
        healthcheck: { test: ["NONE"] },
        restart: "no",
        labels: { "portcullis.role": "job", "portcullis.system": system },
        logging: { driver: "json-file", options: { "max-file": "1", "max-size": "1m" } },
    };
}
