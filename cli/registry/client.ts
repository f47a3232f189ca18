import { createHash } from "node:crypto";

import { parseImage } from "../../infra/images/lookup";
import { credentialsFor } from "./credentials";

/** What a registry says of an image reference. */
export interface RemoteImage {
    /** Of the manifest, or of the index of all platforms: what a pull by this digest gets. */
    readonly digest: string;
    readonly user?: string;
    readonly entrypoint: readonly string[];
    readonly command: readonly string[];
    readonly ports: readonly string[];
    readonly volumes: readonly string[];
}

interface Manifest {
    readonly mediaType?: string;
    readonly manifests?: readonly { readonly digest: string; readonly platform?: { readonly os?: string; readonly architecture?: string } }[];
    readonly config?: { readonly digest: string };
}

interface ImageConfig {
    readonly config?: {
        readonly User?: string; readonly Entrypoint?: readonly string[] | null; readonly Cmd?: readonly string[] | null;
        readonly ExposedPorts?: Record<string, unknown> | null; readonly Volumes?: Record<string, unknown> | null;
    };
}

/** As the OCI distribution specification and Docker's image manifest schema 2 name them. */
const MANIFEST_TYPES = [
    "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");
const TIMEOUT_MS = 30_000;
/** Manifests and configurations are some kilobytes; more is not one. */
const MAX_BYTES = 4 * 1024 ** 2;

/**
 * Asks the image's registry, by the OCI distribution API, what a reference stands for now.
 * @throws Error with the registry's answer where it has none, refuses, or its content does not match its digest
 */
export async function resolveImage(reference: string): Promise<RemoteImage> {
    const image = parseImage(reference);
    if (image === undefined) {
        throw new Error("is not an image reference");
    }
    const session = new Session(image.registry, image.repository);
    const top = await session.get(`manifests/${image.digest ?? image.tag ?? "latest"}`, MANIFEST_TYPES);
    const digest = digestOf(top);
    if (image.digest !== undefined && image.digest !== digest) {
        throw new Error(`came as ${digest}`);
    }
    const manifest = JSON.parse(top.toString()) as Manifest;
    const child = manifest.manifests?.find(({ platform }) => platform?.os === "linux" && platform.architecture === "amd64") ?? manifest.manifests?.[0];
    const own = child === undefined ? manifest : JSON.parse((await session.getByDigest("manifests", child.digest, MANIFEST_TYPES)).toString()) as Manifest;
    if (own.config === undefined) {
        throw new Error("has a manifest without a configuration");
    }
    const { config = {} } = JSON.parse((await session.getByDigest("blobs", own.config.digest, "*/*")).toString()) as ImageConfig;
    return { digest, ...startOf(config) };
}

function startOf(config: NonNullable<ImageConfig["config"]>): Omit<RemoteImage, "digest"> {
    return {
        ...(config.User !== undefined && config.User !== "" && { user: config.User }),
        entrypoint: config.Entrypoint ?? [],
        command: config.Cmd ?? [],
        ports: Object.keys(config.ExposedPorts ?? {}),
        volumes: Object.keys(config.Volumes ?? {}),
    };
}

/** One repository of a registry, with the token that it gave. */
class Session {
    private authorization: string | undefined;
    private readonly base: string;

    constructor(private readonly registry: string, private readonly repository: string) {
        // Like the engine: a registry on this machine may speak plain HTTP, no other.
        const scheme = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry) ? "http" : "https";
        const host = registry === "docker.io" ? "registry-1.docker.io" : registry;
        this.base = `${scheme}://${host}/v2/${repository}`;
    }

    async getByDigest(kind: "manifests" | "blobs", digest: string, accept: string): Promise<Buffer> {
        const content = await this.get(`${kind}/${digest}`, accept);
        if (digestOf(content) !== digest) {
            throw new Error(`${kind.slice(0, -1)} ${digest} came with other content`);
        }
        return content;
    }

    async get(path: string, accept: string): Promise<Buffer> {
        const first = await this.request(path, accept);
        const answer = first.status === 401 && await this.authenticate(first.headers.get("www-authenticate")) ? await this.request(path, accept) : first;
        if (!answer.ok) {
            throw new Error(`was answered ${answer.status} ${answer.statusText} by ${this.registry}`.trimEnd());
        }
        const content = Buffer.from(await answer.arrayBuffer());
        if (content.length > MAX_BYTES) {
            throw new Error(`was answered with ${content.length} bytes by ${this.registry}`);
        }
        return content;
    }

    private request(path: string, accept: string): Promise<Response> {
        const headers = { accept, ...(this.authorization !== undefined && { authorization: this.authorization }) };
        return fetch(`${this.base}/${path}`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    }

    /** Follows the registry's challenge: a token from where it says, or the credentials themselves. */
    private async authenticate(challenge: string | null): Promise<boolean> {
        const credentials = credentialsFor(this.registry);
        if (challenge === null || /^basic/i.test(challenge)) {
            this.authorization = credentials;
            return credentials !== undefined;
        }
        const said = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(match => [match[1] as string, match[2] as string]));
        if (said["realm"] === undefined) {
            return false;
        }
        const url = new URL(said["realm"]);
        url.searchParams.set("service", said["service"] ?? this.registry);
        url.searchParams.set("scope", said["scope"] ?? `repository:${this.repository}:pull`);
        const answer = await fetch(url, { headers: credentials === undefined ? {} : { authorization: credentials }, signal: AbortSignal.timeout(TIMEOUT_MS) });
        const token = answer.ok ? await answer.json() as { token?: string; access_token?: string } : {};
        this.authorization = `Bearer ${token.token ?? token.access_token ?? ""}`;
        return answer.ok;
    }
}

function digestOf(content: Buffer): string {
    return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
