import { NoDockerfile } from "./lines";
import { readDockerfile } from "./model";
import { flagOf } from "./instruction";
import { NOTHING } from "../types";
import { Malformed, Unknown } from "../unfinished";
import type { Value } from "../value";
import type { Instruction } from "./instruction";
import type { Dockerfile, DockerfileOptions } from "./model";
import type { ImageView, ObjectView, Origin, Piece, Seen } from "../types";

/** The type of a Dockerfile's object. */
export const DOCKERFILE = "dockerfile";

/** Where a Dockerfile is from, for messages: its file, or the service whose build holds it. */
export interface DockerfileName {
    /** The subject's name. */
    readonly name: string;
    /** `Dockerfile "api/Dockerfile"`. */
    readonly label: string;
}

interface DockerfileView extends ObjectView {
    readonly dockerfile: Dockerfile;
}

/** The Dockerfile of an object of type `dockerfile`. Throws `Malformed` for what is none, `Unknown` for one not known yet. */
export function dockerfileOf(view: ObjectView): Dockerfile {
    if (!("dockerfile" in view)) {
        throw new Malformed(view.path, "a Dockerfile");
    }
    return (view as DockerfileView).dockerfile;
}

/** What a Dockerfile shows: itself, and the images that it builds upon or copies from. */
export function dockerfilePiece(origin: Origin, text: Value, { name, label }: DockerfileName, options: () => DockerfileOptions = () => ({})): Piece {
    const subject = { kind: "Dockerfile", name, namespace: "", container: "" };
    const seen: Seen = { origin, subject, label, path: text.path, place: () => text.path };
    const parsed = once(() => parse(text, options()));
    const view: DockerfileView = { ...seen, platform: "dockerfile", type: DOCKERFILE, value: text, get dockerfile() { return parsed(); } };
    return { ...NOTHING, origin, subject, objects: [view], get images() { return images(seen, parsed, options); } };
}

function parse(text: Value, options: DockerfileOptions): Dockerfile {
    try {
        return readDockerfile(text.text ?? "", text.path, options);
    } catch (error) {
        if (error instanceof NoDockerfile) {
            throw new Malformed(text.path, `a Dockerfile (${error.message})`);
        }
        throw error;
    }
}

function once<Result>(make: () => Result): () => Result {
    let made: { readonly result: Result } | undefined;
    return () => (made ??= { result: make() }).result;
}

/** What cannot be read shows one image that says so when it is asked. */
function images(seen: Seen, parsed: () => Dockerfile, options: () => DockerfileOptions): ImageView[] {
    let file: Dockerfile;
    try {
        file = parsed();
    } catch {
        return [{ ...seen, get reference() { parsed(); return undefined; } }];
    }
    const { unknownArgs = [] } = options();
    const imageAt = (instruction: Instruction, reference: string): ImageView => ({
        ...seen, path: instruction.path, place: () => instruction.path,
        base: instruction.keyword === "FROM",
        label: instruction.keyword === "FROM" ? `base image of ${seen.label}` : `image that ${seen.label} copies from`,
        get reference() {
            if (unknownArgs.some(name => reference.includes(`$${name}`) || reference.includes(`\${${name}`))) {
                throw new Unknown(instruction.path);
            }
            return reference;
        },
    });
    return [
        ...file.stages.flatMap(stage => stage.image === undefined ? [] : [imageAt(stage.from, stage.image)]),
        ...file.stages.flatMap(stage => stage.instructions.flatMap(instruction => sourcesOf(instruction)
            .filter(isImage).map(source => imageAt(instruction, source)))),
    ];
}

/** Images that an instruction copies or mounts from. */
function sourcesOf(instruction: Instruction): string[] {
    const mounts = instruction.flags.filter(({ name }) => name === "mount").map(({ value }) => /(?:^|,)from=([^,]+)/.exec(value)?.[1]);
    const from = instruction.keyword === "COPY" ? flagOf(instruction, "from") : undefined;
    return [from, ...mounts].filter(source => source !== undefined);
}

/** A plain name is one of a stage, or of the build's own contexts: only what is written like an image is one. */
function isImage(source: string): boolean {
    return /[:/@]/.test(source);
}
