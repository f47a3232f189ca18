import { readFileSync } from "node:fs";

import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import type { HardenedApplication, HardenedSecret, SecretSource } from "../model/hardened";
import { Problem, refuseProblems } from "../model/problem";
import { fillSecrets, secretsIn } from "../model/text";
import { weakness } from "./weak";

/** Values as secret outputs, by the secret's name. */
export type SecretValues = Readonly<Record<string, pulumi.Output<string>>>;

/**
 * The values of all secrets of an application. A given value comes from the stack's encrypted configuration
 * (`pulumi config set --secret KEY`), a generated one stays the same for the life of the stack. Throws `ProblemsError`
 * where a value is missing, weak, or what the authors published; `examples` holds the latter by the secret's name.
 */
export function secretValues(
    application: Pick<HardenedApplication, "secrets">,
    opts: pulumi.CustomResourceOptions = {},
    examples: Readonly<Record<string, string | null>> = {},
): SecretValues {
    const config = new pulumi.Config();
    refuseProblems(application.secrets.flatMap(secret => givenProblems(secret, config, examples[secret.name])));
    const values: Record<string, pulumi.Output<string>> = {};
    let waiting = application.secrets;
    while (waiting.length > 0) {
        const next = waiting.filter(({ source }) => needs(source).every(name => name in values));
        if (next.length === 0) {
            refuseProblems(waiting.map(({ name, source }) => ({
                subject: `secrets.${name}`,
                fault: "is made of secrets that are missing or of itself",
                got: needs(source).join(", "),
                remedy: "declare the secrets that it holds",
            })));
        }
        for (const { name, source } of next) {
            values[name] = valueOf(name, source, { config, opts, values });
        }
        waiting = waiting.filter(({ name }) => !(name in values));
    }
    return values;
}

/** The secrets that another is made of. */
function needs(source: SecretSource): readonly string[] {
    return source.kind === "composed" ? secretsIn(source.template) : source.kind === "certificate" ? [source.seed] : [];
}

// Without a deployment engine nobody can decrypt the configuration, and nothing is deployed either.
const LATER = "given when the stack is deployed";

interface Sources {
    readonly config: pulumi.Config;
    readonly opts: pulumi.CustomResourceOptions;
    readonly values: SecretValues;
}

function valueOf(name: string, source: SecretSource, { config, opts, values }: Sources): pulumi.Output<string> {
    switch (source.kind) {
        case "given":
            return config.getSecret(source.configKey) ?? pulumi.secret(LATER);
        case "file":
            return pulumi.secret(readFileSync(source.file, "utf8"));
        case "generated":
            return pulumi.secret(new random.RandomPassword(name, { length: source.length, ...ALPHABETS[source.alphabet] }, opts).result);
        case "certificate":
            return certificate(values[source.seed] as pulumi.Output<string>, source.hosts, source.part);
        case "composed":
            return composed(source.template, values);
    }
}

/**
 * Hex digits are a password's too: the provider draws evenly from digits and these six "special" letters. Its RandomBytes,
 * made for keys, is not for secrets in a state: the bytes are the resource's id, which Pulumi never encrypts.
 */
const ALPHABETS = {
    alphanumeric: { special: false },
    hex: { upper: false, lower: false, special: true, overrideSpecial: "abcdef" },
} as const;

/** The X.509 library is loaded only here, where a certificate is really issued. */
function certificate(seed: pulumi.Output<string>, hosts: readonly string[], part: "chain" | "key"): pulumi.Output<string> {
    return pulumi.secret(seed.apply(async hex => {
        const { issueInternalCertificate } = await import("../edge/certificate");
        return (await issueInternalCertificate({ seed: Buffer.from(hex, "hex"), hosts, at: new Date() }))[part];
    }));
}

function composed(template: string, values: SecretValues): pulumi.Output<string> {
    const parts = Object.fromEntries(secretsIn(template).map(name => [name, values[name] as pulumi.Output<string>]));
    return pulumi.secret(pulumi.all(parts).apply(known => fillSecrets(template, name => known[name] as string)));
}

function givenProblems({ name, source }: HardenedSecret, config: pulumi.Config, example: string | null | undefined): Problem[] {
    switch (source.kind) {
        case "given":
            return configProblems(name, source.configKey, config, example);
        case "file":
            return fileProblems(name, source.file, example);
        default:
            return [];
    }
}

function configProblems(name: string, key: string, config: pulumi.Config, example: string | null | undefined): Problem[] {
    const remedy = `set one with "pulumi config set --secret ${key}"`;
    const value = config.get(key);
    if (value === undefined) {
        return !pulumi.runtime.hasEngine() ? [] : [{ subject: `secrets.${name}`, fault: "has no value in the stack's configuration", remedy }];
    }
    const fault = weakness(value, example) ?? (isEncrypted(key) ? undefined : "stands in clear text in the stack's configuration");
    return fault === undefined ? [] : [{ subject: `secrets.${name}`, fault, remedy }];
}

/** The SDK exports this question and leaves it out of its types. */
function isEncrypted(key: string): boolean {
    const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(fullKey: string): boolean };
    return isConfigSecret(`${pulumi.getProject()}:${key}`);
}

function fileProblems(name: string, file: string, example: string | null | undefined): Problem[] {
    let value: string;
    try {
        value = readFileSync(file, "utf8");
    } catch {
        return [{ subject: `secrets.${name}`, fault: "has a file that cannot be read", got: file, remedy: "write the value to it" }];
    }
    const weak = weakness(value.replace(/\r?\n$/, ""), example);
    return weak === undefined ? [] : [{ subject: `secrets.${name}`, fault: weak, remedy: `write another value to ${file}` }];
}
