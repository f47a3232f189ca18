import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { CORE_SCHEMA, YAMLException, load } from "js-yaml";

import { refuseProblems } from "../infra/model/problem";

/** A stack's settings as its Pulumi.<stack>.yaml has them; encrypted values are there by key only. */
export interface Stack {
    readonly name: string;
    /** Plain values by full key, `portcullis:system`. */
    readonly config: Readonly<Record<string, string>>;
    readonly secretKeys: readonly string[];
}

/**
 * Reads the settings of a stack. Without a file for it the stack has none, and everything is as strict as production.
 * @throws ProblemsError for a file that is no stack configuration
 */
export function readStack(root: string, name: string): Stack {
    const file = join(root, `Pulumi.${name}.yaml`);
    if (!existsSync(file)) {
        return { name, config: {}, secretKeys: [] };
    }
    const entries = Object.entries(configOf(file));
    const secret = entries.filter(([, value]) => isSecure(value));
    return {
        name,
        config: Object.fromEntries(entries.filter(([, value]) => !isSecure(value)).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)])),
        secretKeys: secret.map(([key]) => key),
    };
}

function configOf(file: string): object {
    const fault = (got: string, line: number): [] => {
        refuseProblems([{ place: { file, line, column: 1 }, subject: "the stack's configuration", fault: "cannot be read", got, remedy: "mend the file" }]);
        return [];
    };
    try {
        const document = load(readFileSync(file, "utf8"), { schema: CORE_SCHEMA });
        const config = (document as { config?: unknown } | null)?.config ?? {};
        return typeof config === "object" && config !== null && !Array.isArray(config) ? config : fault("config is not a mapping", 1);
    } catch (error) {
        if (error instanceof YAMLException) {
            return fault(error.reason, (error.mark?.line ?? 0) + 1);
        }
        throw error;
    }
}

function isSecure(value: unknown): boolean {
    return typeof value === "object" && value !== null && "secure" in value;
}
