/**
 * The `edge` section of hardening.yaml as its schema lets it through, in the file's own words and units: shapes are
 * right, values are judged by `planEdge`. Sizes are numbers of bytes or texts such as `50MB` (powers of ten) and
 * `50MiB`; times are numbers of seconds or texts such as `90s`, `5m`, `1h`.
 */
export interface EdgeDeclaration {
    /** `nginx` unless said otherwise. */
    readonly proxy?: "nginx" | "traefik";
    /** Names under which the application is reached; `localhost` unless said otherwise. Any other name is refused. */
    readonly hosts?: readonly string[];
    readonly tls?: TlsDeclaration;
    /** Inferred where one application service published one port. */
    readonly routes?: readonly RouteDeclaration[];
    /** Response headers of every route, by option, e.g. `content_security_policy`. */
    readonly headers?: HeadersDeclaration;
    /** Answer plain HTTP with a redirect to HTTPS (the default), or do not listen for it at all. */
    readonly redirect_http?: boolean;
    readonly rate_limits?: readonly RateLimitDeclaration[];
    readonly uploads?: readonly UploadDeclaration[];
    readonly cors?: CorsDeclaration;
    readonly waf?: WafDeclaration;
    readonly authentication?: AuthenticationDeclaration;
    /** Addresses or networks of proxies in front of the edge whose `X-Forwarded-For` is believed. */
    readonly trusted_proxies?: readonly string[];
    readonly access_log?: AccessLogDeclaration;
}

export interface TlsDeclaration {
    /** As Mozilla defines them: `modern` is TLS 1.3 only, `intermediate` (the default) 1.2 and 1.3. */
    readonly profile?: "modern" | "intermediate";
    /** Where the certificate comes from; `internal`, the toolkit's own authority, unless said otherwise. */
    readonly certificate?: "acme" | "vault" | "internal" | "files";
    /** With `files`: the chain in PEM, the leaf first; absolute, or relative to hardening.yaml. */
    readonly certificate_file?: string;
    /** With `files`: the private key in PEM. */
    readonly key_file?: string;
}

export interface RouteDeclaration {
    /** e.g. `/v1`; as a prefix it means `/v1` and everything below `/v1/`. */
    readonly path: string;
    readonly match?: "prefix" | "exact";
    readonly service: string;
    readonly port?: number;
    /** How the service speaks: `http` unless said otherwise. */
    readonly scheme?: "http" | "https";
    /** Answers are passed on as they come (SSE, NDJSON, token streams). */
    readonly stream?: boolean;
    readonly websocket?: boolean;
    readonly max_request?: number | string;
    /** How long the service may be silent. */
    readonly timeout?: number | string;
    readonly headers?: HeadersDeclaration;
}

/** A header's value, a preset's name (for the CSP), or with `value: false` its removal, which needs a reason. */
export type HeaderDeclaration = string | { readonly value: string | false; readonly reason: string };
export type HeadersDeclaration = Readonly<Record<string, HeaderDeclaration>>;

export interface RateLimitDeclaration {
    readonly path: string;
    readonly match?: "prefix" | "exact";
    readonly requests: number;
    readonly per: "second" | "minute" | "hour" | "day";
    /** Requests beyond the figure that are let through at once. */
    readonly burst?: number;
    /** Whose requests are counted together; `ip` unless said otherwise. */
    readonly key?: "ip" | "user";
}

export interface UploadDeclaration {
    readonly path: string;
    readonly match?: "prefix" | "exact";
    readonly max_request?: number | string;
    readonly max_file?: number | string;
    readonly max_files?: number;
    /** Endings of file names, e.g. `pdf`. */
    readonly types?: readonly string[];
}

export interface CorsDeclaration {
    readonly origins: readonly string[];
    readonly credentials?: boolean;
    readonly methods?: readonly string[];
    readonly headers?: readonly string[];
}

export interface WafDeclaration {
    readonly enabled?: boolean;
    readonly paranoia?: 1 | 2 | 3 | 4;
    readonly mode?: "block" | "detect";
    readonly allowed_methods?: readonly string[];
    readonly exclusions?: readonly { readonly path: string; readonly argument: string; readonly reason: string }[];
}

export interface AuthenticationDeclaration {
    readonly mode: "none" | "basic" | "oidc";
    readonly routes?: readonly string[];
}

export interface AccessLogDeclaration {
    readonly enabled?: boolean;
    readonly fields?: readonly string[];
}
