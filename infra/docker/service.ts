import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import type { Dependency } from "../model/service";
import type { HardenedService, HardenedVolume } from "../model/hardened";
import { ConfigMounts, configMounts, reloadCommand } from "./config-volume";
import { containerArgs, containerName } from "./container-args";
import { engineAddress, Files, ProcessLimit, Ready, Start, VolumeOwner } from "./engine/resources";
import { EngineImage, engineImage } from "./image";
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
    /** Volumes that it mounts and that must get an owner. */
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

/** One container of a service, from its making to the moment that others wait for. */
interface Instance {
    readonly container: docker.Container;
    readonly start: Start;
    /** The start itself where there is nothing to wait for. */
    readonly ready: pulumi.Resource;
}

/** One service of the application as one container, or as many as it has replicas. */
export class DockerService extends pulumi.ComponentResource {
    /** The names under which the engine knows the containers. */
    readonly containerNames: pulumi.Output<string[]>;
    /** When a deployment last started each of them. */
    readonly startedAt: pulumi.Output<string[]>;
    /** What to wait for where another service needs this one started. */
    readonly started: readonly pulumi.Resource[];
    /** What to wait for where another needs it healthy, or done. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: DockerServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("portcullis:docker:Service", name, {}, opts);
        const { application, service } = args;
        const image = engineImage(`${name}-image`, service.image, service.platform, { parent: this });
        const config = service.configFiles.length === 0 ? undefined
            : configMounts(application, service, image, { subpaths: args.subpaths, parent: this });
        const instances: Instance[] = [];
        for (let replica = 1; replica <= service.replicas; replica++) {
            instances.push(instance(instanceName(name, replica), { args, image, config, replica, parent: this }));
        }
        this.containerNames = pulumi.all(instances.map(({ container }) => container.name));
        this.startedAt = pulumi.all(instances.map(({ start }) => start.startedAt));
        this.started = instances.map(({ start }) => start);
        this.ready = instances.map(({ ready }) => ready);
        this.registerOutputs({ containerNames: this.containerNames, startedAt: this.startedAt });
    }
}

interface InstanceParts {
    readonly args: DockerServiceArgs;
    readonly image: EngineImage;
    readonly config: ConfigMounts | undefined;
    readonly replica: number;
    readonly parent: pulumi.Resource;
}

function instance(name: string, { args, image, config, replica, parent }: InstanceParts): Instance {
    const { application, service, job, secrets } = args;
    const files = [...secrets.files, ...config === undefined ? [] : [config.files]];
    const plain = containerArgs(service, application);
    const container = new docker.Container(name, {
        ...plain,
        name: instanceName(containerName(application, service.name), replica),
        image: image.reference,
        mounts: [...plain.mounts.map(mount => named(mount, args)), ...secrets.mounts, ...config?.mounts ?? []],
        ...plain.networksAdvanced === undefined ? {} : {
            networksAdvanced: plain.networksAdvanced.map(each => ({ ...each, name: networkName(each.name as string, args) })),
        },
    }, {
        parent, deleteBeforeReplace: true, replaceOnChanges: REPLACE_ON,
        dependsOn: [image.resource, ...config === undefined ? [] : [config.files]],
    });
    const inputs = { ...engineAddress(), container: container.name, containerId: container.id };
    const limits = service.limits.pids === undefined ? [] : [new ProcessLimit(name, { ...inputs, pids: service.limits.pids }, { parent })];
    const owners = args.owns.map(volume => ownerOf(`${name}-${volume.key}`, volume, { args, image: image.id, container, parent }));
    const reload = reloadCommand(service);
    const start = new Start(name, { ...inputs, job, files: versions(files), ...reload === undefined ? {} : { reload } }, {
        parent, dependsOn: [...limits, ...owners, ...files, ...dependencies(service.dependsOn, args.before)],
    });
    const until = job ? "completed" : hasHealthCheck(service) ? "healthy" : undefined;
    const timeoutSeconds = readyTimeoutSeconds(service, job);
    const ready = until === undefined ? start : new Ready(name, { ...inputs, startedAt: start.startedAt, until, timeoutSeconds }, { parent });
    return { container, start, ready };
}

/** The first replica has the plain name, so that a service of one is called as it always was. */
function instanceName(name: string, replica: number): string {
    return replica === 1 ? name : `${name}-${replica}`;
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

interface Owning {
    readonly args: DockerServiceArgs;
    readonly image: pulumi.Output<string>;
    readonly container: docker.Container;
    readonly parent: pulumi.Resource;
}

function ownerOf(name: string, { key, owner }: HardenedVolume, { args, image, container, parent }: Owning): VolumeOwner {
    const volume = args.volumes.get(key) as docker.Volume;
    const { uid, gid } = owner ?? { uid: 0, gid: 0 };
    return new VolumeOwner(name, { ...engineAddress(), volume: volume.name, containerId: container.id, image, uid, gid }, { parent });
}

function dependencies(dependsOn: readonly Dependency[], before: ReadonlyMap<string, DockerService>): pulumi.Resource[] {
    return dependsOn.flatMap(({ service, condition }) => {
        const made = before.get(service);
        return made === undefined ? [] : condition === "service_started" ? made.started : made.ready;
    });
}
