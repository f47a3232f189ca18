import type { Path } from "../../model/problem";
import { type Fault, FaultError } from "../fault";
import { parseBytes } from "../typed/scalars";
import type { Data, DataObject } from "../typed/kind";
import type { TypedProject } from "../project";
import { checkCircles } from "./circles";

/** Tells of a fault of a service. */
export type Report = (path: Path, fault: string, more?: Partial<Fault>) => void;

/**
 * Checks that the parts of a project fit together: references, keys that exclude each other, circles. A scale is taken
 * over into `deploy.replicas`.
 * @throws FaultError with everything found
 */
export function checkConsistency(project: TypedProject): void {
    const faults: Fault[] = [];
    const report: Report = (path, fault, more) => { faults.push({ path, fault, ...more }); };
    for (const [name, data] of Object.entries(project.parts.services)) {
        const service = data as DataObject;
        const path: Path = ["services", name];
        checkSource(project, service, path, report);
        checkNetworks(project, service, path, report);
        checkDependencies(project, service, path, report);
        checkReferences(project, service, path, report);
        checkScale(service, path, report);
        checkLimits(service, path, report);
        checkWatch(service, path, report);
        checkTargets(service, path, report);
    }
    checkJobs(project, report);
    checkContainerNames(project, report);
    for (const [name, data] of Object.entries(project.parts.secrets)) {
        const secret = data as DataObject;
        if (secret["external"] !== true && text(secret["file"]) === "" && text(secret["environment"]) === "") {
            report(["secrets", name], "has no source", { remedy: "set file or environment" });
        }
    }
    if (faults.length === 0) {
        checkCircles(project, report);
    }
    if (faults.length > 0) {
        throw new FaultError(faults);
    }
}

const text = (data: Data | undefined): string => typeof data === "string" ? data : "";
const object = (data: Data | undefined): DataObject => (data ?? {}) as DataObject;
const list = (data: Data | undefined): Data[] => (data ?? []) as Data[];

function checkSource(project: TypedProject, service: DataObject, path: Path, report: Report): void {
    if (service["build"] === undefined && text(service["image"]) === "" && service["provider"] === undefined) {
        report(path, "has neither an image nor a build", { remedy: "write image: or build:" });
    }
    if (service["build"] !== undefined) {
        checkBuild(project, service, object(service["build"]), path, report);
    }
}

function checkBuild(project: TypedProject, service: DataObject, build: DataObject, path: Path, report: Report): void {
    if (text(build["dockerfile"]) !== "" && text(build["dockerfile_inline"]) !== "") {
        report([...path, "build", "dockerfile_inline"], "excludes dockerfile", { remedy: "keep one" });
    }
    for (const [key, context] of Object.entries(object(build["additional_contexts"]))) {
        const target = text(context).startsWith("service:") ? text(context).slice("service:".length) : undefined;
        const found = target === undefined ? undefined : project.parts.services[target] ?? project.disabled.services[target];
        if (target !== undefined && object(found)["build"] === undefined) {
            report([...path, "build", "additional_contexts", key], found === undefined ? "names a service that does not exist" : "names a service that is not built", { got: target });
        }
    }
    const platforms = list(build["platforms"]);
    if (platforms.length > 0 && text(service["platform"]) !== "" && !platforms.includes(text(service["platform"]))) {
        report([...path, "build", "platforms"], "does not hold the service's platform", { got: text(service["platform"]) });
    }
}

function checkNetworks(project: TypedProject, service: DataObject, path: Path, report: Report): void {
    const mode = text(service["network_mode"]);
    const networks = Object.keys(object(service["networks"]));
    if (mode !== "" && networks.length > 0) {
        report([...path, "network_mode"], "excludes networks", { remedy: "keep one" });
    }
    for (const network of networks) {
        if (project.parts.networks[network] === undefined) {
            report([...path, "networks", network], "is not defined", { remedy: `define it under networks:` });
        }
    }
    const shared = mode.startsWith("service:") ? mode.slice("service:".length) : undefined;
    if (shared !== undefined && project.parts.services[shared] === undefined) {
        report([...path, "network_mode"], "names a service that does not exist or is not enabled", { got: shared });
    }
}

function checkDependencies(project: TypedProject, service: DataObject, path: Path, report: Report): void {
    for (const [name, condition] of Object.entries(object(service["depends_on"]))) {
        const disabled = project.disabled.services[name] !== undefined;
        if (project.parts.services[name] !== undefined || disabled && object(condition)["required"] !== true) {
            continue;
        }
        const fault = disabled ? "is needed but no profile enables it"
            : project.parts.jobs[name] !== undefined ? "is a job, which a service cannot depend on" : "is not a service";
        report([...path, "depends_on", name], fault, disabled
            ? { remedy: `enable one of its profiles: ${list(object(project.disabled.services[name])["profiles"]).join(", ")}` } : {});
    }
    const test = list(object(service["healthcheck"])["test"]);
    if (test.length > 0 && !["CMD", "CMD-SHELL", "NONE"].includes(text(test[0]))) {
        report([...path, "healthcheck", "test"], "begins with another word than CMD, CMD-SHELL and NONE", { remedy: "write [\"CMD\", …]" });
    }
}

