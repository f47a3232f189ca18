/**
 * Minor versions of Kubernetes 1 whose Pod Security Standards are known here; every check was compared with
 * k8s.io/pod-security-admission 0.37.2. The standards are counted from 1.0, though the API server has them since 1.22.
 */
export const OLDEST = 0;
export const NEWEST = 37;

export const LATEST = "latest";
/** How a version may be written, for messages. */
export const VERSIONS = `${LATEST} or v1.${OLDEST} to v1.${NEWEST}`;

/** The minor version of `latest`, `v1.29` or `1.29`; undefined where it is none that is known. */
export function minorOf(version: string): number | undefined {
    if (version === LATEST) {
        return NEWEST;
    }
    const minor = /^v?1\.(0|[1-9]\d?)$/.exec(version)?.[1];
    const known = minor !== undefined && Number(minor) >= OLDEST && Number(minor) <= NEWEST;
    return known ? Number(minor) : undefined;
}
