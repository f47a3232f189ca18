import { type Mapping, type Value, isMapping } from "../value";
import { EXTENSIONS } from "./kind";

/** Mappings with keys of the user's, in which a name may begin with `x-`. */
const NAMED = ["services", "volumes", "networks", "secrets", "configs"];

/** Puts the extensions (`x-…`) of every mapping of a model under one key of their own, in place. */
export function gatherExtensions(model: Mapping): void {
    gather(model, []);
}

function gather(map: Mapping, path: readonly string[]): void {
    const named = path.length === 1 && NAMED.includes(path[0] as string)
        || path.length === 3 && path[0] === "services" && path[2] === "depends_on";
    const extensions: Mapping = new Map();
    for (const [key, value] of map) {
        if (!named && key.startsWith("x-")) {
            extensions.set(key, value);
            map.delete(key);
        } else {
            below(value, [...path, key]);
        }
    }
    if (extensions.size > 0) {
        map.set(EXTENSIONS, extensions);
    }
}

function below(value: Value, path: readonly string[]): void {
    if (isMapping(value)) {
        gather(value, path);
    } else if (Array.isArray(value)) {
        value.forEach((item, at) => {
            if (isMapping(item)) {
                gather(item, [...path, String(at)]);
            }
        });
    }
}
