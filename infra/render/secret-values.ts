import type { HardenedApplication, HardenedSecret, SecretSource } from "../model/hardened";
import type { Problem } from "../model/problem";
import { fillSecrets, secretsIn } from "../model/text";
import { keptPath, secretPath } from "./keys";
import type { RenderedFile } from "./rendered";

/** Where values come from besides the model. No value is ever part of a problem. */
export interface SecretSupply {
    /** The value that an earlier rendering kept. */
    readonly kept: (secret: string) => string | undefined;
    /** The value that the operator gives, by the secret's name and its configuration key. */
    readonly given: (secret: string, configKey: string) => string | undefined;
    /** The content of a file of this machine; undefined where it cannot be read. */
    readonly file: (file: string) => string | undefined;
    /** Half of a certificate for these hosts that the toolkit's own authority issues; the same at every call. */
    readonly certificate: (part: "chain" | "key", hosts: readonly string[]) => string;
    /** As many random figures, each from 0 up to but not including the bound; unpredictable and without bias. */
    readonly random: (count: number, bound: number) => readonly number[];
}

export interface SecretValues {
    readonly values: ReadonlyMap<string, string>;
    readonly problems: readonly Problem[];
}

const ALPHABETS: Readonly<Record<Extract<SecretSource, { kind: "generated" }>["alphabet"], string>> = {
    alphanumeric: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    hex: "0123456789abcdef",
};

/** A value for every secret of the application; what was generated before stays as it is. */
export function secretValues({ secrets }: HardenedApplication, supply: SecretSupply): SecretValues {
    const values = new Map<string, string>();
    const problems: Problem[] = [];
    for (const secret of secrets.filter(({ source }) => source.kind !== "composed")) {
        const value = simpleValue(secret, supply);
        if (typeof value === "string") {
            values.set(secret.name, value);
        } else {
            problems.push(value);
        }
    }
    const templates = new Map(secrets.flatMap(({ name, source }) => source.kind === "composed" ? [[name, source.template]] : []));
    for (const name of templates.keys()) {
        const value = composed(name, { templates, values, open: [] });
        if (typeof value === "string") {
            values.set(name, value);
        } else if (problems.every(problem => problem.subject !== value.subject)) {
            problems.push(value);
        }
    }
    return { values, problems };
}

function simpleValue({ name, source }: HardenedSecret, supply: SecretSupply): string | Problem {
    switch (source.kind) {
        case "generated": {
            const letters = ALPHABETS[source.alphabet];
            return supply.kept(name) ?? supply.random(source.length, letters.length).map(at => letters[at] ?? "").join("");
        }
        case "given":
            return supply.given(name, source.configKey) ?? supply.kept(name) ?? {
                subject: `secret ${name}`, fault: "has no value", remedy: `set the variable ${name} for this command`,
            };
        case "file":
            return supply.file(source.file) ?? {
                subject: `secret ${name}`, fault: "cannot be read", got: source.file, remedy: "put the file there",
            };
        case "certificate":
            return supply.certificate(source.part, source.hosts);
        case "composed":
            throw new Error(`the composed secret ${name} has no value of its own`);
    }
}

interface Composing {
    readonly templates: ReadonlyMap<string, string>;
    readonly values: ReadonlyMap<string, string>;
    /** Secrets that are being composed, to notice a circle. */
    readonly open: readonly string[];
}

function composed(name: string, composing: Composing): string | Problem {
    const { templates, values, open } = composing;
    const template = templates.get(name);
    if (template === undefined) {
        return values.get(name) ?? { subject: `secret ${name}`, fault: "has no value" };
    }
    if (open.includes(name)) {
        return { subject: `secret ${name}`, fault: "is composed of itself", got: [...open, name].join(" → ") };
    }
    const parts = new Map(secretsIn(template).map(part => [part, composed(part, { ...composing, open: [...open, name] })]));
    const fault = [...parts.values()].find(part => typeof part !== "string");
    return fault ?? fillSecrets(template, part => parts.get(part) as string);
}

/**
 * The files of secrets: one a service, mode 0400 and its user's, and one that keeps the value for the next rendering,
 * which only whoever renders can read.
 */
export function secretFiles({ services, secrets }: HardenedApplication, values: ReadonlyMap<string, string>): RenderedFile[] {
    const content = (name: string): string => {
        const value = values.get(name);
        if (value === undefined) {
            throw new Error(`the secret ${name} has no value`);
        }
        return value;
    };
    const delivered = services.flatMap(service => service.secretFiles.map(({ secret }) => ({
        path: secretPath(service.name, secret), content: content(secret), mode: 0o400, ...(service.user && { owner: service.user }),
    })));
    const kept = secrets.filter(({ source }) => source.kind === "generated" || source.kind === "given")
        .map(({ name }) => ({ path: keptPath(name), content: content(name), mode: 0o400 }));
    return [...unique(delivered), ...kept];
}

/** A service may have one secret at two places; its file is one. */
function unique(files: readonly RenderedFile[]): RenderedFile[] {
    return [...new Map(files.map(file => [file.path, file])).values()];
}
