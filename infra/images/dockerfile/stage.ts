import { type CreatedIds, createdIds } from "./users";
import { expandWord, splitWords, type Variables } from "./words";

/** What a stage of a Dockerfile declares, with what it takes over from earlier stages of the same file. */
export interface Stage {
    /** Undefined where the stage has no name of its own. */
    readonly name: string | undefined;
    /** The image that the chain of stages begins with, variables replaced; `scratch` for none. */
    readonly base: string;
    readonly user?: string;
    readonly entrypoint?: readonly string[];
    /** Empty where the stage sets an entrypoint of its own and no command: the builder then drops the base's. */
    readonly command?: readonly string[];
    readonly workingDir?: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly exposes: readonly { readonly port: number; readonly protocol: "tcp" | "udp" | "sctp" }[];
    readonly volumes: readonly string[];
    /** As Compose has it: `["NONE"]`, `["CMD", …]`, `["CMD-SHELL", text]`. */
    readonly health?: readonly string[];
    readonly stopSignal?: string;
    /** Users and groups that `RUN` lines create with numbers. */
    readonly created: CreatedIds;
}

/** A stage while it is read. */
export interface OpenStage {
    readonly image: Stage;
    /** Values of `ARG`s declared so far. */
    readonly args: Readonly<Record<string, string>>;
    readonly shell: readonly string[];
    readonly ownCommand: boolean;
}

/** An instruction with its continued lines joined and its comments gone. */
export interface Line {
    readonly keyword: string;
    readonly text: string;
    readonly escape: string;
}

/** Values from outside a stage: build arguments, and `ARG`s that stand before the first `FROM`. */
export interface Outside {
    readonly buildArgs: Readonly<Record<string, string>>;
    readonly globals: Readonly<Record<string, string>>;
}

const EMPTY = { environment: {}, exposes: [], volumes: [], created: { users: {}, groups: {} } };
const LINUX_SHELL: readonly string[] = ["/bin/sh", "-c"];
/** Nobody exposes more by one instruction; a larger range is a mistake, or an attack on memory. */
const LARGEST_RANGE = 1000;

/** The stage that `FROM base AS name` opens, on top of an earlier stage where base names one. */
export function openStage(base: string, name: string | undefined, parent: OpenStage | undefined): OpenStage {
    const inherited = parent?.image ?? { ...EMPTY, base };
    return { image: { ...inherited, name }, args: {}, shell: parent?.shell ?? LINUX_SHELL, ownCommand: false };
}

/** The stage after one instruction; instructions that say nothing about the image's configuration change nothing. */
export function applyLine(stage: OpenStage, line: Line, outside: Outside): OpenStage {
    switch (line.keyword) {
        case "ARG":
            return { ...stage, args: { ...stage.args, ...readArgs(line, variablesOf(stage), outside) } };
        case "SHELL":
            return { ...stage, shell: execForm(line.text) ?? stage.shell };
        case "CMD":
            return { ...stage, image: { ...stage.image, command: commandOf(stage, line.text) }, ownCommand: true };
        default:
            return { ...stage, image: { ...stage.image, ...HANDLERS[line.keyword]?.(stage, line) } };
    }
}

/** Variables as an instruction of the stage sees them: `ENV` hides `ARG`. */
export function variablesOf({ image: { environment }, args }: OpenStage): Variables {
    return name => Object.hasOwn(environment, name) ? environment[name] : Object.hasOwn(args, name) ? args[name] : undefined;
}

const HANDLERS: Readonly<Record<string, (stage: OpenStage, line: Line) => Partial<Stage>>> = {
    ENV: (stage, line) => ({ environment: { ...stage.image.environment, ...readEnv(stage, line) } }),
    USER: (stage, line) => ({ user: word(stage, line) }),
    WORKDIR: (stage, line) => ({ workingDir: join(stage.image.workingDir ?? "/", word(stage, line)) }),
    ENTRYPOINT: (stage, line) => ({ entrypoint: commandOf(stage, line.text), ...!stage.ownCommand && { command: [] } }),
    EXPOSE: (stage, line) => ({ exposes: [...stage.image.exposes, ...words(stage, line).flatMap(portsOf)] }),
    VOLUME: (stage, line) => ({ volumes: [...new Set([...stage.image.volumes, ...execForm(line.text) ?? words(stage, line)])] }),
    STOPSIGNAL: (stage, line) => ({ stopSignal: word(stage, line) }),
    HEALTHCHECK: (_stage, line) => ({ health: healthOf(line.text) }),
    RUN: (stage, line) => ({ created: withCreated(stage, line) }),
};

