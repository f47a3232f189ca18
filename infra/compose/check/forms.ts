import { isIP } from "node:net";

import type { Path } from "../../model/problem";
import { type Fault, FaultError, collect, fail, shorten } from "../fault";
import { type Rules, makeRules } from "../rules";
import { type Mapping, type Value, isMapping } from "../value";

type Check = (value: Value, path: Path) => void;

const RULES = makeRules<Check>({
    "volumes.*": checkExternal,
    "configs.*": oneSource("file", "environment", "content"),
    "secrets.*": oneSource("file", "environment"),
    "services.*.ports.*": checkAddress,
    "services.*.develop.watch.*.path": checkPath,
    "services.*.deploy.resources.reservations.devices.*": checkDevices,
    "services.*.gpus.*": checkDevices,
});

/**
 * Refuses long forms whose parts contradict each other.
 * @throws FaultError with all of them
 */
export function checkForms(project: Mapping): void {
    const faults: Fault[] = [];
    each(project, [], RULES, faults);
    if (faults.length > 0) {
        throw new FaultError(faults);
    }
}

function each(value: Value, path: Path, rules: Rules<Check>, faults: Fault[]): void {
    const { here } = rules;
    if (here !== undefined) {
        collect(faults, () => { here(value, path); });
    } else if (rules.deeper && isMapping(value)) {
        value.forEach((entry, key) => { each(entry, [...path, key], rules.next(key), faults); });
    } else if (rules.deeper && Array.isArray(value)) {
        value.forEach((entry, at) => { each(entry, [...path, at], rules.next("[]"), faults); });
    }
}

function checkExternal(value: Value, path: Path): void {
    if (!isMapping(value) || value.get("external") !== true) {
        return;
    }
    for (const key of value.keys()) {
        if (key !== "name" && key !== "external" && !key.startsWith("x-")) {
            fail([...path, key], "contradicts external", { remedy: "remove one of the two" });
        }
    }
}

function oneSource(...keys: readonly string[]): Check {
    return (value, path) => {
        if (!isMapping(value)) {
            fail(path, "is empty", { remedy: `set one of ${keys.join(", ")}` });
        }
        const present = keys.filter(key => value.has(key));
        if (present.length > 1) {
            fail(path, `has more than one source (${present.join(", ")})`, { remedy: "keep one" });
        }
        if (present.length === 0 && !value.has("driver") && !value.has("external")) {
            fail(path, "has no source", { remedy: `set one of ${keys.join(", ")}` });
        }
    };
}

function checkAddress(value: Value, path: Path): void {
    const address = isMapping(value) ? value.get("host_ip") : undefined;
    if (typeof address === "string" && (isIP(address) === 0 || address.includes("%"))) {
        fail([...path, "host_ip"], "is not an IP address", { got: shorten(address) });
    }
}

function checkPath(value: Value, path: Path): void {
    if (value === "") {
        fail(path, "is empty", { remedy: "write the path to watch" });
    }
}

function checkDevices(value: Value, path: Path): void {
    if (isMapping(value) && value.has("count") && value.has("device_ids")) {
        fail(path, "has both count and device_ids", { remedy: "keep one" });
    }
}
