import { isFailure, readDocuments } from "./documents";
import { UsageError } from "../usage";
import { type Configuration, readConfiguration } from "../../policies/configuration";

/** A configuration with the file that it was read from, as the Pulumi CLI takes it. */
export interface PolicyConfig extends Configuration {
    readonly file: Readonly<Record<string, unknown>>;
}

/**
 * Reads how rules are to be judged, from a file as `pulumi preview --policy-pack-config` takes it (JSON, or the same as YAML).
 * @param base what is judged where the file says nothing
 * @throws UsageError that names every place of the file that is wrong
 */
export function readPolicyConfig(path: string, base: Pick<Configuration, "rules" | "settings">): PolicyConfig {
    const read = readDocuments(path);
    if (isFailure(read)) {
        throw new UsageError(`${path}${read.line > 0 ? `:${read.line}` : ""} ${read.message}`);
    }
    const [root = {}] = read.documents;
    const result = readConfiguration(base, root);
    if (!("rules" in result)) {
        throw new UsageError(result.map(({ at, message }) => `${path}:${read.place(0, at)?.line ?? 1} ${at.join(".")} ${message}`).join("\n"));
    }
    const exemptions = result.exemptions.map(({ at, ...exemption }) => {
        const spot = read.place(0, at);
        return { ...exemption, at, place: { path, line: spot?.line ?? 0, column: spot?.column ?? 0 } };
    });
    return { ...result, exemptions, file: root as PolicyConfig["file"] };
}
