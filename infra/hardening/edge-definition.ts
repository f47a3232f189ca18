import { z } from "zod";

const path = z.string().regex(/^\/[^\s;{}"'\\]*$/, "a path that begins with /");
const size = z.string().regex(/^\d+(\.\d+)?\s*([kmgt]i?b?|b)?$/i, "a size such as 50MB");
const positive = z.number().int().min(1);

const route = z.strictObject({
    path,
    service: z.string(),
    port: z.number().int().min(1).max(65535).optional(),
    scheme: z.enum(["http", "https"]).optional(),
    stream: z.boolean().optional().describe("answers are passed on as they come (SSE, token streams)"),
    websocket: z.boolean().optional(),
    timeout: positive.optional().describe("seconds that an answer may take"),
    max_request: size.optional(),
    headers: z.record(z.string(), z.string().nullable()).optional(),
});

/** The `edge` section of hardening.yaml; its meaning is in infra/edge. */
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
    headers: z.record(z.string(), z.string().nullable()).optional(),
    rate_limits: z.array(z.strictObject({
        path, requests: positive, per: z.enum(["second", "minute", "hour"]), key: z.enum(["ip", "user", "key"]).optional(), burst: z.number().int().min(0).optional(),
    })).optional(),
    uploads: z.array(z.strictObject({
        path, max_request: size.optional(), max_file: size.optional(), max_files: positive.optional(), types: z.array(z.string()).optional(),
    })).optional(),
    cors: z.strictObject({ origins: z.array(z.string()).min(1), credentials: z.boolean().optional() }).optional(),
    waf: z.strictObject({
        enabled: z.boolean().optional(),
        paranoia: z.number().int().min(1).max(4).optional(),
        exclusions: z.array(z.strictObject({ path, argument: z.string().optional(), rule: z.number().int().optional(), reason: z.string() })).optional(),
    }).optional(),
    authentication: z.record(z.string(), z.unknown()).optional(),
    trusted_proxies: z.array(z.string()).optional(),
});