/** The script's quotes mean nothing to the search for commands, its variables do. */
function withCreated(stage: OpenStage, { text }: Line): CreatedIds {
    const { users, groups } = createdIds(expandWord(text.replaceAll(/["'\\`]/g, " "), variablesOf(stage)));
    const { created } = stage.image;
    return { users: { ...created.users, ...users }, groups: { ...created.groups, ...groups } };
}

/** Values of an `ARG` line: what the build is given goes before the default, a name alone takes the global one's value. */
export function readArgs(line: Line, variables: Variables, outside: Outside): Record<string, string> {
    const read: Record<string, string> = {};
    for (const declaration of splitWords(line.text, line.escape)) {
        const equals = declaration.indexOf("=");
        const name = equals === -1 ? declaration : declaration.slice(0, equals);
        const written = equals === -1 ? outside.globals[name] : expandWord(declaration.slice(equals + 1), variables, line.escape);
        const value = outside.buildArgs[name] ?? written;
        if (value !== undefined) {
            read[name] = value;
        }
    }
    return read;
}

/** `ENV a=b c=d`, or the old `ENV a b c`; every value sees the variables as they were before the line. */
function readEnv(stage: OpenStage, { text, escape }: Line): Record<string, string> {
    const pairs = splitWords(text, escape);
    const old = /^(\S+)\s+(.*)$/s.exec(text);
    if (old !== null && !pairs[0]?.includes("=")) {
        return { [old[1] as string]: expandWord(old[2] as string, variablesOf(stage), escape) };
    }
    const values = pairs.filter(pair => pair.includes("=")).map(pair => {
        const equals = pair.indexOf("=");
        return [pair.slice(0, equals), expandWord(pair.slice(equals + 1), variablesOf(stage), escape)] as const;
    });
    return Object.fromEntries(values);
}

function word(stage: OpenStage, { text, escape }: Line): string {
    return expandWord(text, variablesOf(stage), escape);
}

function words(stage: OpenStage, { text, escape }: Line): string[] {
    return splitWords(text, escape).flatMap(each => expandWord(each, variablesOf(stage), escape).split(/\s+/)).filter(each => each !== "");
}

/** The strings of `["a", "b"]`; undefined where the text is no such list, which the builder takes for the shell form. */
function execForm(text: string): string[] | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return Array.isArray(value) && value.every(item => typeof item === "string") ? value : undefined;
    } catch {
        return undefined;
    }
}

function commandOf(stage: OpenStage, text: string): readonly string[] {
    return execForm(text) ?? [...stage.shell, text];
}

function healthOf(text: string): readonly string[] {
    const check = text.replace(/^(?:--[\w-]+=\S+\s+)+/, "");
    const command = /^CMD\s+(.*)$/is.exec(check)?.[1];
    if (command === undefined) {
        return ["NONE"];
    }
    const list = execForm(command);
    return list === undefined ? ["CMD-SHELL", command] : ["CMD", ...list];
}

function portsOf(text: string): Stage["exposes"] {
    const [, first, last = first, protocol = "tcp"] = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/i.exec(text) ?? [];
    const length = Number(last) - Number(first) + 1;
    if (first === undefined || length < 1 || length > LARGEST_RANGE || Number(last) > 65535) {
        return [];
    }
    return Array.from({ length }, (_, at) => ({ port: Number(first) + at, protocol: protocol.toLowerCase() as "tcp" | "udp" | "sctp" }));
}

/** A relative `WORKDIR` goes on from the one before. */
function join(from: string, to: string): string {
    const parts: string[] = [];
    for (const part of (to.startsWith("/") ? to : `${from}/${to}`).split("/")) {
        if (part === "..") {
            parts.pop();
        } else if (part !== "" && part !== ".") {
            parts.push(part);
        }
    }
    return `/${parts.join("/")}`;
}
