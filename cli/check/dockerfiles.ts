import { existsSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

import { readText, reasonOf } from "./files";
import { isDockerfileName, isOtherByName } from "./recognise";
import { judgeDockerfile } from "../../policies/sources";
import type { Candidate } from "./files";
import type { JudgeOptions, Spot } from "../../policies/judge";
import type { Report } from "../../policies/report/report";
import type { Path } from "../../policies/view/unfinished";

/** Whether a file is to be read as a Dockerfile: by its name, or, where it was asked for, by how it begins. */
export function isDockerfile(file: Candidate): boolean {
    if (isDockerfileName(file.path)) {
        return true;
    }
    if (!file.named || isOtherByName(file.path)) {
        return false;
    }
    try {
        return /^(?:\s*(?:#.*)?\n)*\s*(?:FROM\s+\S|ARG\s+\w+)/i.test(readText(file.path).replaceAll("\r\n", "\n").slice(0, 10_000));
    } catch {
        return false;
    }
}

/** How a build treats a Dockerfile. */
type Build = NonNullable<Parameters<typeof judgeDockerfile>[1]["build"]>;

/** Judges a file as a Dockerfile; one that cannot be read is an error of the report. */
export function judgeDockerfileAt(path: string, options: JudgeOptions, build?: Build, file = path): Report {
    try {
        return judgeDockerfile(readText(file), { ...options, path, build });
    } catch (error) {
        const errors = [{ path, line: 0, message: `cannot be read: ${reasonOf(error)}` }];
        return { findings: [], exempted: [], unknown: [], errors, checked: { files: 0, documents: 0, subjects: 0 } };
    }
}

/**
 * Judges the Dockerfiles that the services of a Compose project build, as those builds do. What is not on this machine,
 * e.g. a repository, is left to whoever builds it.
 * @param shown a file by the name that findings show
 */
export function judgeBuilds(project: unknown, shown: (file: string) => string, options: JudgeOptions): Report[] {
    const services = Object.values((project as { readonly services?: Readonly<Record<string, { readonly build?: unknown }>> }).services ?? {});
    const builds = new Map(services.flatMap(({ build }) => buildOf(build)).map(build => [JSON.stringify(build), build]));
    return [...builds.values()].map(({ file, ...build }) => {
        const report = judgeDockerfileAt(shown(file), options, build, file);
        return { ...report, checked: { files: 0, documents: 0, subjects: 0 } };
    });
}

function buildOf(given: unknown): (Build & { readonly file: string })[] {
    const { context, dockerfile, dockerfile_inline: inline, target, args } = (given ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof context !== "string" || !isAbsolute(context) || typeof inline === "string") {
        return [];
    }
    const file = resolve(context, typeof dockerfile === "string" ? dockerfile : "Dockerfile");
    if (!existsSync(file) || !statSync(file).isFile()) {
        return [];
    }
    const texts = Object.entries((args ?? {}) as Readonly<Record<string, unknown>>).filter((pair): pair is [string, string] => typeof pair[1] === "string");
    return [{ file, args: Object.fromEntries(texts), ...typeof target === "string" && { target } }];
}

/** The line of a Dockerfile that is written within a Compose file: below its key where it is a block of text. */
export function withinBlock(spot: Spot, file: string, path: Path): Spot {
    const at = path.indexOf("dockerfile_inline");
    const line = at === -1 || path[at + 1] !== "lines" ? 0 : Number(path[at + 2]);
    if (line === 0) {
        return spot;
    }
    const key = readText(file).split("\n")[spot.line - 1] ?? "";
    return /:\s*[|>][+\-\d]*\s*(?:#.*)?$/.test(key) ? { ...spot, line: spot.line + line } : spot;
}
