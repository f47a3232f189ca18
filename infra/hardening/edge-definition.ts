import { z } from "zod";

const path = z.string().regex(/^\/[^\s;{}"'\\]*$/, "a path that begins with /");
const positive = z.number().int().min(1);
const size = z.union([positive, z.string().regex(/^\d+(\.\d+)?\s*([kmgt]i?b?|b)?$/i, "a size such as 50MB")]);
const duration = z.union([positive, z.string().regex(/^\d+\s*(ms|s|m|h)$/, "a time such as 90s")]);
const match = z.enum(["prefix", "exact"]).optional();
const reason = z.string().trim().min(3);
const headers = z.record(z.string(), z.union([z.string(), z.strictObject({ value: z.union([z.string(), z.literal(false)]), reason })]));

const route = z.strictObject({
    path,
    match,
    service: z.string(),
    port: z.number().int().min(1).max(65535).optional(),
    scheme: z.enum(["http", "https"]).optional(),
    stream: z.boolean().optional().describe("answers are passed on as they come (SSE, token streams)"),
    websocket: z.boolean().optional(),
    max_request: size.optional(),
    timeout: duration.optional().describe("how long the service may be silent"),
    headers: headers.optional(),
});

const rateLimit = z.strictObject({
    path,
    match,
    requests: positive,
    per: z.enum(["second", "minute", "hour", "day"]),
    burst: z.number().int().min(0).optional(),
    key: z.enum(["ip", "user"]).optional(),
});

const waf = z.strictObject({
    enabled: z.boolean().optional(),
    paranoia: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
    mode: z.enum(["block", "detect"]).optional(),
    allowed_methods: z.array(z.string()).optional(),
    exclusions: z.array(z.strictObject({ path, argument: z.string(), reason })).optional(),
});

/** The `edge` section of hardening.yaml; what its words mean is decided in infra/edge. */
export const edgeDefinition = z.strictObject({
    proxy: z.enum(["nginx", "traefik"]).optional(),
    hosts: z.array(z.string()).min(1).optional(),
    tls: z.strictObject({
        profile: z.enum(["modern", "intermediate"]).optional(),
        certificate: z.enum(["acme", "vault", "internal", "files"]).optional(),
        certificate_file: z.string().optional(),
        key_file: z.string().optional(),
    }).optional(),
    redirect_http: z.boolean().optional(),
    routes: z.array(route).min(1).optional(),
    headers: headers.optional(),
    rate_limits: z.array(rateLimit).optional(),
    uploads: z.array(z.strictObject({
        path, match, max_request: size.optional(), max_file: size.optional(), max_files: positive.optional(), types: z.array(z.string()).optional(),
    })).optional(),
    cors: z.strictObject({
        origins: z.array(z.string()).min(1), credentials: z.boolean().optional(), methods: z.array(z.string()).optional(), headers: z.array(z.string()).optional(),
    }).optional(),
    waf: waf.optional(),
    authentication: z.strictObject({ mode: z.enum(["none", "basic", "oidc"]), routes: z.array(z.string()).optional() }).optional(),
    trusted_proxies: z.array(z.string()).optional(),
    access_log: z.strictObject({ enabled: z.boolean().optional(), fields: z.array(z.string()).optional() }).optional(),
});
