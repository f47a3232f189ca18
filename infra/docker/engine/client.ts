import Docker from "dockerode";

/**
 * A client of the Docker Engine API for `host` (unix, tcp with TLS, or ssh), or for the one that DOCKER_HOST,
 * DOCKER_TLS_VERIFY and DOCKER_CERT_PATH name.
 */
export function engineClient(host?: string): Docker {
    // The client reads its address from the environment only; it does so while it is constructed and never again.
    const before = process.env.DOCKER_HOST;
    try {
        if (host !== undefined && host !== "") {
            process.env.DOCKER_HOST = host;
        }
        return new Docker();
    } finally {
        if (before === undefined) {
            delete process.env.DOCKER_HOST;
        } else {
            process.env.DOCKER_HOST = before;
        }
    }
}

/** What the engine says of a container, or undefined where it knows no such container. */
export async function inspectContainer(docker: Docker, id: string): Promise<Docker.ContainerInspectInfo | undefined> {
    try {
        return await docker.getContainer(id).inspect();
    } catch (error) {
        if (statusOf(error) === 404) {
            return undefined;
        }
        throw error;
    }
}

/** The HTTP status of an error of the engine; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
    return typeof error === "object" && error !== null && "statusCode" in error && typeof error.statusCode === "number"
        ? error.statusCode
        : undefined;
}

/**
 * Runs `use` with a container that mounts one volume at `/volume` and is never started: the engine unpacks archives
 * into it, so a volume gets files and owners without any process, let alone one of root.
 */
export async function withVolume<T>(
    docker: Docker, volume: string, image: string, use: (container: Docker.Container) => Promise<T>,
): Promise<T> {
    const container = await docker.createContainer({
        Image: image,
        Cmd: ["never-started"],
        NetworkDisabled: true,
        Labels: { "portcullis.role": "courier" },
        HostConfig: {
            NetworkMode: "none",
            // Without it the engine would fill an empty volume with what the image has at that path.
            Mounts: [{ Type: "volume", Source: volume, Target: "/volume", VolumeOptions: { NoCopy: true, Labels: {}, DriverConfig: { Name: "", Options: {} } } }],
        },
    });
    try {
        return await use(container);
    } finally {
        await container.remove({ force: true });
    }
}
