/** An image reference as Docker takes it apart: `[registry[:port]/]path[:tag][@digest]`. */
export interface ImageReference {
    /** `docker.io` where the reference names none. */
    readonly registry: string;
    /** `library/nginx` for Docker's own `nginx`. */
    readonly path: string;
    readonly tag: string | undefined;
    /** `sha256:…`; undefined where there is none, or none that could be one. */
    readonly digest: string | undefined;
}

const DOCKER_HUB = "docker.io";
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/**
 * Takes a reference apart by the grammar of https://github.com/distribution/reference: what stands before the first slash is a
 * registry only where it has a dot, a colon or upper case, or is `localhost`. Text that is no reference is taken apart as far as it goes.
 * @returns undefined for the id of an image that an engine already has.
 */
export function imageReference(text: string): ImageReference | undefined {
    if (/^(?:sha256:)?[0-9a-f]{64}$/.test(text)) {
        return undefined;
    }
    const at = text.indexOf("@");
    const [named, digest] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
    const slash = named.indexOf("/");
    const first = named.slice(0, Math.max(slash, 0));
    const hosted = slash > 0 && (/[.:A-Z]/.test(first) || first === "localhost");
    const rest = hosted ? named.slice(slash + 1) : named;
    const colon = rest.indexOf(":", rest.lastIndexOf("/") + 1);
    const path = colon < 0 ? rest : rest.slice(0, colon);
    const registry = hosted ? first.toLowerCase().replace(/^index\.docker\.io$/, DOCKER_HUB) : DOCKER_HUB;
    return {
        registry,
        path: registry === DOCKER_HUB && !path.includes("/") ? `library/${path}` : path,
        tag: colon < 0 || colon === rest.length - 1 ? undefined : rest.slice(colon + 1),
        digest: digest !== undefined && DIGEST.test(digest) ? digest : undefined,
    };
}

/**
 * Whether an image is below a registry or repository, compared by whole parts: `registry.example/team` is not
 * `registry.example/teammates`. A part `*` stands for any one; `*.` before a host for any of its subdomains.
 */
export function isBelow(image: ImageReference, place: string): boolean {
    const [host = "", ...wanted] = placeParts(place);
    const parts = image.path.split("/");
    const sameHost = host.startsWith("*.") ? image.registry.endsWith(host.slice(1)) : host === image.registry;
    return sameHost && wanted.length <= parts.length && wanted.every((part, at) => part === "*" || part === parts[at]);
}

/** `nginx` is Docker's own, `team` with a slash behind it a namespace of Docker Hub. */
function placeParts(place: string): string[] {
    const [first = "", ...rest] = place.replace(/^https?:\/\//, "").split("/");
    const host = first.toLowerCase().replace(/^index\.docker\.io$/, DOCKER_HUB);
    const parts = rest.filter(part => part !== "");
    if (/[.:]/.test(first) || host === "localhost") {
        return [host, ...parts];
    }
    return [DOCKER_HUB, ...rest.length === 0 ? ["library"] : [], first, ...parts];
}

/** Whether the last parts of an image's path are these: `ingress-nginx/controller`, whoever mirrors it. */
export function endsWith(image: ImageReference, path: string): boolean {
    return `/${image.path}`.endsWith(`/${path}`);
}

/** A version of three numbers, as tags have it: `v1.11.5`, `9.2.0-ubuntu`; undefined where the tag says less. */
export function versionOf(tag: string | undefined): readonly number[] | undefined {
    const [, ...numbers] = /^v?(\d+)\.(\d+)\.(\d+)(?![\d])/.exec(tag ?? "") ?? [];
    return numbers.length === 3 ? numbers.map(Number) : undefined;
}

/** Below zero where the one is before the other. */
export function compareVersions(one: readonly number[], other: readonly number[]): number {
    const at = one.findIndex((number, index) => number !== other[index]);
    return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
