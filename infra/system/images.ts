import { EDGE_IMAGE } from "../edge/constants";
import type { System } from "./load";

/** The image references of a system that a registry can answer for: those that are pulled, and the edge's, sorted. */
export function factsNeeded({ application, declaration }: System): string[] {
    const services = application.services.filter(({ name }) => declaration.services?.[name]?.enabled !== false);
    const own = services.flatMap(({ name, image, build }) => declaration.services?.[name]?.image ?? (build === undefined && image !== undefined ? image : []));
    const edge = declaration.exposure === "local" && declaration.edge === undefined ? [] : [EDGE_IMAGE];
    return [...new Set([...own, ...edge])].filter(reference => !/^sha256:/.test(reference)).sort();
}
