import { dockerfilePiece } from "./view";
import type { DockerfileOptions } from "./model";
import type { Value } from "../value";
import type { Origin, Piece } from "../types";

/** The Dockerfile that the build of a Compose service holds, if it holds one. */
export function composeDockerfiles(origin: Origin, service: string, definition: Value): Piece[] {
    const build = definition.known && definition.isMapping ? definition.get("build") : undefined;
    if (build?.known !== true || !build.present || !build.isMapping) {
        return [];
    }
    return inline(origin, build.get("dockerfile_inline"), { name: service, label: `Dockerfile of service "${service}"` }, build.get("args"), build.get("target"));
}

/** The Dockerfile that a `docker-build:index:Image` holds, if it holds one. */
export function resourceDockerfiles(origin: Origin, resource: string, inputs: Value): Piece[] {
    const given = inputs.get("dockerfile");
    if (given.known && (!given.present || !given.isMapping)) {
        return [];
    }
    const text = given.known ? given.get("inline") : given;
    return inline(origin, text, { name: resource, label: `Dockerfile of image "${resource}"` }, inputs.get("buildArgs"), inputs.get("target"));
}

function inline(origin: Origin, text: Value, name: { readonly name: string; readonly label: string }, args: Value, target: Value): Piece[] {
    if (text.known && !text.present) {
        return [];
    }
    return [dockerfilePiece(origin, text, name, () => ({ ...argumentsOf(args), target: target.text }))];
}

/** Arguments as a mapping or as a list of `NAME=value`. One without a value is the deploying shell's, and not known here. */
function argumentsOf(given: Value): Pick<DockerfileOptions, "args" | "unknownArgs"> {
    const args: Record<string, string> = {};
    const unknownArgs: string[] = [];
    for (const item of given.known && given.present && given.isList ? given.items : []) {
        const [, name = "", value] = /^([^=]*)(?:=(.*))?$/s.exec(item.known ? item.text ?? "" : "") ?? [];
        add(name, value, item.known);
    }
    for (const [name, value] of given.known && given.present && given.isMapping ? given.entries : []) {
        add(name, value.known ? value.text : undefined, value.known);
    }
    return { args, unknownArgs };

    function add(name: string, value: string | undefined, known: boolean): void {
        if (!known) {
            unknownArgs.push(name);
        } else if (value !== undefined) {
            args[name] = value;
        }
    }
}
