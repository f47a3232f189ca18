import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import type { HardenedApplication, HardenedNetwork, HardenedService, HardenedVolume } from "../model/hardened";
import { refuseProblems } from "../model/problem";
import { secretValues } from "../secrets/values";
import { labelArgs } from "./container-args";
import { DockerOptions, dockerOptions } from "./options";
import { dockerProblems } from "./problems";
import { jobs, startOrder } from "./readiness";
import { SecretStore } from "./secret-store";
import { DockerService, DockerServiceArgs } from "./service";

export interface DockerApplicationArgs extends DockerOptions {
    readonly application: HardenedApplication;
}

/** A hardened application on a Docker engine: networks, volumes, secrets, and a container for every service. */
export class DockerApplication extends pulumi.ComponentResource {
    /** Names of the containers on the engine, by service. */
    readonly containers: pulumi.Output<Record<string, string[]>>;

    constructor(name: string, args: DockerApplicationArgs, opts?: pulumi.ComponentResourceOptions) {
        super("portcullis:docker:Application", name, {}, opts);
        const { application } = args;
        const parent = { parent: this };
        const networks = new Map(application.networks.filter(each => !each.external)
            .map(each => [each.key, new docker.Network(each.key, networkArgs(each, application.name), { ...parent, deleteBeforeReplace: true })]));
        const volumes = new Map(application.volumes.filter(each => !each.external)
            .map(each => [each.key, new docker.Volume(each.key, volumeArgs(each, application.name), { ...parent, deleteBeforeReplace: true })]));
        const store = hasSecretFiles(application)
            ? new SecretStore(`${name}-secrets`, { application, values: secretValues(application, parent, args.examples), holder: args.holder }, parent)
            : undefined;
        const services = new Map<string, DockerService>();
        const shared = {
            application: application.name,
            networks,
            volumes,
            names: { networks: namesOf(application.networks), volumes: namesOf(application.volumes) },
            subpaths: args.subpaths,
            before: services,
        };
        const completing = jobs(application);
        for (const service of startOrder(application.services)) {
            services.set(service.name, new DockerService(service.name, {
                ...shared,
                service,
                secrets: store?.delivered.get(service.name) ?? { mounts: [], files: [] },
                owns: ownedVolumes(service, application.volumes),
                job: completing.has(service.name),
            } satisfies DockerServiceArgs, parent));
        }
        this.containers = pulumi.all(Object.fromEntries([...services].map(([key, service]) => [key, service.containerNames])));
        this.registerOutputs({ containers: this.containers });
    }
}

/**
 * Registers all resources of an application with Pulumi. Throws `ProblemsError` where the Docker provider cannot say
 * what the application asks for.
 */
export function deployDocker(application: HardenedApplication, options: DockerOptions = dockerOptions()): DockerApplication {
    refuseProblems(dockerProblems(application));
    return new DockerApplication(application.name, { application, ...options });
}

function hasSecretFiles(application: HardenedApplication): boolean {
    return application.services.some(service => service.secretFiles.length > 0);
}

function namesOf(things: readonly { readonly key: string; readonly name: string }[]): ReadonlyMap<string, string> {
    return new Map(things.map(({ key, name }) => [key, name]));
}

/** A network of the application as the provider takes it. */
export function networkArgs({ name, internal, subnets, driverOpts = {} }: HardenedNetwork, system: string): docker.NetworkArgs {
    return {
        name,
        driver: "bridge",
        internal,
        ...Object.keys(driverOpts).length === 0 ? {} : { options: { ...driverOpts } },
        ...subnets.length === 0 ? {} : { ipamConfigs: subnets.map(subnet => ({ subnet })) },
        labels: labelArgs({ "portcullis.system": system }),
    };
}

/** A volume of the application as the provider takes it. */
export function volumeArgs({ name, driver, driverOpts }: HardenedVolume, system: string): docker.VolumeArgs {
    return {
        name,
        ...driver === undefined ? {} : { driver },
        ...Object.keys(driverOpts).length === 0 ? {} : { driverOpts: { ...driverOpts } },
        labels: labelArgs({ "portcullis.system": system }),
    };
}

/** The volumes with an owner that a service mounts; an external one belongs to whoever made it. */
function ownedVolumes(service: HardenedService, volumes: readonly HardenedVolume[]): HardenedVolume[] {
    const mounted = new Set(service.mounts.filter(mount => mount.type === "volume").map(mount => mount.source));
    return volumes.filter(({ key, owner, external }) => owner !== undefined && !external && mounted.has(key));
}
