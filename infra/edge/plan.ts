import type { HeaderOption } from "./headers";

/** What the edge does, whichever proxy does it: all decided, nothing a proxy could still guess. Plain, readonly data. */
export interface EdgePlan {
    readonly proxy: "nginx" | "traefik";
    /** A socket a TLS profile: hosts of different profiles never share one, for a shared socket takes the weaker. */
    readonly listeners: readonly EdgeListener[];
    readonly hosts: readonly EdgeHost[];
    /** In the order of the most particular path first. What no route covers is answered 404. */
    readonly routes: readonly EdgeRoute[];
    readonly certificate: EdgeCertificate;
    /** Values of every route that does not override them; an option that is missing is not sent. */
    readonly headers: HeaderValues;
    /** Undefined: plain HTTP is not listened for. */
    readonly httpRedirect?: EdgeSocket;
    readonly rateLimits: readonly EdgeRateLimit[];
    /** Sections that this version lays out and does not realise: `planEdge` refuses their declaration. */
    readonly cors?: EdgeCors;
    readonly waf?: EdgeWaf;
    readonly authentication?: EdgeAuthentication;
    readonly trustedProxies: readonly string[];
}

/** A port inside the container and where it is published on the host. */
export interface EdgeSocket {
    readonly containerPort: number;
    readonly publishedPort: number;
    /** Undefined: every address of the host. */
    readonly hostIp?: string;
}

export type TlsProfile = "modern" | "intermediate";

export interface EdgeListener extends EdgeSocket {
    /** Unique, a word of letters and digits. */
    readonly name: string;
    readonly profile: TlsProfile;
}

export interface EdgeHost {
    /** A DNS name in lower case, `*.` may lead. */
    readonly name: string;
    /** Name of its listener. */
    readonly listener: string;
}

export interface EdgeRoute {
    readonly path: string;
    /** `prefix` goes by whole segments: `/v1` covers `/v1` and `/v1/x`, not `/v10`. */
    readonly match: "prefix" | "exact";
    readonly upstream: EdgeUpstream;
    /** Answers are passed on unbuffered. */
    readonly stream: boolean;
    readonly websocket: boolean;
    readonly timeouts: EdgeTimeouts;
    readonly maxRequestBytes: number;
    /** Overrides of the plan's headers; null: not sent on this route. */
    readonly headers: Readonly<Partial<Record<HeaderOption, string | null>>>;
}

export interface EdgeUpstream {
    /** Name of the service on the edge's network. */
    readonly service: string;
    readonly port: number;
    readonly scheme: "http" | "https";
}

export interface EdgeTimeouts {
    readonly connectMs: number;
    /** Longest silence of the service. */
    readonly readMs: number;
    readonly sendMs: number;
}

export type HeaderValues = Readonly<Partial<Record<HeaderOption, string>>>;

/** Where the certificate comes from. In the container it is at EDGE_CERTIFICATE_FILE and EDGE_KEY_FILE, whichever way. */
export type EdgeCertificate =
    /** Issued by the toolkit's own authority: see certificate.ts. */
    | { readonly mode: "internal" }
    /** Absolute paths on the machine that deploys. */
    | { readonly mode: "files"; readonly certificateFile: string; readonly keyFile: string }
    | { readonly mode: "acme"; readonly email?: string; readonly directoryUrl?: string }
    | { readonly mode: "vault"; readonly mount: string; readonly role: string };

export interface EdgeRateLimit {
    readonly path: string;
    readonly match: "prefix" | "exact";
    readonly requests: number;
    readonly per: "second" | "minute" | "hour" | "day";
    /** Requests let through at once, the first included: as many as `requests`, and more where a burst is declared. */
    readonly atOnce: number;
    readonly key: "ip" | "user";
}

export interface EdgeCors {
    readonly origins: readonly string[];
    readonly credentials: boolean;
    readonly methods: readonly string[];
    readonly headers: readonly string[];
}

export interface EdgeWaf {
    readonly paranoia: 1 | 2 | 3 | 4;
    readonly mode: "block" | "detect";
    readonly allowedMethods: readonly string[];
    readonly exclusions: readonly { readonly path: string; readonly argument: string; readonly reason: string }[];
}

export interface EdgeAuthentication {
    readonly mode: "basic" | "oidc";
    readonly paths: readonly string[];
}
