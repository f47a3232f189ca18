import type { ServiceDeclaration } from "../hardening/definition";
import { type DockerfileImage, readDockerfile } from "../images/dockerfile";
import type { ImageFact } from "../images/fact";
import { factOf } from "../images/lookup";
import { inferRole } from "../images/roles";
import type { Identity, Role } from "../model/hardened";
import type { ContainerPort, Service } from "../model/service";
import type { Knowledge, WritableNeed } from "./knowledge";
import { bytes } from "./size";
import { numericIdentity } from "./start";

/** What the image itself says, as `portcullis pin` or the engine reads it. */
export interface ImageConfig {
    readonly user?: string;
    readonly entrypoint?: readonly string[];
    readonly command?: readonly string[];
    readonly ports?: readonly string[];
    readonly volumes?: readonly string[];
}

/** Everything there is to go by for one service, the surest first. */
export interface Evidence {
    readonly service: Service;
    readonly declared: ServiceDeclaration;
    readonly image?: ImageConfig;
    /** Text of the Dockerfile that the service is built from. */
    readonly dockerfile?: string;
    /** Whether another service waits for it to complete. */
    readonly isAwaited: boolean;
}

/** Puts together what is known of a service: the operator's word, then the authors', then the image's own, then facts. */
export function inferKnowledge(evidence: Evidence): Knowledge {
    const { service, declared, image } = evidence;
    const built = builtImage(evidence);
    const fact = factOf(declared.image ?? service.image ?? "") ?? (built === undefined ? undefined : factOf(built.base));
    const ownFact = built === undefined ? fact : undefined;
    const ports = portsOf(evidence, built, fact);
    const role = roleFor(evidence, ports, fact);
    const user = userOf(evidence, built, fact);
    return {
        role: role.role,
        roleReason: role.reason,
        user,
        ...startOf(declared, image, built, fact),
        writable: writableOf(evidence, built, fact),
        ports,
        ...needsOf(fact),
        ...(ownFact === undefined ? { capabilities: [] } : imageNeeds(ownFact)),
    };
}

/** What holds for whatever stands on the image. */
function needsOf(fact: ImageFact | undefined): Pick<Knowledge, "rootReason" | "memoryMiB" | "pids"> {
    return { rootReason: fact?.rootReason, memoryMiB: fact?.memoryMiB, pids: fact?.pids };
}

/** What holds only for the image's own program. */
function imageNeeds({ capabilities, secrets, health, note, environment }: ImageFact): Pick<Knowledge, "capabilities" | "secretVariables" | "health" | "environment"> {
    return {
        capabilities: capabilities.map(name => ({ name, reason: note ?? "the image needs it" })),
        secretVariables: new Map(secrets.map(({ variable, fileVariable }) => [variable, fileVariable])),
        health,
        environment,
    };
}

function builtImage({ service, dockerfile }: Evidence): DockerfileImage | undefined {
    if (dockerfile === undefined) {
        return undefined;
    }
    const target = service.build?.target;
    return readDockerfile(dockerfile, { ...(target !== undefined && { target }), args: service.build?.args ?? {} }).image;
}

function roleFor({ service, declared, isAwaited }: Evidence, ports: readonly ContainerPort[], fact: ImageFact | undefined): { role: Role; reason: string } {
    if (declared.role !== undefined) {
        return { role: declared.role, reason: "declared" };
    }
    const { role, reason } = inferRole({
        name: service.name, ports: ports.map(({ port }) => port), isAwaited, ...(service.image !== undefined && { image: service.image }), ...(fact && { fact }),
    });
    // The toolkit's own edge stands in front: a proxy that the authors ship is one more application behind it.
    return { role: role === "edge" ? "application" : role, reason };
}

/** For an image that holds nothing but a program: there is no user in it to prefer. 65532 is what distroless images call nonroot. */
const ANY_USER: Identity = { uid: 65532, gid: 65532 };

/** A user is only taken where it is sure; a Dockerfile's user by name is known if the same file made it with a number. */
function userOf({ service, declared, image }: Evidence, built: DockerfileImage | undefined, fact: ImageFact | undefined): Identity | undefined {
    const candidates = [
        numericIdentity(declared.user),
        numericIdentity(service.user),
        numericIdentity(image?.user),
        numericIdentity(built?.user),
        createdUser(built),
        factUser(built, fact),
        built?.base === "scratch" ? ANY_USER : undefined,
    ];
    return candidates.find(user => user !== undefined && user.uid !== 0);
}

