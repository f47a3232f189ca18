import { data, fact, foreignData, id, type ImageFact, scratch, tcp, valueOnly } from "../fact";

const CHROMA = "https://github.com/chroma-core/chroma/blob/main";
const TEI = "https://github.com/huggingface/text-embeddings-inference/blob/main/Dockerfile";
const LANGFUSE = "https://github.com/langfuse/langfuse/blob/main";

const LANGFUSE_SECRETS = valueOnly(
    "DATABASE_URL", "DIRECT_URL", "DATABASE_PASSWORD", "CLICKHOUSE_PASSWORD", "REDIS_AUTH", "REDIS_CONNECTION_STRING", "SALT", "ENCRYPTION_KEY",
    "NEXTAUTH_SECRET", "LANGFUSE_S3_EVENT_UPLOAD_SECRET_ACCESS_KEY", "LANGFUSE_S3_MEDIA_UPLOAD_SECRET_ACCESS_KEY",
    "LANGFUSE_S3_BATCH_EXPORT_SECRET_ACCESS_KEY", "LANGFUSE_INIT_PROJECT_SECRET_KEY", "LANGFUSE_INIT_USER_PASSWORD",
);

/** Stores of vectors. */
const VECTORS: readonly ImageFact[] = [
    fact({
        repositories: ["milvusdb/milvus"],
        role: "data",
        user: id(1000, 0),
        entrypoint: ["/tini", "--"],
        workingDir: "/milvus",
        writable: [...foreignData("/var/lib/milvus"), ...scratch("/tmp")],
        ports: [tcp(19530, "gRPC and HTTP"), tcp(9091, "metrics and health")],
        secrets: valueOnly("MINIO_ACCESS_KEY_ID", "MINIO_SECRET_ACCESS_KEY"),
        health: ["CMD", "curl", "-f", "http://127.0.0.1:9091/healthz"],
        memoryMiB: 4096,
        note: "Its files are 0774 and root's, so another user needs group 0. unverified: which release begins to set a user of its own.",
        sources: ["https://github.com/milvus-io/milvus/blob/master/build/docker/milvus/ubuntu22.04/Dockerfile"],
    }),
    fact({
        repositories: ["semitechnologies/weaviate", "cr.weaviate.io/semitechnologies/weaviate"],
        role: "data",
        user: id(1000),
        entrypoint: ["/bin/weaviate"],
        command: ["--host", "0.0.0.0", "--port", "8080", "--scheme", "http"],
        writable: [...foreignData("/var/lib/weaviate"), ...scratch("/tmp")],
        environment: { PERSISTENCE_DATA_PATH: "/var/lib/weaviate" },
        ports: [tcp(8080, "HTTP"), tcp(50051, "gRPC")],
        secrets: valueOnly("AUTHENTICATION_APIKEY_ALLOWED_KEYS", "OPENAI_APIKEY", "COHERE_APIKEY", "HUGGINGFACE_APIKEY"),
        health: ["CMD-SHELL", "wget -q --spider http://127.0.0.1:8080/v1/.well-known/ready"],
        memoryMiB: 1024,
        note: "The image names no user; any that owns its data directory does.",
        sources: ["https://github.com/weaviate/weaviate/blob/main/Dockerfile"],
    }),
    fact({
        repositories: ["chromadb/chroma", "ghcr.io/chroma-core/chroma"],
        tags: /^0\./,
        role: "data",
        user: id(1000),
        entrypoint: ["/docker_entrypoint.sh"],
        command: [
            "--workers ${CHROMA_WORKERS} --host ${CHROMA_HOST_ADDR} --port ${CHROMA_HOST_PORT} --proxy-headers "
            + "--log-config ${CHROMA_LOG_CONFIG} --timeout-keep-alive ${CHROMA_TIMEOUT_KEEP_ALIVE}",
        ],
        workingDir: "/chroma",
        writable: [...foreignData("/chroma/chroma"), ...scratch("/tmp")],
        environment: { HOME: "/tmp" },
        ports: [tcp(8000, "HTTP")],
        secrets: valueOnly("CHROMA_SERVER_AUTHN_CREDENTIALS"),
        note: "unverified: every release before 1.0 as another user.",
        sources: [`${CHROMA}/Dockerfile`, `${CHROMA}/bin/docker_entrypoint.sh`],
    }),
    fact({
        repositories: ["chromadb/chroma", "ghcr.io/chroma-core/chroma"],
        role: "data",
        user: id(1000),
        entrypoint: ["dumb-init", "--", "chroma"],
        command: ["run", "/config.yaml"],
        writable: [...foreignData("/data"), ...scratch("/tmp")],
        ports: [tcp(8000, "HTTP")],
        note: "The image names no user; any that owns /data does.",
        sources: [`${CHROMA}/rust/Dockerfile`, `${CHROMA}/rust/frontend/sample_configs/docker_single_node.yaml`],
    }),
    fact({
        repositories: ["infiniflow/infinity"],
        role: "data",
        user: id(1000),
        entrypoint: ["/usr/bin/infinity"],
        writable: [...foreignData("/var/infinity"), ...scratch("/tmp")],
        ports: [tcp(23817, "Thrift"), tcp(23820, "HTTP"), tcp(5432, "PostgreSQL protocol")],
        memoryMiB: 4096,
        note: "The image names no user. Everything it writes is below /var/infinity by its default configuration. unverified: a run as another user.",
        sources: [
            "https://github.com/infiniflow/infinity/blob/main/scripts/Dockerfile_infinity",
            "https://github.com/infiniflow/infinity/blob/main/conf/infinity_conf.toml",
        ],
    }),
];

