import * as path from "node:path";

import type { Change, HardenedApplication } from "../model/hardened";
import { configPath } from "./keys";
import { type ComposeProject, composeProject } from "./project";
import type { Plain, PlainMap, RenderedFile } from "./rendered";
import { yamlLines } from "./yaml";

/** What the rendering stands beside and where it goes. Paths are absolute. */
export interface RenderPlace {
    /** The output directory. */
    readonly out: string;
    /** The authors' own Compose files, in their order. */
    readonly upstream: readonly string[];
    /** Their project directory, from which their relative paths start. */
    readonly directory: string;
    /** Files of variables for the authors' files; empty: the `.env` of their directory, where there is one. */
    readonly envFiles: readonly string[];
    /** The toolkit's seccomp profile for sandboxes, as JSON. */
    readonly seccompStrict: string;
}

/** Everything that a rendering is but for the values of secrets. */
export interface RenderedProject {
    readonly files: readonly RenderedFile[];
    /** What the files must say once they are loaded. */
    readonly expected: ComposeProject;
    readonly changes: readonly Change[];
}

export const COMPOSE_FILE = "compose.yaml";
/** Not `docker-compose.override.yml`: that one Compose would load by itself once more, with other relative paths. */
export const OVERRIDE_FILE = "hardened.override.yaml";
export const SECCOMP_FILE = "seccomp-strict.json";

/**
 * The hardened application as files that `docker compose up` takes: one that includes the authors' files, which are not
 * touched, together with an override; and what the override refers to. Its sections replace those of the authors, so
 * nothing that they add later starts before it was hardened as well.
 * @param fingerprints what stands for the content of a service's files, by service (see fingerprint.ts)
 */
export function composeFiles(application: HardenedApplication, place: RenderPlace, fingerprints: ReadonlyMap<string, string>): RenderedProject {
    const { project, changes } = composeProject(application, place.out, fingerprints);
    const contents = application.services.flatMap(service => service.configFiles.flatMap(({ file, content, target, mode }, at) =>
        file !== undefined ? [] : [{
            path: configPath(service.name, at, target),
            content: content ?? "",
            mode,
            // What others may not read must belong to the one user who reads it.
            ...((mode & 0o004) === 0 && service.user !== undefined && { owner: service.user }),
        }]));
    const strict = application.services.some(service => service.seccomp === "strict");
    return {
        files: [
            { path: COMPOSE_FILE, content: includeText(project, place), mode: 0o644 },
            { path: OVERRIDE_FILE, content: overrideText(project, [...application.changes, ...changes], place), mode: 0o644 },
            { path: ".gitignore", content: "/secrets/\n", mode: 0o644 },
            ...strict ? [{ path: SECCOMP_FILE, content: place.seccompStrict, mode: 0o644 }] : [],
            ...contents,
        ],
        expected: project,
        changes,
    };
}

function includeText(project: ComposeProject, { out, upstream, directory, envFiles }: RenderPlace): string {
    const from = (file: string): string => relative(out, file);
    return text([
        "# Rendered by portcullis; `docker compose up` in this directory starts the hardened application.",
        "# Change hardening.yaml and render again rather than this file.",
        ...yamlLines({
            name: project.name,
            include: [{
                path: [...upstream.map(from), OVERRIDE_FILE],
                project_directory: from(directory),
                ...(envFiles.length > 0 && { env_file: envFiles.map(from) }),
            }],
        }, 0, literal),
    ]);
}

function overrideText(project: ComposeProject, changes: readonly Change[], { out, directory }: RenderPlace): string {
    const place = (file: string): string => isInside(out, file) || isInside(directory, file) ? relative(directory, file) : file;
    const services = Object.entries(project.services).flatMap(([name, service]) => [
        ...yamlLines({ [name]: {} }, 4, literal).map(line => line.replace(/ \{\}$/, "")),
        ...changes.filter(change => change.service === name).map(change => `        # ${remark(change)}`),
        ...yamlLines(relocated(service, place), 8, literal),
    ]);
    const filled = (name: string, lines: readonly string[]): string[] => lines.length === 0 ? [`${name}: !override {}`] : [`${name}: !override`, ...lines];
    const section = (name: string, items: PlainMap): string[] => filled(name, yamlLines(items, 4, literal));
    const at = (items: PlainMap): PlainMap => Object.fromEntries(Object.entries(items).map(([key, item]) =>
        [key, { ...item as PlainMap, file: place((item as PlainMap)["file"] as string) }]));
    return text([
        "# Rendered by portcullis. Every section stands in the place of the authors' section of that name.",
        ...filled("services", services),
        ...section("networks", project.networks),
        ...section("volumes", project.volumes),
        ...section("secrets", at(project.secrets)),
        ...section("configs", at(project.configs)),
    ]);
}

/** A service with its paths of this machine as the override has them. */
function relocated(service: PlainMap, place: (file: string) => string): PlainMap {
    const { volumes, build } = service;
    const isPath = (item: Plain): item is string => typeof item === "string" && item.startsWith("/");
    return {
        ...service,
        ...(volumes !== undefined && {
            volumes: (volumes as readonly PlainMap[]).map(one =>
                one["type"] === "bind" && isPath(one["source"] as Plain) ? { ...one, source: place(one["source"] as string) } : one),
        }),
        ...(build !== undefined && isPath((build as PlainMap)["context"] as Plain) && {
            build: { ...build as PlainMap, context: place((build as PlainMap)["context"] as string) },
        }),
    };
}

function remark({ kind, what, reason }: Change): string {
    return `${kind}: ${what}${reason === undefined ? "" : ` (${reason})`}`.replaceAll(/\s+/g, " ");
}

function isInside(directory: string, file: string): boolean {
    return file === directory || file.startsWith(`${directory}/`);
}

/** A path as Compose takes it for one: beginning with a dot. */
function relative(from: string, to: string): string {
    const way = path.relative(from, to);
    return way === "" ? "." : way.startsWith(".") ? way : `./${way}`;
}

/** Compose replaces variables in every string of a file; a doubled `$` stands for itself. */
function literal(value: string): string {
    return value.replaceAll("$", "$$$$");
}

function text(lines: readonly string[]): string {
    return `${lines.join("\n")}\n`;
}
