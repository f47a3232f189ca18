/**
 * The image of the edge: the nginx project's own image for a user without privileges (uid and gid 101), of the stable
 * line. A deployment to production pins it by digest as any other.
 */
export const EDGE_IMAGE = "nginxinc/nginx-unprivileged:1.30.5-alpine";
export const EDGE_USER = { uid: 101, gid: 101 } as const;

/** Ports in the container: above 1024, so that no capability is needed to listen. */
export const EDGE_HTTPS_PORT = 8443;
export const EDGE_HTTP_PORT = 8080;
/** Answers `/health` on the container's loopback address only. */
export const EDGE_HEALTH_PORT = 8081;
export const EDGE_HEALTH_TEST: readonly string[] = [
    "CMD", "wget", "-q", "-O", "/dev/null", `http://127.0.0.1:${EDGE_HEALTH_PORT}/health`,
];

/** Where the container finds its certificate chain and its private key: secrets, readable by the edge's user alone. */
export const EDGE_CERTIFICATE_SECRET = "edge-certificate";
export const EDGE_KEY_SECRET = "edge-key";
export const EDGE_CERTIFICATE_FILE = `/run/secrets/${EDGE_CERTIFICATE_SECRET}`;
export const EDGE_KEY_FILE = `/run/secrets/${EDGE_KEY_SECRET}`;

/** Directories that the edge writes to, each a tmpfs of the container. */
export const EDGE_WRITABLE: readonly string[] = ["/tmp", "/var/cache/nginx"];

/** What a request may hold where nothing is declared: prompts and forms fit, uploads are declared. */
export const DEFAULT_MAX_REQUEST_BYTES = 10 * 1024 ** 2;
/** A silent service is given up after this: streams and sockets are silent for longer than pages. */
export const READ_MS = 60_000;
export const STREAM_READ_MS = 600_000;
export const WEBSOCKET_READ_MS = 3_600_000;
