import { unquoted } from "./secrets/inside";
import type { Entry } from "./types";

/** An option or assignment that a command line gives a value to. */
export interface Option {
    readonly name: string;
    readonly value: string;
}

/** Words of a shell: quoted parts and substitutions stay whole; what ends a command is a word of its own. */
const WORD = /(?:"(?:[^"\\]|\\[\s\S])*"|'[^']*'|\$\([^()]*\)|\$\{[^{}]*\}|`[^`]*`|\\[\s\S]|[^\s;&|"'`])+|[;&|\n]+/g;
const END = /^[;&|\n]+$/;
/** Options whose value is an assignment in its turn. */
const NESTING: ReadonlySet<string> = new Set(["e", "env", "set", "set-string", "build-arg", "from-literal"]);

/** How many words away what a word means may be said: the program before it, its own words after. */
const NEAR = 20;

/** Flags that mean a password to some programs, and something else to others. */
const FLAGS: readonly { readonly programs: RegExp; readonly flag: RegExp; readonly password: RegExp }[] = [
    { programs: /^(?:redis|valkey|keydb)-cli$/, flag: /^-a$/, password: /^([\s\S]+)$/ },
    { programs: /^(?:mongo|mongosh|mongodump|mongorestore|mongoexport|mongoimport|cypher-shell|sshpass|login)$/, flag: /^-p$/, password: /^([\s\S]+)$/ },
    { programs: /^(?:sqlcmd|bcp|mosquitto_pub|mosquitto_sub)$/, flag: /^-P$/, password: /^([\s\S]+)$/ },
    { programs: /^ldap[a-z]+$/, flag: /^-w$/, password: /^([\s\S]+)$/ },
    { programs: /^(?:curl|etcdctl|http|https)$/, flag: /^(?:-u|-U|-a|--user|--proxy-user)$/, password: /^[^:\s]*:([\s\S]+)$/ },
    { programs: /^smbclient$/, flag: /^-U$/, password: /^[^%\s]*%([\s\S]+)$/ },
    { programs: /^openssl$/, flag: /^-pass(?:in|out)?$/, password: /^pass:([\s\S]+)$/ },
];

/** Commands that take a password as one of their words, or in what they say to a database. */
const PLACES: readonly RegExp[] = [
    /\bmc\s+(?:alias\s+set|config\s+host\s+add)\s+\S+\s+\S+\s+\S+\s+(\S+)/, /\brabbitmqctl\s+(?:-\S+\s+){0,5}(?:add_user|change_password)\s+\S+\s+(\S+)/,
    /\bhtpasswd\s+(?=-[a-zA-Z]*b)-[a-mo-zA-Z]+\s+(?:-\S+\s+){0,5}\S+\s+\S+\s+(\S+)/, /\bhtpasswd\s+(?=-[a-zA-Z]*b)(?=-[a-zA-Z]*n)-[a-zA-Z]+\s+(?:-\S+\s+){0,5}\S+\s+(\S+)/, /\bIDENTIFIED(?:\s+WITH\s+\S+)?\s+BY\s+['"]([^'"]+)['"]/i, /\bPASSWORD\s+'([^']+)'/i,
    /\becho\s+["']?[\w.-]+:([^\s"'|]+)["']?\s*\|\s*(?:sudo\s+)?chpasswd/,
];

/**
 * What one of a command's words hands over: options, assignments, headers and logins, in the word and within a shell's text.
 * Throws `Unknown` for an unknown word.
 */
export function optionsAt(words: readonly Entry[], at: number): Option[] {
    const text = words[at]?.value ?? "";
    const before = commandsOf(words.slice(Math.max(0, at - NEAR), at).map(known).join(" ")).at(-1) ?? [];
    return [...optionsIn(text, before, () => words[at + 1]?.value, 0), ...placed(text, words.slice(at + 1, at + NEAR).map(known).join(" "))];
}

/** A word that is not known says nothing of the others. */
function known(word: Entry): string {
    try {
        return word.value ?? "";
    } catch {
        return "";
    }
}

