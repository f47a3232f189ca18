import { engineRule, hasOption } from "./define";
import { each, textsOf } from "../../rule";
import type { Rule } from "../../rule";
import type { Value } from "../../view/value";

/** Permission bits that each kind of file may have at most: CIS Docker 3.1 to 3.24. */
const MOST: Readonly<Record<string, number>> = { unit: 0o644, socket: 0o660, settings: 0o644, certificate: 0o444, key: 0o400 };
const FOLDER = 0o755;

function fileFault(file: Value, ownerIsRoot: boolean): string | undefined {
    const path = file.get("path").text ?? "";
    const group = file.get("group").text ?? "";
    const mode = Number.parseInt(file.get("mode").text ?? "", 8);
    const isSocket = file.get("what").text === "socket";
    if (ownerIsRoot && file.get("owner").number !== 0) {
        return `has a file that somebody else owns than root (${path}: user ${file.get("owner").text ?? "not known"})`;
    }
    if (ownerIsRoot && !isSocket && group !== "root" && (mode & 0o020) !== 0) {
        return `has a file that the group ${group} may write to (${path})`;
    }
    const most = mostFor(file);
    // That its owner, who is root, may write to it changes nothing.
    const excess = (Number.isNaN(mode) ? 0o777 : mode) & 0o777 & ~(most | 0o200);
    return excess === 0 ? undefined : `has a file that more may use than should (${path}: mode ${file.get("mode").text ?? "not known"}, at most ${most.toString(8)})`;
}

/** A folder must be entered to be of use. A file of no known kind may be nobody's. */
function mostFor(file: Value): number {
    return file.get("folder").flag === true ? FOLDER : MOST[file.get("what").text ?? ""] ?? 0;
}

export const FILE_RULES: readonly Rule[] = [
    /** Who may write to them decides what the engine does at its next start, and is root then. */
    engineRule("files", {
        id: "engine-file-open",
        severity: "high",
        title: "The engine's socket, units, settings and certificates belong to root, and nobody else may write to them",
        fix: "give the file back with chown root:root (the socket: root:docker) and chmod: units and settings 644, folders 755, socket 660, certificates 444, keys 400",
        benchmarks: ["CIS Docker 3.1", "CIS Docker 3.2", "CIS Docker 3.3", "CIS Docker 3.4", "CIS Docker 3.5", "CIS Docker 3.6", "CIS Docker 3.7", "CIS Docker 3.8", "CIS Docker 3.15", "CIS Docker 3.16", "CIS Docker 3.17", "CIS Docker 3.18"],
        controls: ["SC-54"],
        check: ({ all, info }) => each(all.get("files").items, file => fileFault(file, !hasOption(info, "rootless"))),
    }),
    /** Without a record nobody knows afterwards who changed what the engine does. */
    engineRule("host", {
        id: "engine-files-unwatched",
        severity: "low",
        // Houses watch files in many ways; this one is the kernel's own.
        optional: true,
        title: "The kernel's audit watches the engine's program, data and settings",
        fix: "add rules to /etc/audit/rules.d, e.g. `-w /usr/bin/dockerd -k docker`",
        benchmarks: ["CIS Docker 1.1.3", "CIS Docker 1.1.5", "CIS Docker 1.1.7"],
        controls: ["SC-56"],
        parameters: {
            paths: {
                type: "array", items: { type: "string" }, default: ["/usr/bin/dockerd", "/var/lib/docker", "/etc/docker"],
                description: "paths that must be watched, themselves or above",
            },
        },

        check({ all }, settings) {
            const watched = all.get("host", "audited").items.map(item => (item.text ?? "").replace(/\/$/, ""));
            const missing = textsOf(settings, "paths").filter(path => !watched.some(one => path === one || path.startsWith(`${one}/`)));
            return missing.length === 0 ? undefined : `is watched by no audit rule (${missing.join(", ")})`;
        },
    }),
];
