import { posix } from "node:path";

import type { Variables } from "./env/secrets";
import { mergeProjects } from "./merge/merge";
import { type Mapping, type Value, clone, entriesOf, isMapping } from "./value";
import { CONTAINER_KEYS } from "./typed/project";

/**
 * Writes out, in place, what a canonical model implies: default network, dependencies from links and shared namespaces,
 * names of networks and volumes, build defaults, what `pre_start` hooks inherit.
 */
export function normalize(model: Mapping, name: string, variables: Variables): void {
    model.set("name", name);
    normalizeNetworks(model);
    for (const kind of ["services", "jobs"]) {
        for (const container of entriesOf(model, kind)) {
            normalizeContainer(container, variables);
        }
    }
    nameResources(model, name);
}

function normalizeNetworks(model: Mapping): void {
    let usesDefault = false;
    for (const container of ["services", "jobs"].flatMap(kind => entriesOf(model, kind))) {
        if (container.has("provider") || container.has("network_mode")) {
            continue;
        }
        const networks = container.get("networks");
        if (!isMapping(networks) || networks.size === 0) {
            container.set("networks", new Map([["default", null]]));
            usesDefault = true;
        } else {
            usesDefault ||= networks.has("default");
        }
    }
    const networks = model.get("networks");
    const known: Mapping = isMapping(networks) ? networks : new Map();
    if (usesDefault && !known.has("default")) {
        known.set("default", null);
    }
    if (known.size > 0) {
        model.set("networks", known);
    }
}

function normalizeContainer(container: Mapping, variables: Variables): void {
    if (container.get("pull_policy") === "if_not_present") {
        container.set("pull_policy", "missing");
    }
    const build = container.get("build");
    if (isMapping(build)) {
        normalizeBuild(build, variables);
    }
    if (container.has("environment")) {
        container.set("environment", resolveNames(container.get("environment") as Value, variables, true));
    }
    const dependencies = impliedDependencies(container);
    if (dependencies.size > 0) {
        container.set("depends_on", dependencies);
    }
    for (const volume of listOf(container.get("volumes"))) {
        const target = isMapping(volume) ? volume.get("target") : undefined;
        if (isMapping(volume) && typeof target === "string") {
            volume.set("target", posix.normalize(target).replace(/(.)\/$/, "$1"));
        }
    }
    inheritPreStart(container);
}

function normalizeBuild(build: Mapping, variables: Variables): void {
    if ((build.get("context") ?? null) === null) {
        build.set("context", ".");
    }
    if ((build.get("dockerfile") ?? null) === null && (build.get("dockerfile_inline") ?? null) === null) {
        build.set("dockerfile", "Dockerfile");
    }
    if (build.has("args")) {
        build.set("args", resolveNames(build.get("args") as Value, variables, false));
    }
}

/** Gives names without a value the value of the variable; drops those that have none unless `keep`. */
function resolveNames(value: Value, variables: Variables, keep: boolean): Value {
    const { plain, marked } = variables;
    if (Array.isArray(value)) {
        return value.filter((entry): entry is string => typeof entry === "string")
            .map(entry => entry.includes("=") || !plain.has(entry) ? entry : `${entry}=${marked.get(entry) ?? ""}`)
            .filter(entry => keep || entry.includes("="));
    }
    if (!isMapping(value)) {
        return value;
    }
    return new Map([...value].map(([name, entry]): [string, Value] => [name, entry === null && plain.has(name) ? marked.get(name) ?? "" : entry])
        .filter(([, entry]) => keep || entry !== null));
}

function listOf(value: Value | undefined): Value[] {
    return Array.isArray(value) ? value : [];
}

function impliedDependencies(container: Mapping): Mapping {
    const written = container.get("depends_on");
    const dependencies: Mapping = isMapping(written) ? written : new Map();
    const add = (service: string, restart: boolean): void => {
        if (!dependencies.has(service)) {
            dependencies.set(service, new Map<string, Value>([["condition", "service_started"], ["restart", restart], ["required", true]]));
        }
    };
    for (const link of listOf(container.get("links"))) {
        const parts = String(link).split(":");
        add(parts.length === 2 ? parts[0] as string : String(link), true);
    }
    for (const namespace of ["network_mode", "ipc", "pid", "uts", "cgroup"]) {
        const mode = container.get(namespace);
        if (typeof mode === "string" && mode.startsWith("service:")) {
            add(mode.slice("service:".length), true);
        }
    }
    for (const from of listOf(container.get("volumes_from"))) {
        if (!String(from).startsWith("container:")) {
            add(String(from).split(":")[0] as string, false);
        }
    }
    return dependencies;
}

/** A `pre_start` hook runs in a container like the service's: it inherits what it does not say itself, but for volumes. */
function inheritPreStart(service: Mapping): void {
    const hooks = service.get("pre_start");
    if (!Array.isArray(hooks) || hooks.length === 0) {
        return;
    }
    const inherited: Mapping = new Map([...service].filter(([key]) => key !== "volumes" && CONTAINER_KEYS.has(key)));
    const asService = (hook: Mapping): Mapping => new Map([["services", new Map([["hook", hook]])]]);
    hooks.forEach((hook, at) => {
        if (isMapping(hook)) {
            const merged = mergeProjects(asService(clone(inherited)), asService(hook));
            hooks[at] = (merged.get("services") as Mapping).get("hook") as Value;
        }
    });
}

/** Resources without a name are called after the project and their key; external ones after their key. */
function nameResources(model: Mapping, name: string): void {
    for (const kind of ["networks", "volumes", "configs", "secrets"]) {
        const resources = model.get(kind);
        if (!isMapping(resources)) {
            continue;
        }
        for (const [key, value] of resources) {
            const resource: Mapping = isMapping(value) ? value : new Map();
            if ((resource.get("name") ?? null) === null) {
                const external = ["true", "1", "t", "T", "TRUE", "True"].includes(String(resource.get("external") ?? ""));
                resource.set("name", external ? key : `${name}_${key}`);
            }
            resources.set(key, resource);
        }
    }
}