/** The image's own user, unless a Dockerfile on top of it names another whose number nobody knows. */
function factUser(built: DockerfileImage | undefined, fact: ImageFact | undefined): Identity | undefined {
    const name = built?.user?.split(":")[0];
    const another = name !== undefined && name !== "root" && name !== "0" && name !== fact?.userName;
    return fact?.rootReason !== undefined || another ? undefined : fact?.user;
}

/** A user by name whose number the same Dockerfile gives (`useradd -u 1000 app`). */
function createdUser(built: DockerfileImage | undefined): Identity | undefined {
    const [name = "", group] = (built?.user ?? "").split(":");
    const created = built?.created.users[name];
    const gid = group === undefined ? created?.gid : /^\d+$/.test(group) ? Number(group) : built?.created.groups[group];
    return created === undefined ? undefined : { uid: created.uid, gid: gid ?? created.uid };
}

function startOf(
    declared: ServiceDeclaration, image: ImageConfig | undefined, built: DockerfileImage | undefined, fact: ImageFact | undefined,
): Pick<Knowledge, "entrypoint" | "command"> {
    const said = [{ entrypoint: declared.image_entrypoint, command: declared.image_command }, { entrypoint: image?.entrypoint, command: image?.command }]
        .find(({ entrypoint, command }) => entrypoint !== undefined || command !== undefined);
    if (said !== undefined) {
        return { entrypoint: said.entrypoint ?? [], command: said.command ?? [] };
    }
    const start = { entrypoint: built?.entrypoint ?? fact?.entrypoint, command: built?.command ?? fact?.command };
    return start.entrypoint === undefined || start.command === undefined ? {} : start;
}

function writableOf({ service, declared }: Evidence, built: DockerfileImage | undefined, fact: ImageFact | undefined): WritableNeed[] {
    const own = (declared.writable ?? []).map((entry): WritableNeed => {
        const need = typeof entry === "string" ? { path: entry } : entry;
        const sizeBytes = "size" in need ? bytes(need.size) : undefined;
        return {
            path: need.path, kind: "kind" in need ? need.kind ?? "tmpfs" : "tmpfs", owned: false,
            ...(sizeBytes !== undefined && { sizeBytes }), ...("executable" in need && need.executable !== undefined && { executable: need.executable }),
        };
    });
    const mounted = (path: string): boolean => service.mounts.some(({ target }) => target === path || target.startsWith(`${path}/`));
    const known = (fact?.writable ?? []).filter(({ whenMounted }) => whenMounted === undefined || mounted(whenMounted))
        .map(({ path, kind, owned, executable }): WritableNeed => ({ path, kind, owned, ...(executable === true && { executable: "the image maps code from there" }) }));
    const volumes = (built?.volumes ?? []).map((path): WritableNeed => ({ path, kind: "data", owned: false }));
    const all = [...own, ...known, ...volumes];
    return all.filter(({ path }, at) => all.findIndex(other => other.path === path) === at);
}

function portsOf({ service, declared, image }: Evidence, built: DockerfileImage | undefined, fact: ImageFact | undefined): ContainerPort[] {
    const said = [
        ...(declared.listens ?? []).map((port): ContainerPort => ({ port, protocol: "tcp" })),
        ...service.publishes.map(({ port, protocol }): ContainerPort => ({ port, protocol })),
        ...service.exposes,
    ];
    const ports = said.length > 0 ? said : [
        ...(image?.ports ?? []).flatMap(parsePort),
        ...(built?.exposes ?? []),
        ...(fact?.ports ?? []).map(({ port, protocol }): ContainerPort => ({ port, protocol })),
    ];
    return ports.filter((port, at) => ports.findIndex(other => other.port === port.port && other.protocol === port.protocol) === at);
}

function parsePort(text: string): ContainerPort[] {
    const match = /^(\d+)(?:\/(tcp|udp|sctp))?$/.exec(text);
    return match === null ? [] : [{ port: Number(match[1]), protocol: (match[2] ?? "tcp") as ContainerPort["protocol"] }];
}
