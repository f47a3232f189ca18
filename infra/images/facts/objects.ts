import { fact, foreignData, id, type ImageFact, scratch, tcp, withFile } from "../fact";

const MINIO = "https://github.com/minio/minio/blob/master";
const SILO = "https://github.com/pgsty/silo/blob/main";

interface S3 {
    readonly repositories: readonly string[];
    readonly user: ImageFact["user"];
    readonly entrypoint: readonly string[];
    readonly command: readonly string[];
    readonly note: string;
    readonly sources: readonly string[];
}

/** MinIO and what was made of it: the same variables, ports and data. */
function minio({ repositories, user, entrypoint, command, note, sources }: S3): ImageFact {
    return fact({
        repositories,
        role: "data",
        user,
        entrypoint,
        command,
        writable: [...foreignData("/data"), ...scratch("/tmp")],
        environment: { HOME: "/tmp" },
        ports: [tcp(9000, "S3"), tcp(9001, "console, where asked for")],
        secrets: withFile("MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD", "MINIO_ACCESS_KEY", "MINIO_SECRET_KEY", "MINIO_KMS_SECRET_KEY"),
        note: `${note} A file variable takes an absolute path, or a name below /run/secrets.`,
        sources,
    });
}

/** Object stores. */
export const OBJECTS: readonly ImageFact[] = [
    minio({
        repositories: ["minio/minio", "quay.io/minio/minio", "pgsty/minio"],
        user: id(1000),
        entrypoint: ["/usr/bin/docker-entrypoint.sh"],
        command: ["minio"],
        note: "Runs as any user that owns its data. unverified: that every rebuild under pgsty/minio keeps the entrypoint.",
        sources: [`${MINIO}/Dockerfile.release`, `${MINIO}/dockerscripts/docker-entrypoint.sh`, `${MINIO}/cmd/common-main.go`],
    }),
    minio({
        repositories: ["pgsty/silo"],
        user: id(1000),
        entrypoint: ["/usr/bin/docker-entrypoint.sh"],
        command: ["silo"],
        note: "A maintained fork of MinIO; the program is called silo and the entrypoint translates the old name. Runs as any user that owns its data.",
        sources: [`${SILO}/Dockerfile.goreleaser`, `${SILO}/dockerscripts/docker-entrypoint.sh`],
    }),
    minio({
        repositories: ["cgr.dev/chainguard/minio"],
        user: id(65532),
        entrypoint: ["/usr/bin/minio"],
        command: [],
        note: "Its own user is 65532, which cannot write a volume that another image began. unverified: that it reads the file variables without being told their default names.",
        sources: ["https://images.chainguard.dev/directory/image/minio/overview"],
    }),
];
