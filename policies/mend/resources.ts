import { add, containerMend, numberOf, set, settingMend, workloadMend, type Found, type Mend } from "./mend";
import { valueAt } from "./isolation";
import type { Edit } from "./edits";
import type { Parameters } from "../rule";
import type { ContainerView, Platform, WorkloadView } from "../view/types";

const LOG_DRIVER: Readonly<Partial<Record<Platform, readonly string[]>>> = { compose: ["logging", "driver"], docker: ["logDriver"], swarm: ["taskSpec", "logDriver", "name"] };
const TOO_LITTLE = "a program that needs more is stopped, or waits";

function amount(name: string, value: number, description: string): Parameters {
    return { [name]: { type: "integer", default: value, description } };
}

/** Mends of how much a container may take. The amounts are a start: what a program needs, only its house knows. */
export const RESOURCES_MENDS: Readonly<Record<string, Mend>> = {
    "no-memory-limit": containerMend({ breaks: TOO_LITTLE, parameters: amount("mendMebibytes", 512, "memory that mending allows, in MiB") }, limitMemory),
    "no-cpu-limit": containerMend({ breaks: TOO_LITTLE, parameters: amount("mendMillis", 1000, "processor time that mending allows, in thousandths of a processor") }, limitProcessors),
    "no-process-limit": containerMend({ breaks: TOO_LITTLE, parameters: amount("mendProcesses", 512, "processes that mending allows") }, limitProcesses),
    "unbounded-logs": containerMend({ parameters: amount("mendMebibytes", 10, "size of each of three log files that mending allows, in MiB") }, limitLogs),
    "unbounded-tmpfs": containerMend({ breaks: TOO_LITTLE, parameters: amount("mendMebibytes", 64, "size of a tmpfs that mending sets, in MiB") }, limitTmpfs),
    "logging-off": containerMend({}, ({ path }, { platform }) => [set([...path, ...LOG_DRIVER[platform] ?? []], "local")]),
    "no-init-process": settingMend({}, "init", { compose: true, docker: true }),
    "no-file-limit": containerMend({ breaks: TOO_LITTLE, parameters: amount("mendFiles", 65_536, "files that mending lets a program open") }, limitFiles),
    "unbounded-restart": settingMend({ breaks: "what fails more often stays down until somebody starts it" }, "restart", { compose: "on-failure:5" }),
    "unbounded-empty-dir": workloadMend({ breaks: TOO_LITTLE, parameters: amount("mendMebibytes", 1024, "size of scratch space that mending sets, in MiB") },
        (_workload, { at, settings }) => [set([...at, "emptyDir", "sizeLimit"], binary(numberOf(settings, "mendMebibytes")))]),
    "no-scratch-limit": containerMend({ breaks: TOO_LITTLE, parameters: amount("mendMebibytes", 1024, "share of its node's disk that mending allows, in MiB") },
        (_container, { at, settings }) => [set(at, binary(numberOf(settings, "mendMebibytes")))]),
    "no-restart-policy": workloadMend({ breaks: "a program that is meant to end is started again" }, (workload, found) => restart(workload, found)),
};

function limitMemory(container: ContainerView, { platform, settings }: Found): readonly Edit[] {
    const mebibytes = numberOf(settings, "mendMebibytes");
    switch (platform) {
        case "compose":
            return [deployed(container) ? set(limit(container, "memory"), `${mebibytes}m`) : set(container.place("memoryLimited"), `${mebibytes}m`)];
        case "docker":
            return [set(container.place("memoryLimited"), mebibytes)];
        case "swarm":
            return [set(container.place("memoryLimited"), mebibytes * 1024 * 1024)];
        case "kubernetes":
            return [set(container.place("memoryLimited"), binary(mebibytes))];
        default:
            return [];
    }
}

/** An amount of bytes as Kubernetes writes it. */
function binary(mebibytes: number): string {
    return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}

