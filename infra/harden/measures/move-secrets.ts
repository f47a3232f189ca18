import { hasSecret, secretsIn } from "../../model/text";
import type { HealthCheck } from "../../model/service";
import { type Draft, type DraftService, type Measure, type Outcome, type ServiceSpec, record, serviceProblem } from "../draft";
import { SecretBook } from "../secrets/book";
import { filesOf } from "../secrets/files";
import { type MarkedTexts, markSecrets } from "../secrets/mark";
import { commandThroughShell, exports, fillShellText, readsVariable, secretPath, shellWord } from "../secrets/shell";

const NAME = "move-secrets";

/**
 * What stands in an environment, a command line or a label is shown by `docker inspect` to whoever may ask the engine,
 * and often logged. Secrets become files that only the service's user can read; the image reads them by itself where
 * it knows how (`…_FILE`), else a shell reads them just before the program starts.
 */
export const moveSecrets: Measure = {
    name: NAME,
    apply: draft => {
        const book = new SecretBook(draft.declaration.secrets?.values);
        const marked = draft.services.map(service => markSecrets(service, draft, book));
        const moved = draft.services.reduce((done, service, index) => move(done, service, marked[index] as MarkedTexts, index, book), draft);
        const names = new Set(moved.services.flatMap(({ spec }) => spec.secretFiles.map(({ secret }) => secret)));
        const own = book.sourcesOf(names).filter(({ name }) => !draft.secrets.some(secret => secret.name === name));
        return { ...moved, secrets: [...draft.secrets, ...own] };
    },
};

function move(draft: Draft, service: DraftService, texts: MarkedTexts, index: number, book: SecretBook): Draft {
    const withheld = withheldVariables(service, texts);
    const secretVariables = new Map(Object.entries(texts.environment).filter(([variable, text]) => hasSecret(text) && !withheld.includes(variable))
        .map(([variable, text]) => [variable, book.nameForText(text, variable, service.source.name)]));
    const plain = Object.fromEntries(Object.entries(texts.environment).filter(([variable]) => !secretVariables.has(variable) && !withheld.includes(variable)));
    const delivered = deliver(service, texts, secretVariables, draft);
    const files = filesOf(service, draft, book);
    const used = new Set([...secretVariables.values(), ...[...(texts.command ?? []), ...(texts.entrypoint ?? []), ...(texts.health?.test ?? [])].flatMap(secretsIn)]);
    const own = [...used].map(secret => ({ secret, target: secretPath(secret) }));
    const spec: ServiceSpec = {
        ...service.spec, ...delivered.spec, labels: texts.labels,
        environment: { ...plain, ...delivered.environment },
        secretFiles: [...service.spec.secretFiles, ...own, ...files.secrets.filter(({ target }) => !own.some(other => other.target === target))],
        configFiles: [...service.spec.configFiles, ...files.configs],
    };
    const services = draft.services.with(index, { ...service, spec });
    return record({ ...draft, services }, NAME, service.source.name, {
        closed: [
            ...[...secretVariables.keys()].map(variable => `the secret ${variable} in the environment`),
            ...withheld.map(variable => `the secret ${variable}, which the service does not use`),
            ...texts.droppedLabels.map(label => `a secret in the label ${label}`),
        ],
        problems: [...(delivered.problems ?? []), ...files.problems],
    });
}

/**
 * An env file gives every service all secrets of the application. Declared, the list is the operator's; a well-known
 * image gets those that it knows; any other service keeps what it was given.
 */
function withheldVariables({ source, declared, known, spec }: DraftService, texts: MarkedTexts): string[] {
    const secret = Object.entries(texts.environment).filter(([, text]) => hasSecret(text)).map(([variable]) => variable);
    if (declared.secrets !== undefined) {
        return secret.filter(variable => declared.secrets?.includes(variable) === false);
    }
    const takesOnlyKnown = known.secretVariables !== undefined && (spec.role === "data" || spec.role === "cache" || spec.role === "queue");
    return takesOnlyKnown ? secret.filter(variable => source.fromEnvFile.includes(variable) && known.secretVariables?.has(variable) === false) : [];
}