function checkReferences(project: TypedProject, service: DataObject, path: Path, report: Report): void {
    const check = (kind: "volumes" | "secrets" | "configs" | "models", name: string, at: Path): void => {
        if (project.parts[kind][name] === undefined) {
            report(at, "is not defined", { got: name, remedy: `define it under ${kind}:` });
        }
    };
    list(service["volumes"]).forEach((entry, at) => {
        const mount = object(entry);
        if (mount["type"] === "volume" && text(mount["source"]) !== "") {
            check("volumes", text(mount["source"]), [...path, "volumes", at]);
        }
    });
    for (const [kind, holder, at] of [["secrets", service, path], ["configs", service, path],
        ["secrets", object(service["build"]), [...path, "build"]]] as const) {
        list(holder[kind]).forEach((entry, index) => { check(kind, text(object(entry)["source"]), [...at, kind, index]); });
    }
    Object.keys(object(service["models"])).forEach(name => { check("models", name, [...path, "models", name]); });
}

function checkScale(service: DataObject, path: Path, report: Report): void {
    const deploy = service["deploy"] === undefined ? undefined : object(service["deploy"]);
    const { scale } = service;
    if (scale !== undefined && deploy !== undefined) {
        if (deploy["replicas"] !== undefined && deploy["replicas"] !== scale) {
            report([...path, "scale"], "contradicts deploy.replicas", { remedy: "keep one" });
        }
        deploy["replicas"] = scale;
    }
    const count = Number(scale ?? deploy?.["replicas"] ?? 1);
    if (count < 0) {
        report(scale === undefined ? [...path, "deploy", "replicas"] : [...path, "scale"], "is less than 0", { got: String(count) });
    }
    if (count > 1 && text(service["container_name"]) !== "") {
        report([...path, "container_name"], "cannot be that of several containers", { remedy: "remove it, or run one" });
    }
}

function checkLimits(service: DataObject, path: Path, report: Report): void {
    const resources = object(object(service["deploy"])["resources"]);
    for (const [key, part, other] of [["cpus", "limits", "cpus"], ["mem_limit", "limits", "memory"],
        ["mem_reservation", "reservations", "memory"], ["pids_limit", "limits", "pids"]] as const) {
        const value = amount(service[key]);
        if (value !== 0 && resources[part] !== undefined && amount(object(resources[part])[other]) !== value) {
            report([...path, key], `contradicts deploy.resources.${part}.${other}`, { remedy: "keep one" });
        }
    }
}

function amount(data: Data | undefined): number {
    return typeof data === "string" ? parseBytes(data) ?? 0 : Number(data ?? 0);
}

function checkWatch(service: DataObject, path: Path, report: Report): void {
    list(object(service["develop"])["watch"]).forEach((entry, at) => {
        const { target, action } = object(entry);
        if (text(target) === "" && action !== "rebuild" && action !== "restart") {
            report([...path, "develop", "watch", at], "has no target", { remedy: "write where to copy to, or action: rebuild" });
        }
    });
}

function checkTargets(service: DataObject, path: Path, report: Report): void {
    const seen = new Set<string>();
    const check = (target: string, at: Path): void => {
        if (seen.has(target)) {
            report(at, "is mounted where something else is mounted", { got: target });
        }
        seen.add(target);
    };
    list(service["tmpfs"]).forEach((entry, at) => { check(text(entry).split(":", 1)[0] as string, [...path, "tmpfs", at]); });
    list(service["volumes"]).forEach((entry, at) => { check(text(object(entry)["target"]), [...path, "volumes", at]); });
}

function checkJobs(project: TypedProject, report: Report): void {
    const { services, jobs } = project.parts;
    for (const name of [...Object.keys(jobs), ...Object.keys(project.disabled.jobs)]) {
        if (services[name] !== undefined || project.disabled.services[name] !== undefined) {
            report(["jobs", name], "has the name of a service", { remedy: "give it another name" });
        }
    }
    for (const [name, job] of Object.entries(jobs)) {
        for (const [needed, condition] of Object.entries(object(object(job)["depends_on"]))) {
            const optional = project.disabled.services[needed] !== undefined && object(condition)["required"] !== true;
            if (jobs[needed] === undefined && services[needed] === undefined && !optional) {
                report(["jobs", name, "depends_on", needed], "is neither a service nor a job that is enabled");
            }
        }
    }
}

function checkContainerNames(project: TypedProject, report: Report): void {
    const names = new Map<string, string>();
    for (const [service, data] of Object.entries(project.parts.services)) {
        const name = text(object(data)["container_name"]);
        if (name !== "" && names.has(name)) {
            report(["services", service, "container_name"], `is already that of ${names.get(name)}`, { got: name });
        }
        names.set(name, service);
    }
}
