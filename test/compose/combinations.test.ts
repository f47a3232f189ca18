import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";

import { type OracleRequest, buildOracle } from "../support/compose-oracle";
import { compareAll, countOutcomes, disagreements } from "./compare";
import { SERVICE_CASES } from "./service-cases";

/** Files of a project; `over.yaml`, where there is one, is loaded over `compose.yaml`. */
type Project = Readonly<Record<string, string>>;

const ENV_FILES = Object.fromEntries(Object.entries(SERVICE_CASES[0]?.files ?? {}).filter(([name]) => name !== "compose.yaml"));
const REST = `  other:\n${(SERVICE_CASES[0]?.files["compose.yaml"] ?? "").split("  other:\n")[1] ?? ""}`;
const below = (folder: string): Project => Object.fromEntries(Object.entries(ENV_FILES).map(([name, content]) => [`${folder}/${name}`, content]));

/** The lines of one case of a service's keys, indented. */
const lines = (indent: string): fc.Arbitrary<string> => fc.constantFrom(...SERVICE_CASES).map(({ name }) => name.split("; ").map(line => `${indent}${line}`).join("\n"));

/** Two cases of the same key. */
const sameKey: fc.Arbitrary<readonly [string, string]> = fc.tuple(fc.constantFrom(...SERVICE_CASES), fc.nat()).map(([{ name }, at]) => {
    const others = SERVICE_CASES.filter(other => other.name.split(":")[0] === name.split(":")[0]);
    return [name, others[at % others.length]?.name ?? name].map(found => found.split("; ").map(line => `    ${line}`).join("\n")) as [string, string];
});

const COMBINATIONS: Readonly<Record<string, fc.Arbitrary<Project>>> = {
    "merged over another file": sameKey.map(([one, two]) => ({ "compose.yaml": `services:\n  web:\n    image: nginx\n${one}\n${REST}`, "over.yaml": `services:\n  web:\n${two}\n` })),
    "reset or overridden": fc.tuple(sameKey, fc.constantFrom("!reset", "!override")).map(([[one, two], tag]) => ({ "compose.yaml": `services:\n  web:\n    image: nginx\n${one}\n${REST}`, "over.yaml": `services:\n  web:\n${two.replace(/: /, `: ${tag} `)}\n` })),
    "extended from another file": fc.tuple(lines("    "), lines("    ")).map(([one, two]) => ({ ...below("sub"), "compose.yaml": `services:\n  web:\n    extends: {file: sub/base.yaml, service: base}\n${one}\n${REST}`, "sub/base.yaml": `services:\n  base:\n    image: nginx\n${two}\n` })),
    "included from another folder": lines("    ").map(one => ({ ...below("sub"), "compose.yaml": "include: [sub/inc.yaml]\nservices: {own: {image: o}}\n", "sub/inc.yaml": `services:\n  web:\n    image: nginx\n${one}\n${REST}` })),
    "inherited by a hook": fc.tuple(lines("    "), lines("        ")).map(([one, two]) => ({ "compose.yaml": `services:\n  web:\n    image: nginx\n${one}\n    pre_start:\n      - command: x\n${two}\n${REST}` })),
    "in a job": lines("    ").map(one => ({ "compose.yaml": `services:\n${REST}jobs:\n  web:\n    image: nginx\n    triggers: {manual: true}\n${one}\n` })),
};

const text = (pieces: readonly string[], most: number): fc.Arbitrary<string> => fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: most }).map(parts => parts.join(""));
const web = (lines: (value: string) => string) => (value: string): Project => ({ "compose.yaml": `services: {web: {image: a, ${lines(JSON.stringify(value))}}}\nvolumes: {a: , b: , ab: }\n` });

const VALUES: Readonly<Record<string, fc.Arbitrary<Project>>> = {
    templates: text(["$", "{", "}", "S", "E", "A", ":-", ":?", "?", "-", ":+", "+", " ", "$$", "${S", "${A:-", "\n", "_", "1"], 10).map(web(value => `hostname: ${value}`)),
    "env files": text(["A", "B", "=", ":", " ", "\n", "'", "\"", " #", "\\", "\\n", "$A", "${B}", "${C:-d}", "export ", "x", "\r\n", "\t", "-", ".", "é", "\\$", "$$", "!"], 14).map(content => ({ "compose.yaml": "services: {web: {image: a, env_file: e.env}}\n", "e.env": content })),
    ports: text(["80", "8080", "-", ":", "/", "tcp", "udp", "127.0.0.1", "[", "]", "::1", " ", "0", "99999", "81"], 6).map(web(value => `ports: [${value}]`)),
    mounts: text(["a", "/", "b", ":", "ro", "z", ",", ".", "..", "~", "c:", "\\", "nocopy", "rshared", " "], 8).map(web(value => `volumes: [${value}]`)),
    durations: text(["1", "5", "0", ".", "s", "m", "h", "ms", "us", "d", "w", "-", " ", "µs"], 4).map(web(value => `stop_grace_period: ${value}`)),
    sizes: text(["1", "5", "0", ".", "k", "m", "g", "b", "i", "B", "t", " ", "-", "_"], 4).map(web(value => `mem_limit: ${value}`)),
    commands: text(["a", "b", " ", "'", "\"", "\\", "$$", "(", ")", "`", ";", "|", ">", "2", "#", "\t", "\n", "n", "é"], 9).map(web(value => `command: ${value}`)),
    "plain scalars": text(["0", "1", "7", "8", ".", "e", "+", "-", "_", "x", "o", "b", "a", "n", "N", "i", "f", ":", "T", "Z", " ", "2020-", "01", "true", "~"], 6).map(value => ({ "compose.yaml": `services:\n  web:\n    image: a\n    environment:\n      V: ${value}\n` })),
    "texts printed as YAML": text(["a", " ", "\n", "'", "\"", ":", "#", "-", "{", "[", "&", "*", "!", "|", ">", "%", "@", "\t", "é", "🐳", "\u00a0", "\u0007", "word ", "longer-word ", "yes", "1", "null", ",", "?", "\\", "\r"], 30).map(web(value => `command: [${value}], labels: {k: ${value}}`)),
};

describe("the loader against the specification's own, at random", function () {
    this.timeout(600_000);
    let folder = "";
    before(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), "compose-random-"))); });
    after(() => { rmSync(folder, { recursive: true, force: true }); });

    for (const [what, projects] of [...Object.entries(COMBINATIONS).map(([name, made]) => [`keys ${name}`, made] as const), ...Object.entries(VALUES)]) {
        it(`agrees on ${what}`, async function () {
            const oracle = buildOracle();
            if ("reason" in oracle) {
                console.log(`      skipped: ${oracle.reason}`);
                this.skip();
            }
            const requests = fc.sample(projects, { numRuns: 300, seed: 8 }).map((files, at) => write(files, join(folder, what.replaceAll(" ", "-"), String(at), "project")));
            const comparisons = await compareAll((oracle as { binary: string }).binary, requests);
            console.log(`      ${JSON.stringify(countOutcomes(comparisons))}`);
            assert.deepEqual(disagreements(comparisons), []);
        });
    }
});

function write(files: Project, directory: string): OracleRequest {
    for (const [name, content] of Object.entries({ ...ENV_FILES, ...files })) {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), content);
    }
    return {
        directory, yaml: true, files: ["compose.yaml", "over.yaml"].filter(name => files[name] !== undefined).map(name => join(directory, name)),
        environment: { HOME: "/home/nobody", PWD: directory, KEY: "value", S: "set", E: "" },
    };
}