/** What runs models, and what talks to them. */
const MODELS: readonly ImageFact[] = [
    fact({
        repositories: ["ghcr.io/huggingface/text-embeddings-inference"],
        role: "application",
        user: id(1000),
        entrypoint: ["text-embeddings-router"],
        command: ["--json-output"],
        writable: [...foreignData("/data"), ...scratch("/tmp")],
        ports: [tcp(80, "HTTP")],
        secrets: valueOnly("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "API_KEY"),
        memoryMiB: 4096,
        note: "The image names no user; models are cached in /data. Port 80 as non-root: the engine's default allows it. CUDA variants start by an entrypoint script.",
        sources: [TEI],
    }),
    fact({
        repositories: ["infiniflow/text-embeddings-inference"],
        role: "application",
        user: id(1000),
        entrypoint: ["text-embeddings-router"],
        command: ["--json-output"],
        writable: scratch("/tmp"),
        ports: [tcp(80, "HTTP")],
        memoryMiB: 4096,
        note: "Built on ghcr.io/huggingface/text-embeddings-inference with models in /data, which it only reads: no volume belongs there.",
        sources: [TEI],
    }),
    fact({
        repositories: ["ollama/ollama"],
        role: "application",
        user: id(0),
        rootReason: "it keeps its models below /root, which only root may enter; mount the volume elsewhere, set OLLAMA_MODELS and HOME, and declare a user",
        entrypoint: ["/bin/ollama"],
        command: ["serve"],
        writable: [...data("/root/.ollama"), ...scratch("/tmp")],
        ports: [tcp(11434, "HTTP")],
        health: ["CMD", "/bin/ollama", "list"],
        memoryMiB: 8192,
        sources: ["https://github.com/ollama/ollama/blob/main/Dockerfile"],
    }),
    fact({
        repositories: ["ghcr.io/open-webui/open-webui"],
        role: "application",
        user: id(0),
        rootReason: "the published image's files belong to root, and its authors call other users untested (they are a build argument)",
        command: ["bash", "start.sh"],
        workingDir: "/app/backend",
        writable: [...data("/app/backend/data"), { path: "/app/backend/open_webui/static", kind: "copy", owned: true }, ...scratch("/root/.cache", "/tmp")],
        ports: [tcp(8080, "HTTP")],
        secrets: [{ variable: "WEBUI_SECRET_KEY" }, ...valueOnly("OPENAI_API_KEY", "OPENAI_API_KEYS", "DATABASE_URL", "OAUTH_CLIENT_SECRET")],
        memoryMiB: 2048,
        note: "Without WEBUI_SECRET_KEY the start writes one into /app/backend, which is read-only: give one.",
        sources: ["https://github.com/open-webui/open-webui/blob/main/Dockerfile"],
    }),
    fact({
        repositories: ["langfuse/langfuse", "docker.langfuse.com/langfuse/langfuse", "ghcr.io/langfuse/langfuse"],
        role: "application",
        user: id(1001, 65533),
        entrypoint: ["dumb-init", "--", "./web/entrypoint.sh"],
        command: [
            "/bin/sh", "-c",
            "if [ -n \"$NEXT_PUBLIC_LANGFUSE_CLOUD_REGION\" ]; then node --import dd-trace/initialize.mjs ./web/server.js --keepAliveTimeout 110000; "
            + "else node ./web/server.js --keepAliveTimeout 110000; fi",
        ],
        workingDir: "/app",
        writable: scratch("/tmp", "/app/web/.next/cache"),
        environment: { HOME: "/tmp" },
        ports: [tcp(3000, "HTTP")],
        secrets: LANGFUSE_SECRETS,
        memoryMiB: 2048,
        note: "adduser is given no group, so Alpine's default (nogroup, 65533) is its main one. unverified: migrations by prisma on a read-only root.",
        sources: [`${LANGFUSE}/web/Dockerfile`, `${LANGFUSE}/web/entrypoint.sh`],
    }),
    fact({
        repositories: ["langfuse/langfuse-worker", "docker.langfuse.com/langfuse/langfuse-worker", "ghcr.io/langfuse/langfuse-worker"],
        role: "application",
        user: id(1001, 65533),
        entrypoint: ["dumb-init", "--", "./worker/entrypoint.sh"],
        command: ["node", "worker/dist/index.js"],
        workingDir: "/app",
        writable: scratch("/tmp"),
        environment: { HOME: "/tmp" },
        ports: [tcp(3030, "HTTP")],
        secrets: LANGFUSE_SECRETS,
        memoryMiB: 2048,
        sources: [`${LANGFUSE}/worker/Dockerfile`, `${LANGFUSE}/worker/entrypoint.sh`],
    }),
];

/** Vector stores, model servers and what is built around them. */
export const AI: readonly ImageFact[] = [...VECTORS, ...MODELS];
