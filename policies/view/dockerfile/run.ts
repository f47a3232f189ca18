import { commandsIn } from "./shell";
import type { Command } from "./shell";
import type { Dockerfile, Stage } from "./model";
import type { Instruction } from "./instruction";
import type { Path } from "../unfinished";

/** A command that the build carries out, and where it is written. */
export interface BuildCommand extends Command {
    readonly run: Instruction;
    readonly stage: Stage;
    readonly path: Path;
}

/** A RUN with the shell that carries it out. */
export interface Run {
    readonly instruction: Instruction;
    readonly stage: Stage;
    /** Empty where it is started without one. */
    readonly shell: readonly string[];
    readonly commands: readonly BuildCommand[];
}

const LINUX: readonly string[] = ["/bin/sh", "-c"];
const POSIX = /(?:^|\/)(?:sh|bash|ash|dash|zsh|ksh|busybox)$/;
const runs = new WeakMap<Dockerfile, readonly Run[]>();
const commands = new WeakMap<Dockerfile, readonly BuildCommand[]>();

/** Every RUN of a Dockerfile, in order. Texts for shells that are not POSIX, e.g. PowerShell, show no commands. */
export function runsOf(file: Dockerfile): readonly Run[] {
    const known = runs.get(file);
    if (known !== undefined) {
        return known;
    }
    const shells = new Map<Stage, readonly string[]>();
    const found = file.stages.flatMap(stage => {
        let shell = (stage.parent === undefined ? undefined : shells.get(stage.parent)) ?? LINUX;
        const ofStage = stage.instructions.flatMap(instruction => {
            shell = instruction.keyword === "SHELL" ? instruction.list ?? shell : shell;
            return instruction.keyword === "RUN" ? [runOf(instruction, stage, shell)] : [];
        });
        shells.set(stage, shell);
        return ofStage;
    });
    runs.set(file, found);
    return found;
}

/** Every command that the build carries out. */
export function commandsOf(file: Dockerfile): readonly BuildCommand[] {
    const found = commands.get(file) ?? runsOf(file).flatMap(run => run.commands);
    commands.set(file, found);
    return found;
}

function runOf(instruction: Instruction, stage: Stage, shell: readonly string[]): Run {
    const own = instruction.list === undefined ? shell : [];
    const place = (commands: readonly Command[], path: (command: Command) => Path) => commands.map(command => ({ ...command, run: instruction, stage, path: path(command) }));
    if (instruction.list !== undefined) {
        const [program = "", ...words] = instruction.list;
        const quoted = [program, ...words].map(word => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
        return { instruction, stage, shell: own, commands: place(commandsIn(quoted), () => instruction.path) };
    }
    if (!POSIX.test(shell[0] ?? "")) {
        return { instruction, stage, shell: own, commands: [] };
    }
    const written = place(commandsIn(instruction.text), command => instruction.pathAt(command.offset));
    return { instruction, stage, shell: own, commands: [...written, ...scriptsOf(instruction).flatMap(({ text, line }) =>
        place(commandsIn(text), command => instruction.pathOf(line + text.slice(0, command.offset).split("\n").length - 1)))] };
}

/** Heredocs that a shell reads: alone in their RUN and without another program's first line, or given to a shell. */
function scriptsOf({ text, heredocs }: Instruction): Instruction["heredocs"] {
    const alone = /^<<-?\S+$/.test(text.trim());
    const given = /^(?:\/\S*\/)?(?:ba|da|a|z|k)?sh\b[^|;&]*<<-?\S+\s*$/.test(text.trim());
    return heredocs.filter(heredoc => (alone || given) && /^(?!#!)|^#!.*\b(?:ba|da|a|z|k)?sh\b/.test(heredoc.text));
}
