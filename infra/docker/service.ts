import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import type { Dependency } from "../model/service";
import type { HardenedService, HardenedVolume } from "../model/hardened";
import { configMounts, reloadCommand } from "./config-volume";
import { containerArgs } from "./container-args";
import { engineAddress, Files, ProcessLimit, Ready, Start, VolumeOwner } from "./engine/resources";
import { engineImage } from "./image";
import { readyTimeoutSeconds } from "./readiness";
import type { DeliveredSecrets } from "./secret-store";

export interface DockerServiceArgs {
    readonly application: string;
    /** What to run. Only `harden` makes this type, so nothing unhardened gets here. */
    readonly service: HardenedService;
    /** Networks and volumes of the stack by the application's name; those that are not here are on the engine already. */
    readonly networks: ReadonlyMap<string, docker.Network>;
    readonly volumes: ReadonlyMap<string, docker.Volume>;
    /** Names on the engine by the application's names, of networks and of volumes. */
    readonly names: { readonly networks: ReadonlyMap<string, string>; readonly volumes: ReadonlyMap<string, string> };
    readonly secrets: DeliveredSecrets;
    /** Volumes that this service is the first to mount and whose root must get an owner. */
    readonly owns: readonly HardenedVolume[];
    /** Somebody waits for it to end, so it is a job. */
    readonly job: boolean;
    /** Whether the engine mounts single files of a volume (26 and later). */
    readonly subpaths: pulumi.Input<boolean>;
    /** Services made before, by name. */
    readonly before: ReadonlyMap<string, DockerService>;
}

// Changes that the provider would take for an update of the container and then not make.
const REPLACE_ON = ["cpus", "tmpfs", "healthcheck", "cpuSet", "groupAdds", "stopTimeout", "stopSignal", "storageOpts"];

/** One service of the application as one container. */
export class DockerService extends pulumi.ComponentResource {
    /** The name under which the engine knows the container. */
    readonly containerName: pulumi.Output<string>;
    readonly containerId: pulumi.Output<string>;
    /** When a deployment last started it. */
    readonly startedAt: pulumi.Output<string>;
    /** What to wait for where another service needs this one started. */
    readonly started: pulumi.Resource;
    /** What to wait for where another needs it healthy, or done. */
    readonly ready: pulumi.Resource;

    constructor(name: string, args: DockerServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("portcullis:docker:Service", name, {}, opts);
        const { application, service, job } = args;
        const parent = { parent: this };
        const image = engineImage(`${name}-image`, service.image, service.platform, parent);
        const config = service.configFiles.length === 0 ? undefined
            : configMounts(application, service, image, { subpaths: args.subpaths, parent: this });
        const files = [...args.secrets.files, ...config === undefined ? [] : [config.files]];
        const plain = containerArgs(service, application);
        const container = new docker.Container(name, {
            ...plain,
            image: image.reference,
            mounts: [...plain.mounts.map(mount => named(mount, args)), ...args.secrets.mounts, ...config?.mounts ?? []],
            ...plain.networksAdvanced === undefined ? {} : {
                networksAdvanced: plain.networksAdvanced.map(each => ({ ...each, name: networkName(each.name as string, args) })),
            },
        }, { ...parent, deleteBeforeReplace: true, replaceOnChanges: REPLACE_ON, dependsOn: [image.resource, ...config === undefined ? [] : [config.files]] });
        const inputs = { ...engineAddress(), container: container.name, containerId: container.id };
        const limits = service.limits.pids === undefined ? []
            : [new ProcessLimit(name, { ...inputs, pids: service.limits.pids }, parent)];
        const reload = reloadCommand(service);
        const owners = args.owns.map(volume => ownerOf(volume, args, image.id, container, this));
        const start = new Start(name, { ...inputs, job, files: versions(files), ...reload === undefined ? {} : { reload } }, {
            ...parent, dependsOn: [...limits, ...owners, ...files, ...dependencies(service.dependsOn, args.before)],
        });
        this.containerName = container.name;
        this.containerId = container.id;
        this.startedAt = start.startedAt;
        this.started = start;
        const until = job ? "completed" : hasHealthCheck(service) ? "healthy" : undefined;
        this.ready = until === undefined ? start
            : new Ready(name, { ...inputs, startedAt: start.startedAt, until, timeoutSeconds: readyTimeoutSeconds(service, job) }, parent);
        this.registerOutputs({ containerName: this.containerName, containerId: this.containerId, startedAt: this.startedAt });
    }
}

function hasHealthCheck({ health }: HardenedService): boolean {
    return health?.test !== undefined && health.test[0] !== "NONE";
}

/** Together so that one secret version makes no secret of the others: versions are plain numbers. */
function versions(files: readonly Files[]): pulumi.Output<number[]> {
    return pulumi.all(files.map(each => pulumi.unsecret(each.version)));
}

function named(mount: docker.types.input.ContainerMount, { volumes, names }: DockerServiceArgs): docker.types.input.ContainerMount {
    if (mount.type !== "volume" || typeof mount.source !== "string") {
        return mount;
    }
    return { ...mount, source: volumes.get(mount.source)?.name ?? names.volumes.get(mount.source) ?? mount.source };
}

function networkName(network: string, { networks, names }: DockerServiceArgs): pulumi.Input<string> {
    return networks.get(network)?.name ?? names.networks.get(network) ?? network;
}

/** After the container is made: the engine fills an empty volume, owner included, from the image at that moment. */
function ownerOf(
    { key, owner }: HardenedVolume, { volumes }: DockerServiceArgs, image: pulumi.Output<string>, container: docker.Container, parent: pulumi.Resource,
): VolumeOwner {
    const volume = volumes.get(key) as docker.Volume;
    const { uid, gid } = owner ?? { uid: 0, gid: 0 };
    return new VolumeOwner(key, { ...engineAddress(), volume: volume.name, image, uid, gid }, { parent, dependsOn: container });
}

function dependencies(dependsOn: readonly Dependency[], before: ReadonlyMap<string, DockerService>): pulumi.Resource[] {
    return dependsOn.flatMap(({ service, condition }) => {
        const made = before.get(service);
        return made === undefined ? [] : [condition === "service_started" ? made.started : made.ready];
    });
}
