/** What the nginx that will read the configuration can do: directives differ, and an unknown one stops the start. */
export interface NginxBuild {
    /** e.g. `1.30.5`. */
    readonly version: string;
    /** Version of the OpenSSL it runs with, e.g. `3.5.4`. */
    readonly openssl: string;
    /** Absolute path of the headers-more module, where it is installed: only it can remove `Server`. */
    readonly headersMore?: string;
}

/** The build in EDGE_IMAGE (infra/edge/constants.ts): Alpine 3.24 has OpenSSL 3.5. */
export const IMAGE_BUILD: NginxBuild = { version: "1.30.5", openssl: "3.5.0" };

/** HTTP/2 is a directive of its own since 1.25.1 and was a word of `listen` before; each warns or fails on the other. */
export function hasHttp2Directive(build: NginxBuild): boolean {
    return isAtLeast(build.version, [1, 25, 1]);
}

/** Since 1.27.4 a reload can leave idle connections open for a moment, so that no client's request meets the close. */
export function hasKeepaliveMinTimeout(build: NginxBuild): boolean {
    return isAtLeast(build.version, [1, 27, 4]);
}

/**
 * Since 1.27.4 a reload keeps a certificate whose file has the inode and the second of change that it had: one that was
 * replaced in place, or delivered with a fixed time, would never be taken.
 */
export function hasInheritedCertificates(build: NginxBuild): boolean {
    return isAtLeast(build.version, [1, 27, 4]);
}

/** The hybrid post-quantum group is in OpenSSL since 3.5; an unknown group stops the start. */
export function hasMlKem(build: NginxBuild): boolean {
    return isAtLeast(build.openssl, [3, 5, 0]);
}

function isAtLeast(version: string, least: readonly [number, number, number]): boolean {
    const parts = version.split(".").map(part => Number.parseInt(part, 10));
    for (const [at, figure] of least.entries()) {
        const part = parts[at] ?? 0;
        if (part !== figure) {
            return part > figure;
        }
    }
    return true;
}