interface Delivered {
    readonly spec: Partial<ServiceSpec>;
    readonly environment: Readonly<Record<string, string>>;
    readonly problems?: Outcome["problems"];
}

function deliver(service: DraftService, texts: MarkedTexts, variables: ReadonlyMap<string, string>, draft: Draft): Delivered {
    const { known, source } = service;
    const commands = [...(texts.entrypoint ?? []), ...(texts.command ?? [])];
    const byFile = [...variables].filter(([variable]) => known.secretVariables?.get(variable) !== undefined && !commands.some(word => readsVariable(word, variable)));
    const byShell = new Map([...variables].filter(([variable]) => !byFile.some(([other]) => other === variable)));
    const environment = Object.fromEntries(byFile.map(([variable, secret]) => [known.secretVariables?.get(variable) ?? "", secretPath(secret)]));
    const health = healthOf(texts.health, variables);
    const secretInCommand = commands.some(hasSecret);
    if (byShell.size === 0 && !secretInCommand) {
        return { spec: { ...texts.entrypoint && { entrypoint: texts.entrypoint }, ...texts.command && { command: texts.command }, ...health }, environment };
    }
    const entrypoint = texts.entrypoint ?? known.entrypoint;
    const command = texts.command ?? (texts.entrypoint === undefined ? known.command : []);
    if (entrypoint === undefined || command === undefined || entrypoint.length + command.length === 0) {
        return { spec: { ...health }, environment, problems: [unknownCommand(draft, source.name, [...byShell.keys()], entrypoint === undefined)] };
    }
    const { first, rest } = wrapped(entrypoint, command, byShell);
    return { spec: { entrypoint: first, command: rest, ...health }, environment };
}

/** The shell in front: it ends its own arguments with the entrypoint, so that the command can still be told apart. */
function wrapped(entrypoint: readonly string[], command: readonly string[], variables: ReadonlyMap<string, string>) {
    return [...entrypoint, ...command].some(hasSecret)
        ? { first: commandThroughShell([...entrypoint, ...command], variables), rest: [] }
        : { first: commandThroughShell(entrypoint, variables), rest: command };
}

function unknownCommand(draft: Draft, service: string, variables: readonly string[], entrypoint: boolean) {
    const what = variables.length > 0 ? `the secret${variables.length > 1 ? "s" : ""} ${variables.join(", ")}` : "the secret in its command";
    const keys = entrypoint ? `services.${service}.image_entrypoint and image_command` : `services.${service}.image_command`;
    return serviceProblem(draft, service, ["image"], {
        fault: `needs ${what} handed over by a shell, and how the image starts is not known`,
        remedy: `write ${keys} in hardening.yaml (docker image inspect shows Entrypoint and Cmd), or run \`portcullis pin\``,
    });
}

/** A health check reads secrets from their files too; variables that are gone from the environment are read first. */
function healthOf(health: HealthCheck | undefined, variables: ReadonlyMap<string, string>): Partial<ServiceSpec> {
    const test = health?.test;
    if (health === undefined || test === undefined) {
        return health === undefined ? {} : { health };
    }
    const [kind = "", ...words] = test;
    const read = new Map([...variables].filter(([variable]) => words.some(word => readsVariable(word, variable))));
    if (!words.some(hasSecret) && read.size === 0) {
        return { health };
    }
    const text = kind === "CMD-SHELL" ? fillShellText(words.join(" ")) : isShell(words) ? shellScript(words) : `exec ${words.map(shellWord).join(" ")}`;
    return { health: { ...health, test: ["CMD-SHELL", `${exports(read)}${text}`] } };
}

function isShell(words: readonly string[]): boolean {
    return /(^|\/)(ba|da)?sh$/.test(words[0] ?? "") && words[1] === "-c" && words.length === 3;
}

function shellScript(words: readonly string[]): string {
    return fillShellText(words[2] ?? "");
}
