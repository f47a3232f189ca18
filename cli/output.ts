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
