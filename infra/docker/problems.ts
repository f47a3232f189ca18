import * as path from "node:path";

import type { HardenedApplication, HardenedService } from "../model/hardened";
import type { Problem } from "../model/problem";

// Directories of every image whose content programs need: mounting secrets over one of them would hide it.
const SYSTEM_DIRECTORIES = ["/", "/bin", "/dev", "/etc", "/lib", "/lib64", "/proc", "/run", "/sbin", "/sys", "/tmp", "/usr", "/usr/bin", "/var"];

/** What an application asks for and the Docker target cannot give. Nothing is left out in silence. */
export function dockerProblems(application: HardenedApplication): Problem[] {
    return application.services.flatMap(service =>
        [...commandProblems(service), ...mountProblems(service), ...secretProblems(service), ...otherProblems(service)]
            .map(problem => ({ ...problem, subject: `services.${service.name}.${problem.subject}` })));
}

function commandProblems({ command, entrypoint }: HardenedService): Problem[] {
    return [
        ...command?.includes("") === true
            ? [{ subject: "command", fault: "has an empty argument, which the Docker provider does not take", remedy: "leave it out or put the command into a script" }]
            : [],
        ...entrypoint?.length === 0
            ? [{ subject: "entrypoint", fault: "is emptied, which the Docker provider cannot say", remedy: "write the program itself as entrypoint" }]
            : [],
    ];
}

function mountProblems({ mounts, publishes }: HardenedService): Problem[] {
    return [
        ...mounts.flatMap((mount, at) => ["bind", "volume", "tmpfs"].includes(mount.type) ? []
            : [{ subject: `volumes[${at}].type`, fault: "is not a kind of mount of the Docker target", got: mount.type, remedy: "use a volume" }]),
        ...publishes.flatMap(({ published }, at) => published === undefined || /^\d+$/.test(published) ? []
            : [{ subject: `ports[${at}].published`, fault: "leaves the choice among ports to the engine", got: published, remedy: "write one port" }]),
    ];
}

function secretProblems({ secretFiles, mounts }: HardenedService): Problem[] {
    const mounted = new Set(mounts.map(mount => mount.target));
    return secretFiles.flatMap(({ target }) => {
        const directory = path.posix.dirname(target);
        return SYSTEM_DIRECTORIES.includes(directory) || mounted.has(directory)
            ? [{ subject: "secrets", fault: "would hide the rest of the directory that a file stands in", got: target, remedy: "give secrets a directory of their own, e.g. /run/secrets" }]
            : [];
    });
}

function otherProblems({ namespaces, image, replicas, configFiles, publishes }: HardenedService): Problem[] {
    return [
        ...namespaces.uts === undefined ? []
            : [{ subject: "uts", fault: "cannot be shared through the Docker provider", got: namespaces.uts, remedy: "take it out" }],
        ...image.build?.dockerfileInline === undefined ? []
            : [{ subject: "build.dockerfile_inline", fault: "is not taken by the Docker provider", remedy: "write the Dockerfile to a file" }],
        ...replicas > 1 && publishes.length > 0
            ? [{ subject: "deploy.replicas", fault: "is more than one, and only one container can have a port of the host", got: String(replicas), remedy: "write 1, or close the port" }]
            : [],
        ...configFiles.flatMap(({ target, content, file }) => content === undefined && file === undefined
            ? [{ subject: "configs", fault: "has a file without content", got: target, remedy: "name a file or write the content" }]
            : []),
    ];
}
