import type { Declaration } from "../hardening/definition";
import type { Application } from "../model/application";
import type { HardenedApplication, HardenedService } from "../model/hardened";
import type { Locate, Problem } from "../model/problem";
import { hasSecret } from "../model/text";
import type { Draft, HardenOptions, Measure, ServiceSpec } from "./draft";
import type { Knowledge } from "./knowledge";
import { boundLogs } from "./measures/bound-logs";
import { checkHealth } from "./measures/check-health";
import { closePorts } from "./measures/close-ports";
import { confineSystemCalls } from "./measures/confine-system-calls";
import { dropCapabilities } from "./measures/drop-capabilities";
import { dropPrivileged } from "./measures/drop-privileged";
import { forbidNewPrivileges } from "./measures/forbid-new-privileges";
import { isolateNamespaces } from "./measures/isolate-namespaces";
import { labelServices } from "./measures/label-services";
import { limitResources } from "./measures/limit-resources";
import { moveSecrets } from "./measures/move-secrets";
import { ownVolumes } from "./measures/own-volumes";
import { pinImages } from "./measures/pin-images";
import { placeEdge } from "./measures/place-edge";
import { protectRootFilesystem } from "./measures/protect-root-filesystem";
import { refuseUnsupported } from "./measures/refuse-unsupported";
import { restartAfterFailure } from "./measures/restart-after-failure";
import { restrictMounts } from "./measures/restrict-mounts";
import { runWithoutRoot } from "./measures/run-without-root";
import { setDeclared } from "./measures/set-declared";
import { splitNetworks } from "./measures/split-networks";
import { fillMarks } from "./secrets/mark";
import { startingNetworks, startingSpec, startingVolumes } from "./start";

/** Every measure, in the order in which they work: what a later one decides may rest on what an earlier one did. */
export const MEASURES: readonly Measure[] = [
    refuseUnsupported, setDeclared, placeEdge, closePorts, isolateNamespaces, splitNetworks, dropPrivileged, dropCapabilities,
    forbidNewPrivileges, confineSystemCalls, runWithoutRoot, restrictMounts, protectRootFilesystem, ownVolumes, limitResources,
    boundLogs, restartAfterFailure, checkHealth, moveSecrets, pinImages, labelServices,
];

/** What `harden` works on. */
export interface HardenInput {
    readonly application: Application;
    readonly declaration: Declaration;
    readonly locateDeclared: Locate;
    /** By service. */
    readonly knowledge: ReadonlyMap<string, Knowledge>;
    readonly options: HardenOptions;
}

/** The hardened application, or why there is none. */
export interface HardenResult {
    readonly application?: HardenedApplication;
    readonly problems: readonly Problem[];
}

/**
 * Hardens an application: every measure in turn, nothing read or written. With any problem there is no result, for a
 * deployment that is hardened in part is not hardened.
 */
export function harden(input: HardenInput): HardenResult {
    const { application, declaration, options } = input;
    const services = application.services.filter(({ name }) => declaration.services?.[name]?.enabled !== false).map(source => {
        const known = input.knowledge.get(source.name);
        if (known === undefined) {
            throw new Error(`nothing was inferred for the service ${source.name}`);
        }
        return { source, declared: declaration.services?.[source.name] ?? {}, known, spec: startingSpec(source, known) };
    });
    const start: Draft = {
        application, declaration, options, locateDeclared: input.locateDeclared, services,
        networks: startingNetworks(application), volumes: startingVolumes(application),
        secrets: [], changes: [], problems: [...unknownServices(input), ...notYet(input)], beforeProduction: [],
    };
    const draft = MEASURES.filter(({ name }) => options.without?.includes(name) !== true).reduce((done, measure) => measure.apply(done), start);
    return draft.problems.length > 0 ? { problems: draft.problems } : { application: seal(draft), problems: [] };
}

/** Nobody else makes a `HardenedService`. */
function seal(draft: Draft): HardenedApplication {
    const { application, declaration, options } = draft;
    const present = new Set(draft.services.map(({ spec }) => spec.name));
    const mounted = new Set(draft.services.flatMap(({ spec }) => spec.mounts.map(({ source }) => source)));
    return {
        name: declaration.system ?? application.name,
        directory: application.directory,
        environment: options.environment,
        exposure: declaration.exposure ?? "edge",
        services: draft.services.map(({ spec }) => ({
            ...withoutMarks(spec, draft),
            dependsOn: spec.dependsOn.filter(({ service }) => present.has(service)),
        }) as ServiceSpec as HardenedService),
        networks: draft.networks,
        volumes: draft.volumes.filter(({ key }) => mounted.has(key)),
        secrets: draft.secrets,
        changes: draft.changes,
        exemptions: declaration.exemptions ?? [],
        beforeProduction: options.environment === "development" ? [] : draft.beforeProduction,
    };
}

/** Only where the measure that moves secrets was left out are there marks: then the authors' values stand again. */
function withoutMarks(spec: ServiceSpec, draft: Draft): ServiceSpec {
    const fill = <Value>(value: Value): Value => {
        if (typeof value === "string") {
            return (hasSecret(value) ? fillMarks(value, draft) : value) as Value;
        }
        if (Array.isArray(value)) {
            return value.map(fill) as Value;
        }
        return typeof value === "object" && value !== null
            ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item)])) as Value
            : value;
    };
    return fill(spec);
}

/** What the schema lays out for later: to take it in silence would leave undone what its author relies on. */
function notYet({ declaration, locateDeclared }: HardenInput): Problem[] {
    const place = locateDeclared(["secrets", "store"]);
    return declaration.secrets?.store === "vault"
        ? [{ ...(place && { place }), subject: "secrets.store", fault: "is not yet supported by this version", got: "vault", remedy: "write stack, or leave it out" }]
        : [];
}

function unknownServices({ application, declaration, locateDeclared }: HardenInput): Problem[] {
    const names = application.services.map(({ name }) => name);
    const wrong = (name: string, path: readonly (string | number)[]): Problem[] => {
        const place = locateDeclared(path);
        const known = names.length === 0 ? "" : ` (${names.slice(0, 12).join(", ")})`;
        return names.includes(name) ? [] : [{
            ...(place && { place }), subject: path.join("."), fault: "names a service that the application does not have", got: name,
            remedy: `write one of its services${known}, or enable its profile`,
        }];
    };
    return [
        ...Object.keys(declaration.services ?? {}).flatMap(name => wrong(name, ["services", name])),
        ...(declaration.egress ?? []).flatMap(({ service }, at) => wrong(service, ["egress", at, "service"])),
        ...(declaration.exemptions ?? []).flatMap(({ service }, at) => service === undefined || service === "edge" ? [] : wrong(service, ["exemptions", at, "service"])),
    ];
}
