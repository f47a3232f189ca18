import { type ParseArgsConfig, parseArgs } from "node:util";

/** A command was called wrongly; the message says how, and what to write. */
export class UsageError extends Error {}

/**
 * Parses the words of a command by node's own parser.
 * @param usage the command's usage text, shown for --help by the caller and after a mistake
 * @throws UsageError for an unknown option or a missing value
 */
export function parseWords<Config extends ParseArgsConfig>(config: Config, usage: string): ReturnType<typeof parseArgs<Config>> {
    try {
        return parseArgs(config);
    } catch (error) {
        throw new UsageError(`portcullis: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
    }
}

/**
 * Checks a word against a closed list.
 * @throws UsageError that names the list
 */
export function oneOf<Word extends string>(option: string, word: string, words: readonly Word[]): Word {
    const found = words.find(known => known === word);
    if (found === undefined) {
        throw new UsageError(`portcullis: ${option} "${word}" is not known; write ${words.join(" or ")}`);
    }
    return found;
}
