import { type Rules, makeRules } from "../rules";
import { type Mapping, type Value, isMapping, textOf } from "../value";

/** Fills in what is left out of a mapping. */
type Default = (map: Mapping) => void;

const WORKLOAD_DEFAULTS: Readonly<Record<string, Default>> = {
    build: map => { fill(map, "context", "."); },
    "secrets.*": map => { fill(map, "target", `/run/secrets/${textOf(map.get("source") ?? null)}`); },
    "ports.*": map => {
        fill(map, "protocol", "tcp");
        fill(map, "mode", "ingress");
    },
    "gpus.*": countAll,
    "volumes.*.bind": map => { fill(map, "create_host_path", true); },
};

const RULES = makeRules<Default>({
    ...Object.fromEntries(["services.*", "jobs.*"].flatMap(prefix =>
        Object.entries(WORKLOAD_DEFAULTS).map(([key, rule]) => [`${prefix}.${key}`, rule]))),
    "services.*.deploy.resources.reservations.devices.*": countAll,
});

function fill(map: Mapping, key: string, value: Value): void {
    if (!map.has(key)) {
        map.set(key, value);
    }
}

function countAll(map: Mapping): void {
    if (!map.has("count") && !map.has("device_ids")) {
        map.set("count", "all");
    }
}

/** Fills in, in place, what a project leaves out and the specification gives a value. */
export function setDefaults(project: Mapping): void {
    each(project, RULES);
}

function each(value: Value, rules: Rules<Default>): void {
    if (rules.here !== undefined) {
        if (isMapping(value)) {
            rules.here(value);
        }
        return;
    }
    if (!rules.deeper) {
        return;
    }
    if (isMapping(value)) {
        value.forEach((entry, key) => { each(entry, rules.next(key)); });
    } else if (Array.isArray(value)) {
        const next = rules.next("[]");
        value.forEach(entry => { each(entry, next); });
    }
}

/** Drops empty name servers, which a variable that is not set leaves behind. */
export function dropEmpty(project: Mapping): void {
    for (const kind of ["services", "jobs"]) {
        const containers = project.get(kind);
        if (!isMapping(containers)) {
            continue;
        }
        for (const container of containers.values()) {
            const servers = isMapping(container) ? container.get("dns") : undefined;
            if (isMapping(container) && Array.isArray(servers)) {
                container.set("dns", servers.filter(server => server !== null && server !== ""));
            }
        }
    }
}