function optionsIn(text: string, before: readonly string[], next: () => string | undefined, depth: number): Option[] {
    const commands = commandsOf(text);
    return commands.flatMap((command, at) => {
        const programs = programsOf([...at === 0 ? before : [], ...command]);
        const last = at === commands.length - 1;
        return command.flatMap((word, place) => {
            const inner = unquoted(word);
            const following = () => place + 1 < command.length ? unquoted(command[place + 1] ?? "") : last ? next() : undefined;
            const nested = inner !== text && /\s/.test(inner) && depth < 3 ? optionsIn(inner, [], () => undefined, depth + 1) : [];
            return [...optionsOfWord(inner, following, programs), ...nested];
        });
    });
}

/** What the programs of a command make of its flags. */
interface Programs {
    readonly mysql: boolean;
    readonly flags: typeof FLAGS;
}

function programsOf(words: readonly string[]): Programs {
    const names = words.map(word => unquoted(word).split("/").at(-1) ?? "");
    return {
        mysql: names.some(name => /^(?:mysql|mariadb)[a-z-]*$/.test(name)),
        flags: FLAGS.filter(({ programs }) => names.some(name => programs.test(name))),
    };
}

const NO_PROGRAMS: Programs = { mysql: false, flags: [] };

/** Simple commands as lists of their words. */
function commandsOf(text: string): string[][] {
    const commands: string[][] = [[]];
    for (const word of text.match(WORD) ?? []) {
        if (END.test(word)) {
            commands.push([]);
        } else {
            commands.at(-1)?.push(word);
        }
    }
    return commands;
}

function optionsOfWord(word: string, following: () => string | undefined, programs: Programs): Option[] {
    const [, long, assigned] = /^-{0,2}([A-Za-z_][\w.-]*)=([\s\S]+)$/.exec(word) ?? [];
    if (long !== undefined && assigned !== undefined) {
        const value = unquoted(assigned);
        return NESTING.has(long) ? optionsOfWord(value, () => undefined, NO_PROGRAMS) : [...option(long, value), ...login(`--${long}`, value, programs), ...header(long, value)];
    }
    const [, flag] = /^-{1,2}([A-Za-z][\w.-]*)$/.exec(word) ?? [];
    if (flag === undefined) {
        return [];
    }
    const value = following();
    const glued = /^-p(\S+)$/.exec(word)?.[1];
    const mysql = glued !== undefined && programs.mysql ? option("password", glued) : [];
    const handed = value === undefined || value.startsWith("-") ? [] : [...option(flag, value), ...login(word, value, programs), ...header(flag, value)];
    return [...handed, ...mysql];
}

function option(name: string, value: string): Option[] {
    return [{ name: /^(?:pass|pwd|pw)$/i.test(name) ? "password" : name, value: unquoted(value) }];
}

function login(flag: string, value: string, programs: Programs): Option[] {
    return programs.flags.filter(meaning => meaning.flag.test(flag))
        .flatMap(({ password }) => password.exec(value)?.[1] ?? []).map(password => ({ name: "password", value: password }));
}

/** `-H "Name: value"`: the scheme of an `Authorization` is no part of the token. */
function header(flag: string, value: string): Option[] {
    const [, name, content] = ["H", "header"].includes(flag) ? /^([\w-]+):\s*([\s\S]+)$/.exec(value) ?? [] : [];
    if (name === undefined || content === undefined) {
        return [];
    }
    const authorization = /^(?:proxy-)?authorization$/i.test(name);
    return [{ name: authorization ? `${name} token` : name, value: authorization ? content.replace(/^(?:bearer|basic|token)\s+/i, "") : content }];
}

/** @param after the words that follow, where the command itself stands in this one */
function placed(text: string, after: string): Option[] {
    return PLACES.flatMap(place => {
        const match = place.exec(`${text} ${after}`);
        return match !== null && match.index < text.length && match[1] !== undefined ? [{ name: "password", value: unquoted(match[1]) }] : [];
    });
}

/** As `optionsAt`, of a word and the next one, with the word that each option stands in. */
export function optionsOf(entry: Entry, next: Entry | undefined): (Option & { readonly entry: Entry })[] {
    return optionsAt(next === undefined ? [entry] : [entry, next], 0).map(option => ({ ...option, entry }));
}
