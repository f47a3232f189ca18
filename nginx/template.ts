import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of this folder. */
export function read(name: string): string {
    return readFileSync(join(__dirname, name), "utf8");
}

/** Fills the `{{names}}` of a template of this folder. Throws on a name without a value and on a value without a name. */
export function fill(name: string, values: Readonly<Record<string, string>>): string {
    const unused = new Set(Object.keys(values));
    const text = read(`templates/${name}`).replaceAll(/\{\{([A-Za-z0-9]+)\}\}/g, (_mark, key: string) => {
        const value = values[key];
        if (value === undefined) {
            throw new Error(`templates/${name} has no value for ${key}`);
        }
        unused.delete(key);
        return value;
    });
    if (unused.size > 0) {
        throw new Error(`templates/${name} does not use ${[...unused].join(", ")}`);
    }
    return text;
}
