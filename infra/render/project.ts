import type { Change, HardenedApplication, HardenedNetwork, HardenedService, HardenedVolume } from "../model/hardened";
import { composeService, sparse } from "./compose-service";
import { FILES_LABEL } from "./fingerprint";
import { configKey, configPath, secretKey, secretPath } from "./keys";
import type { PlainMap } from "./rendered";
import { volumeOwnerStep } from "./volume-owner";

/** The sections of a Compose project, canonical and with absolute paths. */
export interface ComposeProject {
    readonly name: string;
    readonly services: Readonly<Record<string, PlainMap>>;
    readonly networks: PlainMap;
    readonly volumes: PlainMap;
    readonly secrets: PlainMap;
    readonly configs: PlainMap;
}

/** The project, and what making it opened besides. */
export interface Rendition {
    readonly project: ComposeProject;
    readonly changes: readonly Change[];
}

/**
 * The hardened application as one Compose project.
 * @param out absolute path of the output directory, where the files of secrets and configuration will be
 * @param fingerprints what stands for the content of these files, by service
 */
export function composeProject(application: HardenedApplication, out: string, fingerprints: ReadonlyMap<string, string>): Rendition {
    const step = volumeOwnerStep(application);
    const services = application.services.map((service): [string, PlainMap] => {
        const rendered = labelled(composeService(service, application.name), fingerprints.get(service.name));
        const waits = step?.awaitedBy.includes(service.name) === true;
        return [service.name, waits ? waitFor(rendered, step.name) : rendered];
    });
    return {
        project: {
            name: application.name,
            services: Object.fromEntries(step === undefined ? services : [...services, [step.name, step.service]]),
            networks: byKey(application.networks, network),
            volumes: byKey(application.volumes, volume),
            secrets: files(application, service => service.secretFiles.map(({ secret }) =>
                [secretKey(service.name, secret), `${out}/${secretPath(service.name, secret)}`])),
            configs: files(application, service => service.configFiles.map(({ file, target }, at) =>
                [configKey(service.name, at), file ?? `${out}/${configPath(service.name, at, target)}`])),
        },
        changes: step?.changes ?? [],
    };
}

function labelled(service: PlainMap, fingerprint: string | undefined): PlainMap {
    return fingerprint === undefined ? service : { ...service, labels: { ...service["labels"] as PlainMap, [FILES_LABEL]: fingerprint } };
}

function waitFor(service: PlainMap, other: string): PlainMap {
    const before = service["depends_on"] as PlainMap | undefined;
    return { ...service, depends_on: { ...before, [other]: { condition: "service_completed_successfully", required: true } } };
}

function byKey<Item extends { readonly key: string }>(items: readonly Item[], render: (item: Item) => PlainMap): PlainMap {
    return Object.fromEntries(items.map(item => [item.key, render(item)]));
}

function network({ name, external, internal, subnets, driverOpts }: HardenedNetwork): PlainMap {
    return external ? { name, external } : sparse({
        name,
        internal: internal || undefined,
        driver_opts: driverOpts === undefined || Object.keys(driverOpts).length === 0 ? undefined : driverOpts,
        ipam: subnets.length === 0 ? undefined : { config: subnets.map(subnet => ({ subnet })) },
    });
}

function volume({ name, external, driver, driverOpts }: HardenedVolume): PlainMap {
    return external ? { name, external } : sparse({ name, driver, driver_opts: Object.keys(driverOpts).length === 0 ? undefined : driverOpts });
}

function files({ name, services }: HardenedApplication, list: (service: HardenedService) => readonly (readonly [key: string, file: string])[]): PlainMap {
    return Object.fromEntries(services.flatMap(list).map(([key, file]) => [key, { name: `${name}_${key}`, file }]));
}