function limitFiles(container: ContainerView, { platform, settings }: Found): readonly Edit[] {
    const files = numberOf(settings, "mendFiles");
    switch (platform) {
        case "compose":
            return [set([...container.path, "ulimits", "nofile"], files)];
        case "docker":
            return container.source.get("ulimits").items.some(limit => limit.get("name").text === "nofile") ? [] : [add([...container.path, "ulimits"], { name: "nofile", soft: files, hard: files })];
        default:
            return [];
    }
}

function limitProcessors(container: ContainerView, { platform, settings }: Found): readonly Edit[] {
    const millis = numberOf(settings, "mendMillis");
    switch (platform) {
        case "compose":
            return [deployed(container) ? set(limit(container, "cpus"), String(millis / 1000)) : set(container.place("cpuLimited"), millis / 1000)];
        case "docker":
            return [set(container.place("cpuLimited"), String(millis / 1000))];
        case "swarm":
            return [set(container.place("cpuLimited"), millis * 1_000_000)];
        case "kubernetes":
            return [set(container.place("cpuLimited"), millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`)];
        default:
            return [];
    }
}

function limitProcesses(container: ContainerView, { platform, settings }: Found): readonly Edit[] {
    if (platform !== "compose") {
        return [];
    }
    return [set(deployed(container) ? limit(container, "pids") : container.place("processLimited"), numberOf(settings, "mendProcesses"))];
}

/** Whether a Compose service has its limits below `deploy`: then a new one belongs there, and may not stand in both places. */
function deployed(container: ContainerView): boolean {
    return container.source.get("deploy", "resources", "limits").present;
}

function limit(container: ContainerView, name: string): readonly (string | number)[] {
    return [...container.path, "deploy", "resources", "limits", name];
}

/** The driver is named, since another one that the engine may have for default would not know the options. */
function limitLogs(container: ContainerView, { platform, settings }: Found): readonly Edit[] {
    const { path } = container;
    const [driver, options] = platform === "compose" ? [[...path, "logging", "driver"], [...path, "logging", "options"]]
        : platform === "docker" ? [[...path, "logDriver"], [...path, "logOpts"]]
            : [[...path, "taskSpec", "logDriver", "name"], [...path, "taskSpec", "logDriver", "options"]];
    const bounded = [set([...options, "max-size"], `${numberOf(settings, "mendMebibytes")}m`)];
    const given = (way: readonly (string | number)[]) => valueAt(container.source, path, way);
    return [
        ...given(driver).present ? [] : [set(driver, "json-file")],
        ...bounded,
        ...given(options).present && given(options).get("max-file").present ? [] : [set([...options, "max-file"], "3")],
    ];
}

function limitTmpfs(container: ContainerView, { platform, at, settings }: Found): readonly Edit[] {
    const mebibytes = numberOf(settings, "mendMebibytes");
    if (platform === "kubernetes") {
        return [set([...at, "emptyDir", "sizeLimit"], `${mebibytes}Mi`)];
    }
    const given = valueAt(container.source, container.path, at);
    if (given.isMapping) {
        return [platform === "compose" ? set([...at, "tmpfs", "size"], mebibytes * 1024 * 1024) : set([...at, "tmpfsOptions", "sizeBytes"], mebibytes * 1024 * 1024)];
    }
    const text = (given.text ?? "").replaceAll(/(^|[:,])size=0(?=,|$)/g, "$1").replace(/[:,]$/, "");
    // Docker's provider has the target for a key, and options alone for a value.
    const between = platform === "compose" && !text.includes(":") ? ":" : text === "" ? "" : ",";
    return [set(at, `${text}${between}size=${mebibytes}m`)];
}

function restart(workload: WorkloadView, found: Found): readonly Edit[] {
    const mend = settingMend({}, "restart", { compose: "unless-stopped", docker: "unless-stopped" });
    return found.platform === "swarm" ? [set([...workload.path, "taskSpec", "restartPolicy", "condition"], "any")] : mend.edits(found);
}
