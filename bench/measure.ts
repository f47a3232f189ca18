import { spawnSync } from "node:child_process";

/** Milliseconds that a command took as a whole process, sorted. */
export interface Timing {
    readonly name: string;
    readonly ms: readonly number[];
}

/**
 * Times commands in turns, so that a busy moment of the machine falls on all of them.
 * @param runs of each command, after one that does not count
 * @throws Error when a command does not end as expected: a failure is not a fast run
 */
export function timeInTurns(commands: readonly Command[], runs: number): Timing[] {
    const times = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
    for (let run = 0; run <= runs; run++) {
        for (const { name, program, words, environment = {}, statuses = [0] } of commands) {
            const start = process.hrtime.bigint();
            const { status, stderr } = spawnSync(program, [...words], { env: { ...process.env, ...environment }, encoding: "utf8" });
            const ms = Number(process.hrtime.bigint() - start) / 1e6;
            if (status === null || !statuses.includes(status)) {
                throw new Error(`${name} ended with ${status}: ${stderr.slice(-500)}`);
            }
            if (run > 0) {
                times.get(name)?.push(ms);
            }
        }
    }
    return [...times].map(([name, ms]) => ({ name, ms: ms.toSorted((one, other) => one - other) }));
}

export interface Command {
    readonly name: string;
    readonly program: string;
    readonly words: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    /** Exit statuses of a good run; 0 unless said. */
    readonly statuses?: readonly number[];
}

/** The middle of sorted figures. */
export function median(ms: readonly number[]): number {
    return ms[Math.floor(ms.length / 2)] ?? Number.NaN;
}

/** A table of minimum, median and maximum, and how many times as long as the first each takes. */
export function table(timings: readonly Timing[]): string {
    const base = median(timings[0]?.ms ?? []);
    return timings.map(({ name, ms }) => {
        const [low, middle, high] = [ms[0] ?? Number.NaN, median(ms), ms.at(-1) ?? Number.NaN].map(each => `${(each / 1000).toFixed(2)} s`);
        return `${name.padEnd(36)} ${low} / ${middle} / ${high}   × ${(median(ms) / base).toFixed(2)}`;
    }).join("\n");
}
