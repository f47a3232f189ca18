import type { ImageFact } from "./fact";
import { FACTS } from "./facts/all";

/** An image reference taken apart and completed the way the engine does it. */
export interface ImageReference {
    /** `docker.io` where none is written. */
    readonly registry: string;
    /** Path in the registry; `library/mysql` for the official `mysql`. */
    readonly repository: string;
    readonly tag?: string;
    /** `sha256:…` */
    readonly digest?: string;
}

const HUB = "docker.io";
/** Names under which Docker Hub answers too. */
const HUB_ALIASES: readonly string[] = ["index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];

/** Prefixes under which other registries hold the same images, and what the facts call them. Longest first. */
const MIRRORS: readonly (readonly [prefix: string, name: string])[] = [
    ["public.ecr.aws/docker/library/", ""],
    ["public.ecr.aws/bitnami/", "bitnami/"],
    ["mirror.gcr.io/library/", ""],
    ["mirror.gcr.io/", ""],
    ["quay.io/bitnami/", "bitnami/"],
    ["lscr.io/linuxserver/", "linuxserver/"],
    ["ghcr.io/linuxserver/", "linuxserver/"],
    ["bitnamilegacy/", "bitnami/"],
    ["bitnamisecure/", "bitnami/"],
];

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const DOMAIN = /^(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:]+\])(?::\d+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z][a-z0-9]*(?:[-_+.][a-z][a-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const IMAGE_ID = /^[0-9a-f]{64}$/;
/** Of the name with its registry, without tag and digest. */
const NAME_LIMIT = 255;

/**
 * Takes a reference apart by the engine's grammar (`[registry[:port]/]path[:tag][@digest]`).
 * @returns undefined where the text is no reference (upper case in the path, an empty part, a bare image id, …).
 */
export function parseImage(reference: string): ImageReference | undefined {
    const [named = "", digest, ...more] = reference.split("@");
    const [name, tag] = splitTag(named);
    if (more.length > 0 || IMAGE_ID.test(reference) || name.length > NAME_LIMIT) {
        return undefined;
    }
    const [registry, repository] = splitRegistry(name);
    const wellFormed = DOMAIN.test(registry)
        && repository.split("/").every(component => COMPONENT.test(component))
        && (tag === undefined || TAG.test(tag))
        && (digest === undefined || DIGEST.test(digest));
    return wellFormed ? { registry, repository, ...tag !== undefined && { tag }, ...digest !== undefined && { digest } } : undefined;
}

/** The tag follows the last colon, unless that colon belongs to a registry's port. */
function splitTag(named: string): [name: string, tag: string | undefined] {
    const colon = named.lastIndexOf(":");
    return colon > named.lastIndexOf("/") && colon !== -1
        ? [named.slice(0, colon), named.slice(colon + 1)]
        : [named, undefined];
}

/** The first component is a registry if it could not be a path: a dot, a port, `localhost`, or upper case. */
function splitRegistry(name: string): [registry: string, repository: string] {
    const slash = name.indexOf("/");
    const first = name.slice(0, Math.max(slash, 0));
    const isRegistry = /[.:[]/.test(first) || first === "localhost" || first !== first.toLowerCase();
    const [registry, path] = isRegistry ? [first, name.slice(slash + 1)] : [HUB, name];
    const canonical = HUB_ALIASES.includes(registry) ? HUB : registry;
    return [canonical, canonical === HUB && !path.includes("/") ? `library/${path}` : path];
}

/**
 * The name that facts are filed under: no registry for Docker Hub, no `library/`, a mirror's name as the original's.
 * @returns undefined where the text is no reference.
 */
export function canonicalName(reference: string): string | undefined {
    const image = parseImage(reference);
    return image === undefined ? undefined : nameOf(image);
}

function nameOf({ registry, repository }: ImageReference): string {
    const name = registry === HUB ? repository.replace(/^library\//, "") : `${registry}/${repository}`;
    const mirror = MIRRORS.find(([prefix]) => name.startsWith(prefix));
    return mirror === undefined ? name : mirror[1] + name.slice(mirror[0].length);
}

const byRepository = new Map<string, ImageFact[]>();
for (const fact of FACTS) {
    for (const repository of fact.repositories) {
        const same = byRepository.get(repository) ?? [];
        byRepository.set(repository, [...same, fact]);
    }
}

/**
 * What is known of the image that a reference names. A fact for its tag goes before one for all tags; a reference with
 * a digest alone is taken for `latest`.
 * @returns undefined where nothing is known, or the text is no reference.
 */
export function factOf(reference: string): ImageFact | undefined {
    const image = parseImage(reference);
    if (image === undefined) {
        return undefined;
    }
    const candidates = byRepository.get(nameOf(image)) ?? [];
    const tag = image.tag ?? "latest";
    return candidates.find(fact => fact.tags?.test(tag) === true) ?? candidates.find(fact => fact.tags === undefined);
}
