import { isAbsolute, relative } from "node:path";

import { type Problem, formatProblem } from "../infra/model/problem";

/** Exit statuses of every command. */
export const EXIT = { clean: 0, findings: 1, usage: 2, unfinished: 3 } as const;

/** Writes to standard output, with a line end. */
export function printLine(text: string): void {
    process.stdout.write(`${text}\n`);
}

/** Writes to standard error, with a line end. */
export function printError(text: string): void {
    process.stderr.write(`${text}\n`);
}

/** A problem in one line, its file named from where the user stands. */
export function problemLine(problem: Problem): string {
    return formatProblem(problem.place === undefined ? problem : { ...problem, place: { ...problem.place, file: fromHere(problem.place.file) } });
}

/** Writes problems to standard error, one a line. */
export function printProblems(problems: readonly Problem[]): void {
    problems.forEach(problem => { printError(problemLine(problem)); });
}

function fromHere(file: string): string {
    const near = isAbsolute(file) ? relative(process.cwd(), file) : file;
    return near.startsWith("..") ? file : near;
}
