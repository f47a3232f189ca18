import { pairsOf, readInstruction, wordsOf } from "./instruction";
import { NoDockerfile, linesOf } from "./lines";
import { bind, lookUp, variables } from "./variables";
import type { Instruction } from "./instruction";
import type { Comment, LogicalLine } from "./lines";
import type { Scope, Variables } from "./variables";
import type { Path } from "../unfinished";

/** What one FROM begins. */
export interface Stage {
    readonly at: number;
    /** In lower case, as the builder compares them; undefined where it has none. */
    readonly name: string | undefined;
    readonly from: Instruction;
    /** The earlier stage that it builds upon; undefined for an image. */
    readonly parent: Stage | undefined;
    /** The image that it builds upon, variables replaced where they are known; undefined for an earlier stage and for `scratch`. */
    readonly image: string | undefined;
    /** What follows FROM, in order. */
    readonly instructions: readonly Instruction[];
}

/** A Dockerfile, taken apart. */
export interface Dockerfile {
    /** Every instruction, in order, those before the first FROM too. */
    readonly instructions: readonly Instruction[];
    readonly stages: readonly Stage[];
    /** The stage that is the image. */
    readonly final: Stage;
    readonly comments: readonly Comment[];
    readonly directives: Readonly<Record<string, string>>;
    readonly pathOf: (line: number) => Path;
}

export interface DockerfileOptions {
    /** The stage that is built, by name or number; the last one if undefined. */
    readonly target?: string;
    /** Build arguments: they stand for the defaults of `ARG`. */
    readonly args?: Readonly<Record<string, string>>;
    /** Names of build arguments that are given, with values that are not known yet. */
    readonly unknownArgs?: readonly string[];
}

/** Characters. Real ones have tens of thousands at most. */
const LARGEST = 256 * 1024;

/**
 * Takes a Dockerfile apart.
 * @param base the way to its text, for places
 * @throws NoDockerfile with the line and the reason
 */
export function readDockerfile(text: string, base: Path = [], options: DockerfileOptions = {}): Dockerfile {
    if (text.length > LARGEST) {
        throw new NoDockerfile(1, `it is too large (${text.length} characters, at most ${LARGEST})`);
    }
    if (text.includes("\0")) {
        throw new NoDockerfile(1, "it is no text");
    }
    const { lines, comments, directives } = linesOf(text);
    const reader = new Reader(base, options.args ?? {});
    lines.forEach(line => { reader.read(line); });
    const final = finalOf(reader.stages, options.target);
    return { instructions: reader.instructions, stages: reader.stages, final, comments, directives, pathOf: line => [...base, "lines", line] };
}

function finalOf(stages: readonly Stage[], target: string | undefined): Stage {
    const last = stages.at(-1);
    if (last === undefined) {
        throw new NoDockerfile(1, "it has no FROM");
    }
    if (target === undefined || target === "") {
        return last;
    }
    const named = stageOf(stages, target);
    if (named === undefined) {
        throw new NoDockerfile(1, `it has no stage "${target}"`);
    }
    return named;
}

/** A stage by its name, which goes first, or by its number. */
export function stageOf(stages: readonly Stage[], name: string): Stage | undefined {
    return stages.findLast(stage => stage.name === name.toLowerCase()) ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined);
}

/** A stage and those that it builds upon, the nearest first. */
export function chainOf(stage: Stage): readonly Stage[] {
    const chain: Stage[] = [];
    for (let next: Stage | undefined = stage; next !== undefined; next = next.parent) {
        chain.push(next);
    }
    return chain;
}

/** The last instruction of this kind that makes the final image what it is. */
export function lastOf(file: Dockerfile, keyword: string): Instruction | undefined {
    for (const stage of chainOf(file.final)) {
        const found = stage.instructions.findLast(instruction => instruction.keyword === keyword && !instruction.onbuild);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

class Reader {
    readonly instructions: Instruction[] = [];
    readonly stages: (Stage & { instructions: Instruction[] })[] = [];
    private readonly named = new Map<string, Stage>();
    private readonly globals = variables();
    private environment = variables();
    private declared = this.globals;
    /** The environment of each stage, for those that build upon it. */
    private readonly environments = new Map<Stage, Variables>();

    constructor(private readonly base: Path, private readonly args: Readonly<Record<string, string>>) {}

    private get scope(): Scope {
        return { environment: this.environment, args: this.declared, at: this.instructions.length };
    }

    read(line: LogicalLine): void {
        const instruction = readInstruction(line, this.scope, this.base);
        const stage = this.stages.at(-1);
        if (instruction.keyword === "FROM") {
            this.open(instruction);
        } else if (stage !== undefined) {
            stage.instructions.push(instruction);
        } else if (instruction.keyword !== "ARG") {
            throw new NoDockerfile(instruction.line, `${instruction.keyword} stands before the first FROM`);
        }
        this.note(instruction);
        this.instructions.push(instruction);
    }

    private open(from: Instruction): void {
        const [reference = "", as, name, ...more] = wordsOf({ ...from, scope: { environment: variables(), args: this.globals, at: from.scope.at } });
        if (as !== undefined && (as.toLowerCase() !== "as" || name === undefined || more.length > 0)) {
            throw new NoDockerfile(from.line, "FROM takes an image, and AS with a name");
        }
        const parent = this.named.get(reference.toLowerCase());
        const image = parent !== undefined || reference.toLowerCase() === "scratch" ? undefined : reference;
        const stage = { at: this.stages.length, name: name?.toLowerCase(), from, parent, image, instructions: [] };
        this.stages.push(stage);
        if (stage.name !== undefined) {
            this.named.set(stage.name, stage);
        }
        this.environment = variables(parent === undefined ? undefined : this.environments.get(parent));
        this.declared = variables();
        this.environments.set(stage, this.environment);
    }

    /** What the build is given goes before a default; a name alone takes the value from before the first FROM. */
    private note(instruction: Instruction): void {
        const { scope: { at }, keyword, onbuild } = instruction;
        if (onbuild || keyword !== "ENV" && keyword !== "ARG") {
            return;
        }
        for (const { name, value } of pairsOf(instruction)) {
            if (keyword === "ENV") {
                bind(this.environment, at, name, value);
            } else {
                const given = Object.hasOwn(this.args, name) ? this.args[name] : value;
                bind(this.declared, at, name, given ?? lookUp({ environment: variables(), args: this.globals, at }, name));
            }
        }
    }
}
