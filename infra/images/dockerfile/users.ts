/** A user or group that a `RUN` line creates with a number. */
export interface CreatedIds {
    readonly users: Readonly<Record<string, { readonly uid: number; readonly gid?: number }>>;
    readonly groups: Readonly<Record<string, number>>;
}

const CREATES = /^(?:useradd|adduser|groupadd|addgroup)$/;
/** Options of these commands that take a value as the next word, apart from the ids. */
const TAKES_VALUE = /^(?:-[bcdefkKpPRsZhG]|--(?:base-dir|comment|home-dir|home|expiredate|inactive|groups|skel|key|password|root|shell|gecos|ingroup|prefix))$/;

/**
 * Finds the users and groups that a shell text creates with explicit numbers (`useradd -u 1001 app`, Alpine's
 * `adduser -D -u 1001 -G app app`). One that lets the distribution choose is not in the result.
 */
export function createdIds(script: string): CreatedIds {
    const users: Record<string, { uid: number; gid?: number }> = {};
    const groups: Record<string, number> = {};
    for (const words of script.split(/&&|\|\||[;\n|]/).map(command => command.trim().split(/\s+/))) {
        const at = words.findIndex(word => CREATES.test(word));
        if (at !== -1) {
            add(words[at] as string, words.slice(at + 1), users, groups);
        }
    }
    return { users, groups };
}

function add(command: string, words: readonly string[], users: Record<string, { uid: number; gid?: number }>, groups: Record<string, number>): void {
    const { uid, gid, group, name } = readOptions(words);
    if (name === undefined) {
        return;
    }
    const createsGroup = command.includes("group");
    if (createsGroup && gid !== undefined) {
        groups[name] = gid;
    } else if (!createsGroup && uid !== undefined) {
        const ownGroup = gid ?? (group === undefined ? undefined : groups[group]);
        users[name] = { uid, ...ownGroup !== undefined && { gid: ownGroup } };
    }
}

interface Options {
    uid?: number;
    gid?: number;
    /** Name of the main group. */
    group?: string;
    name?: string;
}

/** `-g` names the main group by number or name; Alpine's `adduser -G` and Debian's `--ingroup` by name. */
function readOptions(words: readonly string[]): Options {
    const options: Options = {};
    for (let at = 0; at < words.length; at++) {
        const [option = "", inline] = splitOption(words[at] as string);
        const value = inline ?? words[at + 1];
        if (/^(?:-u|--uid)$/.test(option)) {
            setId(options, "uid", value);
        } else if (/^(?:-g|--gid|-G|--ingroup)$/.test(option)) {
            setId(options, "gid", value);
        } else if (!option.startsWith("-")) {
            options.name ??= option;
            continue;
        } else if (!TAKES_VALUE.test(option)) {
            continue;
        }
        at += inline === undefined ? 1 : 0;
    }
    return options;
}

function splitOption(word: string): [option: string, value: string | undefined] {
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    return equals === -1 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

function setId(options: Options, key: "uid" | "gid", value: string | undefined): void {
    if (value !== undefined && /^\d+$/.test(value)) {
        options[key] = Number(value);
    } else if (key === "gid" && value !== undefined) {
        options.group = value;
    }
}
