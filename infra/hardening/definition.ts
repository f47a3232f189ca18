import { z } from "zod";

import { edgeDefinition } from "./edge-definition";

/** Why something is opened. It stands in the report, so that a reviewer can judge it. */
const reason = z.string().trim().min(3).describe("why this is needed; shown in the report");
const absolutePath = z.string().regex(/^\/[^\0]*$/, "an absolute path");
/** Binary multiples, as Docker reads them: 512m is 512 MiB. */
const size = z.string().regex(/^\d+(\.\d+)?\s*([kmgt]i?b?|b)?$/i, "a size such as 512m or 2g");
const role = z.enum(["edge", "application", "data", "cache", "queue", "sandbox", "job"]);
const argv = z.array(z.string()).min(1);
const identity = z.union([z.string(), z.number().int()]).transform(String)
    .pipe(z.string().regex(/^\d+(:\d+)?$/, "a numeric uid or uid:gid"));

const writable = z.union([
    absolutePath,
    z.strictObject({
        path: absolutePath,
        kind: z.enum(["tmpfs", "data", "copy"]).optional()
            .describe("tmpfs: scratch in memory (default); data: a volume that outlives the container; copy: scratch that starts with the image's files"),
        size: size.optional().describe("upper bound of a tmpfs; 64m unless said"),
        executable: reason.optional().describe("why programs must be run from it; without it a tmpfs is noexec"),
    }),
]);

const service = z.strictObject({
    enabled: z.literal(false).optional().describe("false leaves the service out of the deployment"),
    role: role.optional(),
    image: z.string().optional().describe("runs this image instead of the Compose file's"),
    user: identity.optional().describe("numeric uid or uid:gid that the process runs as"),
    root: z.strictObject({ reason }).optional().describe("lets it run as root, still without capabilities"),
    entrypoint: argv.optional(),
    command: argv.optional(),
    image_entrypoint: z.array(z.string()).optional().describe("what the image's own ENTRYPOINT is; needed where secrets must be handed over as variables"),
    image_command: z.array(z.string()).optional().describe("what the image's own CMD is"),
    environment: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional()
        .describe("variables to set, or with null to take away"),
    writable: z.array(writable).optional(),
    writable_root: z.strictObject({ reason }).optional().describe("leaves the root filesystem writable"),
    network: z.enum(["none", "callers"]).optional()
        .describe("sandbox only: none (default) gives it no address; callers lets the services in `callers` reach it"),
    callers: z.array(z.string()).optional(),
    listens: z.array(z.number().int().min(1).max(65535)).optional().describe("ports it listens on"),
    capabilities: z.array(z.strictObject({ name: z.string().regex(/^(CAP_)?[A-Z_]+$/), reason })).optional(),
    new_privileges: z.strictObject({ reason }).optional().describe("lets setuid programs gain privileges"),
    seccomp: z.enum(["default", "strict"]).optional(),
    apparmor: z.string().optional().describe("name of a profile that the host has loaded"),
    memory: size.optional(),
    cpus: z.number().positive().optional(),
    pids: z.number().int().min(1).optional(),
    host_paths: z.array(z.strictObject({ path: z.string(), read_only: z.boolean().optional(), reason })).optional()
        .describe("paths of the host that it may mount, besides files of the project itself"),
    devices: z.array(z.strictObject({ path: z.string(), reason })).optional(),
    publish: z.array(z.strictObject({ port: z.number().int().min(1).max(65535), protocol: z.enum(["tcp", "udp"]).optional(), address: z.string().optional(), reason })).optional()
        .describe("ports that stay published besides the edge's, e.g. mail or a game's; the reason is shown"),
    secrets: z.array(z.string()).optional().describe("names of the secret variables that it needs; the others are taken away"),
    plain: z.array(z.string()).optional().describe("variables that look like secrets and are none"),
    health: z.strictObject({ test: argv, interval: z.string().optional(), timeout: z.string().optional(), retries: z.number().int().optional(), start_period: z.string().optional() }).optional(),
    no_health: z.strictObject({ reason }).optional(),
    replicas: z.number().int().min(1).optional(),
});

const secretValue = z.union([
    z.strictObject({ generate: z.number().int().min(16).max(256), alphabet: z.enum(["alphanumeric", "hex"]).optional() }),
    z.strictObject({ given: z.literal(true) }).describe("from encrypted stack configuration, `pulumi config set --secret`"),
    z.strictObject({ file: z.string() }).describe("the content of a file on the machine that deploys"),
    z.strictObject({ plain: z.literal(true) }).describe("not a secret after all"),
]);

/** The one definition of hardening.yaml: its types, its JSON Schema and its validation are made from it. */
export const definition = z.strictObject({
    system: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, "lower-case letters, digits, - and _").optional(),
    compose: z.strictObject({
        files: z.array(z.string()).min(1).optional(),
        profiles: z.array(z.string()).optional(),
        env_files: z.array(z.string()).optional(),
        project_directory: z.string().optional(),
    }).optional(),
    exposure: z.enum(["edge", "local"]).optional(),
    edge: edgeDefinition.optional(),
    services: z.record(z.string(), service).optional(),
    egress: z.array(z.strictObject({ service: z.string(), hosts: z.array(z.string()).min(1), reason })).optional(),
    secrets: z.strictObject({
        store: z.enum(["stack", "vault"]).optional(),
        values: z.record(z.string(), secretValue).optional(),
    }).optional(),
    images: z.record(z.string(), z.string().regex(/^sha256:[0-9a-f]{64}$/, "a digest")).optional()
        .describe("digest of each image reference; `portcullis pin` writes images.lock.yaml, which this overrides"),
    exemptions: z.array(z.strictObject({
        rule: z.string(),
        service: z.string().optional(),
        reason,
        owner: z.string().optional(),
        expires: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a date, YYYY-MM-DD"),
    })).optional(),
}).describe("What an operator declares about an application; everything left out has the secure default.");

/** hardening.yaml as the operator wrote it, checked. */
export type Declaration = Readonly<z.infer<typeof definition>>;
/** The section of one service. */
export type ServiceDeclaration = Readonly<z.infer<typeof service>>;
