import { fillSecrets, hasSecret, secretMark, secretsIn } from "../../model/text";
import type { HealthCheck } from "../../model/service";
import type { Draft, DraftService } from "../draft";
import { type SecretBook, renameMarks } from "./book";
import { isSecretName } from "./names";
import { isTrivial, looksIssued, looksRandom, replacePairPasswords, replaceUrlPasswords, secretFlag } from "./values";

/** The texts of a service in which every secret is a mark with the name that the book gave it. */
export interface MarkedTexts {
    readonly environment: Readonly<Record<string, string>>;
    readonly entrypoint?: readonly string[];
    readonly command?: readonly string[];
    readonly health?: HealthCheck;
    readonly labels: Readonly<Record<string, string>>;
    /** Labels that held a secret: no engine can keep one there. */
    readonly droppedLabels: readonly string[];
}

/**
 * Finds the secrets of one service: variables that the loader marked, names that say so, passwords in URLs, options of
 * command lines, values whose form gives them away.
 */
export function markSecrets({ source, spec, declared }: DraftService, draft: Draft, book: SecretBook): MarkedTexts {
    const plain = new Set(declared.plain ?? []);
    const name = source.name;
    const settled = (text: string): string => settleMarks(text, plain, draft, value => book.nameFor(value.variable, value.text, name));
    const markOnce = (password: string, as: string): string => hasSecret(password) ? password : secretMark(book.nameFor(as, password, name));
    const urls = (text: string, owner: string): string => replacePairPasswords(
        replaceUrlPasswords(text, (password, scheme) => markOnce(password, nameForUrl(owner, scheme))),
        password => markOnce(password, `${owner}_PASSWORD`));
    const environment = Object.fromEntries(Object.entries(spec.environment).map(([variable, text]) => {
        const value = settled(text);
        if (plain.has(variable) || isPlain(variable, draft)) {
            return [variable, value];
        }
        const literal = !hasSecret(value) && ((isSecretName(variable) && !isTrivial(value)) || looksIssued(value) || looksRandom(variable, value));
        return [variable, literal ? secretMark(book.nameFor(variable, value, name)) : urls(value, variable)];
    }));
    const authored = Object.fromEntries(Object.entries(spec.environment).map(([variable, text]) => [variable, fillMarks(text, draft)]));
    const argv = (words: readonly string[]): string[] => markFlags(words.map(settled), flag => value => secretMark(book.nameFor(flag, value, name)))
        .map(word => urls(word, `${name.toUpperCase()}_PASSWORD`));
    const labels = Object.entries(spec.labels).filter(([, text]) => !hasSecret(text) && !looksIssued(text));
    return {
        environment,
        ...(spec.entrypoint && { entrypoint: argv(spec.entrypoint) }),
        ...(spec.command && { command: argv(spec.command) }),
        ...(spec.health && { health: { ...spec.health, ...(spec.health.test && { test: markLiterals(argv(spec.health.test), environment, authored) }) } }),
        labels: Object.fromEntries(labels),
        droppedLabels: Object.keys(spec.labels).filter(label => !labels.some(([kept]) => kept === label)),
    };
}

/** Gives every mark its name in the book; one whose variable is unset, trivial or declared plain becomes its value. */
export function settleMarks(text: string, plain: ReadonlySet<string>, draft: Draft, nameOf: (value: { variable: string; text: string | undefined }) => string): string {
    if (!hasSecret(text)) {
        return text;
    }
    const values = draft.application.secretValues;
    const given = (variable: string): boolean => draft.declaration.secrets?.values?.[variable] !== undefined && !isPlain(variable, draft);
    const open = (variable: string): boolean => plain.has(variable) || isPlain(variable, draft) || (isTrivial(values[variable] ?? "") && !given(variable));
    const renamed = renameMarks(text, variable => open(variable) ? values[variable] ?? "" : secretMark(nameOf({ variable, text: values[variable] ?? undefined })));
    return renamed;
}

/** The authors' own text, with every value where it was: for a run without the measure that moves secrets. */
export function fillMarks(text: string, draft: Draft): string {
    return secretsIn(text).length === 0 ? text : fillSecrets(text, name => draft.application.secretValues[name] ?? "");
}

function isPlain(variable: string, draft: Draft): boolean {
    const declared = draft.declaration.secrets?.values?.[variable];
    return declared !== undefined && "plain" in declared;
}

/** `--requirepass X`, `--password=X`: the value becomes a mark. */
function markFlags(words: readonly string[], mark: (flag: string) => (value: string) => string): string[] {
    return words.map((word, at) => {
        const own = secretFlag(word);
        if (own?.value !== undefined && own.value !== "" && !hasSecret(own.value) && !own.value.startsWith("$")) {
            return `${own.flag}=${mark(nameForFlag(own.flag))(own.value)}`;
        }
        const before = at > 0 ? secretFlag(words[at - 1] ?? "") : undefined;
        const isValue = before !== undefined && before.value === undefined && !word.startsWith("-") && !word.startsWith("$") && !isTrivial(word);
        return isValue && !hasSecret(word) ? mark(nameForFlag(before.flag))(word) : word;
    });
}

/** A health check often repeats a value that stands in the environment (`-pexample`): there it is the same secret. */
function markLiterals(words: readonly string[], marked: Readonly<Record<string, string>>, authored: Readonly<Record<string, string>>): string[] {
    const literals = Object.entries(authored).filter(([variable, value]) => !hasSecret(value) && value.length >= 4 && marked[variable] !== value && secretsIn(marked[variable] ?? "").length === 1);
    return words.map((word, at) => at === 0 ? word : literals.reduce((text, [variable, value]) => {
        const end = new RegExp(`(-p|--password[= ]|-a |:)${escape(value)}(?![\\w])`, "g");
        return text.replace(end, (_whole, before: string) => `${before}${marked[variable] ?? ""}`);
    }, word));
}

function escape(text: string): string {
    return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function nameForFlag(flag: string): string {
    return flag.replace(/^-+/, "").replaceAll("-", "_").toUpperCase();
}

/** A password in a database's URL is that database's: `postgres://` says POSTGRES_PASSWORD. */
function nameForUrl(owner: string, scheme: string): string {
    const base = (scheme.split("+")[0] ?? scheme).toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
    return /^HTTPS?$/.test(base) ? `${owner}_PASSWORD` : `${base}_PASSWORD`;
}
