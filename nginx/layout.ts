import { EDGE_CERTIFICATE_FILE, EDGE_HEALTH_PORT, EDGE_KEY_FILE } from "../infra/edge/constants";

/** Where things are for the process that reads the configuration. Absolute paths without a slash at the end. */
export interface NginxLayout {
    readonly directory: string;
    readonly temporary: string;
    readonly certificateFile: string;
    readonly keyFile: string;
    readonly healthPort: number;
    /** Address, and port where it is not 53, of the name server that knows the services. */
    readonly resolver: string;
    readonly accessLog: string;
}

/** The container of the edge; 127.0.0.11 is Docker's own name server in every container. */
export const IMAGE_LAYOUT: NginxLayout = {
    directory: "/etc/nginx",
    temporary: "/tmp",
    certificateFile: EDGE_CERTIFICATE_FILE,
    keyFile: EDGE_KEY_FILE,
    healthPort: EDGE_HEALTH_PORT,
    resolver: "127.0.0.11",
    accessLog: "/dev/stdout",
};

/** The same file for another layout: what is written for the container's is replaced, and nothing else is. */
export function relocate<File extends { readonly path: string; readonly content: string }>(file: File, layout: NginxLayout): File {
    const moves: readonly (readonly [pattern: RegExp, to: string])[] = [
        [/(?<=\s)\/etc\/nginx(?=\/)/g, layout.directory],
        [/(?<=\s)\/tmp(?=\/(client_body|proxy|fastcgi|uwsgi|scgi|nginx\.pid))/g, layout.temporary],
        [/(?<=^resolver )127\.0\.0\.11(?= )/gm, layout.resolver],
        [/(?<=^access_log )\/dev\/stdout(?= )/gm, layout.accessLog],
    ];
    return {
        ...file,
        path: file.path.replace(/^\/etc\/nginx/, layout.directory),
        content: moves.reduce((text, [pattern, to]) => text.replaceAll(pattern, to), file.content),
    };
}
