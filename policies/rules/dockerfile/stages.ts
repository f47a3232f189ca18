import { dockerfileRule, faultsIn, quoted } from "./define";
import { flagOf, wordsOf } from "../../view/dockerfile/instruction";
import { stageOf } from "../../view/dockerfile/model";
import type { Rule } from "../../rule";
import type { Instruction } from "../../view/dockerfile/instruction";
import type { Dockerfile, Stage } from "../../view/dockerfile/model";
import type { Fault } from "../../view/unfinished";

export const STAGE_RULES: readonly Rule[] = [
    /** The wrong stage is copied from, or more than was meant, and nothing says so. */
    dockerfileRule({
        id: "unsound-stage",
        severity: "low",
        title: "Stages have names of their own, and copy what they need from others than themselves",
        fix: "name each stage once (`FROM … AS name`), and copy single paths from it by that name",
        benchmarks: ["Docker: Multi-stage builds"],
        controls: ["SC-42"],

        check: file => [
            ...repeatedNames(file.stages),
            ...file.stages.flatMap(stage => faultsIn(stage.instructions.filter(({ keyword }) => keyword === "COPY"), copy => copied(file, stage, copy))),
        ],
    }),
];

function repeatedNames(stages: readonly Stage[]): readonly Fault[] {
    const seen = new Set<string>();
    return stages.flatMap(({ name, from }) => {
        const again = name !== undefined && seen.has(name);
        seen.add(name ?? "");
        return again ? [{ message: `has two stages of one name (${name})`, at: from.path }] : [];
    });
}

function copied(file: Dockerfile, stage: Stage, copy: Instruction): string | undefined {
    const from = flagOf(copy, "from");
    if (from === undefined || from.includes("$")) {
        return undefined;
    }
    const source = stageOf(file.stages, from);
    if (source !== undefined && source.at === stage.at) {
        return `copies from the stage itself (--from=${from})`;
    }
    if (source !== undefined && source.at > stage.at) {
        return `copies from a stage that comes later (--from=${from})`;
    }
    if (/^\d+$/.test(from)) {
        return source === undefined ? `copies from a stage that there is none of (--from=${from})` : `copies from a stage by its number, which changes (--from=${from})`;
    }
    const words = wordsOf(copy);
    return words.length === 2 && words[0] === "/" ? `copies the whole file system of another stage or image (COPY --from=${quoted(from)} /)` : undefined;
}
