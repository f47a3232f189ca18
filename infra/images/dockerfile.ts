import { DockerfileParser } from "dockerfile-ast";

import type { Problem } from "../model/problem";
import { applyLine, type Line, type OpenStage, openStage, type Outside, readArgs, type Stage } from "./dockerfile/stage";
import { expandWord, splitWords } from "./dockerfile/words";

/** What the stage that a build makes declares: see `Stage` for the fields. */
export type DockerfileImage = Stage;

export interface DockerfileOptions {
    /** For problems: where the text is from. */
    readonly file?: string;
    /** Name or number of a stage; the last one otherwise. */
    readonly target?: string;
    /** Build arguments; null ones are taken from an environment that is not known here, so the default stands. */
    readonly args?: Readonly<Record<string, string | null>>;
}

export interface DockerfileReading {
    readonly image?: DockerfileImage;
    readonly problems: readonly Problem[];
}

/** Characters. Real ones have tens of thousands at most; the parser needs seconds for a million. */
const LARGEST = 256 * 1024;

/** The arguments that the builder gives to every `FROM`. The machine that builds is taken for a common one. */
const PLATFORM: Readonly<Record<string, string>> = {
    BUILDPLATFORM: "linux/amd64", BUILDOS: "linux", BUILDARCH: "amd64", BUILDVARIANT: "",
    TARGETPLATFORM: "linux/amd64", TARGETOS: "linux", TARGETARCH: "amd64", TARGETVARIANT: "",
};

/**
 * Reads what an image built from a Dockerfile will declare: user, entrypoint, command, working directory, ports, volumes,
 * variables, and the image that it is built on. Nothing is built or fetched, so what the base declares is not in it:
 * a field that no stage sets is absent, and the base's holds.
 */
export function readDockerfile(text: string, options: DockerfileOptions = {}): DockerfileReading {
    const problem = (line: number, subject: string, fault: string, remedy: string, got?: string): DockerfileReading => ({
        problems: [{
            ...options.file !== undefined && { place: { file: options.file, line, column: 1 } },
            subject, fault, ...got !== undefined && { got }, remedy,
        }],
    });
    if (text.length > LARGEST) {
        return problem(1, "Dockerfile", "is too large", `keep it below ${LARGEST} characters`, `${text.length} characters`);
    }
    const stages = readStages(text, options.args ?? {});
    if (stages.length === 0) {
        return problem(1, "Dockerfile", "has no FROM", "begin the image with FROM image");
    }
    const stage = options.target === undefined ? stages.at(-1) : findStage(stages, options.target);
    if (stage === undefined) {
        return problem(1, "build.target", "is no stage of the Dockerfile", `name one of ${namesOf(stages)}`, options.target);
    }
    return { image: stage.image, problems: [] };
}

function readStages(text: string, args: Readonly<Record<string, string | null>>): OpenStage[] {
    const buildArgs = Object.fromEntries(Object.entries(args).filter((entry): entry is [string, string] => entry[1] !== null));
    let outside: Outside = { buildArgs, globals: { ...PLATFORM } };
    const stages: OpenStage[] = [];
    for (const line of linesOf(text)) {
        const last = stages.at(-1);
        if (line.keyword === "FROM") {
            stages.push(stageOf(line, stages, outside));
        } else if (last !== undefined) {
            stages[stages.length - 1] = applyLine(last, line, outside);
        } else if (line.keyword === "ARG") {
            const { globals } = outside;
            outside = { buildArgs, globals: { ...globals, ...readArgs(line, name => globals[name], { buildArgs, globals: {} }) } };
        }
    }
    return stages;
}

/** Instructions with their continued lines joined. Heredocs belong to the instruction that opens them. */
function linesOf(text: string): Line[] {
    const dockerfile = DockerfileParser.parse(text.replaceAll(/\r\n?/g, "\n"));
    const escape = dockerfile.getEscapeCharacter();
    return dockerfile.getInstructions().map(instruction => ({
        keyword: instruction.getKeyword(),
        text: joinLines(instruction.getRawArgumentsContent() ?? "", escape),
        escape,
    }));
}

/** Takes out comments between continued lines, and the escape characters that continue them. */
function joinLines(raw: string, escape: string): string {
    const kept = raw.split("\n").filter((line, at) => at === 0 || !/^\s*#/.test(line));
    return kept.map(line => line.trimEnd().endsWith(escape) ? line.trimEnd().slice(0, -1) : `${line}\n`).join("").trim();
}

function stageOf(line: Line, stages: readonly OpenStage[], { globals }: Outside): OpenStage {
    const words = splitWords(line.text, line.escape).filter(word => !word.startsWith("--"));
    const base = expandWord(words[0] ?? "", name => globals[name], line.escape);
    const name = words[1]?.toLowerCase() === "as" ? words[2] : undefined;
    return openStage(base, name, stages.findLast(stage => stage.image.name?.toLowerCase() === base.toLowerCase()));
}

function findStage(stages: readonly OpenStage[], target: string): OpenStage | undefined {
    return stages.findLast(stage => stage.image.name?.toLowerCase() === target.toLowerCase())
        ?? (/^\d+$/.test(target) ? stages[Number(target)] : undefined);
}

function namesOf(stages: readonly OpenStage[]): string {
    return stages.map((stage, at) => stage.image.name ?? String(at)).join(", ");
}
