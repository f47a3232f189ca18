import type { HardenedApplication, HardenedSecret, SecretSource } from "../model/hardened";
import type { Problem } from "../model/problem";
import { fillSecrets, secretsIn } from "../model/text";
import { keptPath, secretPath } from "./keys";
import type { RenderedFile } from "./rendered";

/** Where values come from besides the model. No value is ever part of a problem. */
export interface SecretSupply {
    /** The value that an earlier rendering kept. */
    readonly kept: (secret: string) => string | undefined;
    /** The value that the operator gives. */
    readonly given: (secret: string) => string | undefined;
    /** Why a given value is no secret; undefined where nothing is known against it. */
    readonly weakness: (secret: string, value: string) => string | undefined;
    /** The content of a file of this machine; undefined where it cannot be read. */
    readonly file: (file: string) => string | undefined;
    /** Issues a certificate of the toolkit's own authority, which follows from the seed: 64 hex digits. */
    readonly certificate: (seed: string, hosts: readonly string[]) => Promise<{ readonly chain: string; readonly key: string }>;
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
export async function secretValues({ secrets }: HardenedApplication, supply: SecretSupply): Promise<SecretValues> {
    const values = new Map<string, string>();
    const problems: Problem[] = [];
    // A certificate follows from its seed, so seeds are had first.
    const certificates = secrets.filter(({ source }) => source.kind === "certificate");
    const others = secrets.filter(({ source }) => source.kind !== "certificate" && source.kind !== "composed");
    for (const secret of [...others, ...certificates]) {
        const value = await simpleValue(secret, supply, values);
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

async function simpleValue({ name, source }: HardenedSecret, supply: SecretSupply, values: ReadonlyMap<string, string>): Promise<string | Problem> {
    switch (source.kind) {
        case "generated": {
            const letters = ALPHABETS[source.alphabet];
            return supply.kept(name) ?? supply.random(source.length, letters.length).map(at => letters[at] ?? "").join("");
        }
        case "given":
            return givenValue(name, supply);
        case "file":
            return fileValue(name, source.file, supply);
        case "certificate":
            return (await supply.certificate(values.get(source.seed) ?? "", source.hosts))[source.part];
        case "composed":
            throw new Error(`the composed secret ${name} has no value of its own`);
    }
}

function givenValue(name: string, { given, kept, weakness }: SecretSupply): string | Problem {
    const remedy = `set the variable ${name} for this command`;
    const value = given(name) ?? kept(name);
    if (value === undefined) {
        return { subject: `secret ${name}`, fault: "has no value", remedy };
    }
    const weak = weakness(name, value);
    return weak === undefined ? value : { subject: `secret ${name}`, fault: weak, remedy };
}

/** A file that the authors publish with an example in it is a secret that everybody knows. */
function fileValue(name: string, path: string, { file, weakness }: SecretSupply): string | Problem {
    const value = file(path);
    if (value === undefined) {
        return { subject: `secret ${name}`, fault: "cannot be read", got: path, remedy: "put the file there" };
    }
    const weak = weakness(name, value.trim());
    return weak === undefined ? value : { subject: `secret ${name}`, fault: weak, remedy: `write another value to ${path}` };
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
