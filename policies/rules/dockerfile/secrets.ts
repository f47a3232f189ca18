import { dockerfileRule, faultsIn, quoted } from "./define";
import { optionsAt } from "../../view/command";
import { namesSecret, secretReason } from "../../view/secret";
import { pairsOf, wordsOf } from "../../view/dockerfile/instruction";
import { commandsOf } from "../../view/dockerfile/run";
import type { Rule } from "../../rule";
import type { Instruction } from "../../view/dockerfile/instruction";
import type { BuildCommand } from "../../view/dockerfile/run";
import type { Entry } from "../../view/types";

/** Checksums and fingerprints look random, and builds are full of them. */
const RANDOM = "its value looks random";

/** Files that hold keys and passwords, by name. */
const SECRET_FILES = /(?:^|\/)(?:\.env(?:\.(?!example|sample|template|dist|tpl)[\w.-]+)?|id_(?:rsa|dsa|ecdsa|ed25519)|\.npmrc|\.yarnrc|\.pypirc|\.netrc|\.git-credentials|\.dockercfg|\.htpasswd|\.pgpass|\.my\.cnf|kubeconfig|\.kube\/config|\.aws(?:\/credentials)?|\.ssh|\.docker\/config\.json|terraform\.tfstate|secrets?\.(?:ya?ml|json|env|txt)|[^/]+\.(?:key|p12|pfx|jks|keystore|kdbx)|[^/]*(?:priv|key)[^/]*\.pem)\/?$/i;

export const SECRET_RULES: readonly Rule[] = [
    /** Every layer and the image's history are for everybody who may pull it, and stay when a later step deletes them. */
    dockerfileRule({
        id: "secret-in-dockerfile",
        severity: "critical",
        title: "No secret is written into an image or handed to its build as an argument",
        fix: "mount it for the one step that needs it (`RUN --mount=type=secret,id=…`), or hand it over when the container starts; change a secret that was in an image",
        benchmarks: ["CIS Docker 4.10", "NIST SP 800-190 4.1.4", "OWASP Docker Security Rule 12"],
        controls: ["SC-33", "SC-42"],

        check(file) {
            const declared = file.instructions.filter(({ keyword }) => ["ENV", "ARG", "LABEL"].includes(keyword));
            return [
                ...declared.flatMap(instruction => faultsIn([instruction], declaredSecret)),
                ...faultsIn(commandsOf(file), secretIn),
            ];
        },
    }),
    /** What is copied is in a layer, whatever is deleted later. */
    dockerfileRule({
        id: "secret-file-in-image",
        severity: "high",
        title: "No file of keys or passwords is copied into an image",
        fix: "name the file in .dockerignore, and mount it where a step needs it (`RUN --mount=type=secret,id=…`)",
        benchmarks: ["CIS Docker 4.10", "NIST SP 800-190 4.1.4"],
        controls: ["CTM-CONT-03", "SC-33", "SC-42"],

        check(file) {
            const copies = file.instructions.filter(({ keyword }) => ["ADD", "COPY"].includes(keyword));
            return faultsIn(copies, copy => {
                const found = wordsOf(copy).slice(0, -1).find(source => SECRET_FILES.test(source));
                return found === undefined ? undefined : `copies a file of secrets into the image (${quoted(found)})`;
            });
        },
    }),
];

function declaredSecret(instruction: Instruction): string | undefined {
    for (const { name, value } of pairsOf(instruction)) {
        if (instruction.keyword === "ARG" && (value ?? "") === "" && namesSecret(name)) {
            return `takes a secret as a build argument, which the image's history keeps (ARG ${name})`;
        }
        const reason = secretReason(name, value);
        const fingerprint = /^(?:0x)?[0-9a-f]+$/i.test(value ?? "") && (reason === RANDOM || /GPG|PGP|FINGERPRINT/i.test(name));
        if (reason !== undefined && !fingerprint) {
            return `keeps a secret in the image (${instruction.keyword} ${name}: ${reason})`;
        }
    }
    return undefined;
}

/** What a command is given, except what it reads from elsewhere. */
function secretIn(command: BuildCommand): string | undefined {
    const entries = [...command.assignments, command.name, ...command.words].map((value): Entry => ({ name: "", value, secret: false, path: command.path }));
    const options = entries.flatMap((entry, at) => at === 0 || /^-|=/.test(entry.value ?? "") ? optionsAt(...around(entries, at)) : []);
    const found = [...options, ...entries.map(({ value }) => ({ name: "", value: value ?? "" }))].find(({ name, value }) => {
        const reason = value.includes("$") && !/:\/\//.test(value) ? undefined : secretReason(name, value);
        return reason !== undefined && reason !== RANDOM;
    });
    return found === undefined ? undefined : `has a secret in a command of its build (${command.name === "" ? "RUN" : quoted(command.name)}: ${found.name === "" ? "a word of it" : quoted(found.name)})`;
}

/** How many words beside one may say what it is. */
const NEAR = 20;

/** A word with the program and those beside it: the whole command would make long ones slow. */
function around(entries: readonly Entry[], at: number): [words: readonly Entry[], at: number] {
    const start = Math.max(0, at - NEAR);
    const head = start === 0 ? [] : entries.slice(0, 1);
    return [[...head, ...entries.slice(start, at + NEAR)], head.length + at - start];
}
