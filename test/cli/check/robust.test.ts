import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { runCheck } from "../../../cli/commands/check";
import type { Report } from "../../../policies/report/report";

const TYPE = "docker:index/container:Container";
/** Each has a privileged container: none of what is made of them may pass for clean. */
const SEEDS: Readonly<Record<string, string>> = {
    "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\n  labels: {app: api}\nspec:\n  containers:\n  - name: api\n    image: api:1.0\n    securityContext:\n      privileged: true\n",
    "cron.yaml": "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec:\n  schedule: '0 3 * * *'\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers:\n          - {name: job, image: job:1.0, securityContext: {privileged: true}}\n",
    "compose.yaml": "services:\n  api:\n    image: api:1.0\n    privileged: true\n    environment:\n      LOG_LEVEL: info\n    ports: ['8080:80']\n",
    "preview.json": JSON.stringify({ steps: [{ op: "create", newState: { urn: `urn:pulumi:a::b::${TYPE}::api`, type: TYPE, inputs: { name: "api", image: "api:1.0", privileged: true } } }] }, undefined, 1),
    "list.json": JSON.stringify({ apiVersion: "v1", kind: "List", items: [{ apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec: { containers: [{ name: "c", image: "a:1", securityContext: { privileged: true } }] } }] }, undefined, 1),
};

type Change = readonly [title: string, change: (seed: string) => Buffer | string];

const at = (text: string, share: number): number => Math.floor(text.length * share);
const CHANGES: readonly Change[] = [
    ["carriage returns", text => text.replaceAll("\n", "\r\n")],
    ["a byte order mark", text => `\uFEFF${text}`],
    ["UTF-16, little end first", text => Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16, big end first", text => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["bytes of Latin-1", text => Buffer.from(text.replace("api", "caf\u00e9"), "latin1")],
    ["encodings mixed", text => Buffer.concat([Buffer.from(text), Buffer.from("# \u00fc", "utf16le")])],
    ["a NUL in the middle", text => `${text.slice(0, at(text, 0.5))}\0${text.slice(at(text, 0.5))}`],
    ["NULs at the end", text => `${text}\0\0`],
    ["an escape character", text => text.replace("api", "\u001b[31mapi")],
    ["half of it", text => text.slice(0, at(text, 0.5))],
    ["a tenth of it", text => text.slice(0, at(text, 0.1))],
    ["all but the last byte but one", text => text.slice(0, -2)],
    ["itself twice", text => `${text}${text}`],
    ["a template around a value", text => text.replace(/: *"?api:1\.0/, ": {{ .Values.image }}")],
    ["a template's loop", text => `{{- range .Values.items }}\n${text}\n{{- end }}\n`],
    ["a template inside a text", text => text.replace("name", "{{ include \"x\" . }}name")],
    ["conflict markers", text => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> theirs\n`],
    ["a tab before everything", text => text.replaceAll("\n", "\n\t")],
    ["a key of __proto__", text => text.startsWith("{") ? text.replace("{", "{\"__proto__\": {\"a\": 1},") : `__proto__: {a: 1}\n${text}`],
    ["a key of constructor", text => text.startsWith("{") ? text.replace("{", "{\"constructor\": 1,") : `constructor: 1\n${text}`],
    ["a list of itself", text => text.startsWith("{") ? `[${text}]` : text.replace(/^/, "- ").replaceAll("\n", "\n  ")],
    ["a document end too many", text => `...\n...\n${text}`],
    ["a directive that nobody knows", text => `%FOO bar\n---\n${text}`],
    ["depth below a label", text => text.replace(/(labels: |"metadata": )?\{/, `{"deep": ${"[".repeat(10_000)}${"]".repeat(10_000)}, `)],
    ["a million blanks", text => `${" ".repeat(1_000_000)}\n${text}`],
];

describe("portcullis check: files that are not as they should be", function () {
    this.timeout(120_000);
    let folder: string;
    beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "robust-")); });
    afterEach(() => { rmSync(folder, { recursive: true }); });

    const write = (name: string, content: Buffer | string): string => {
        const path = join(folder, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
        return path;
    };
    const check = async (...paths: string[]): Promise<Report & { readonly status: number }> => {
        const output = join(folder, "report.json");
        const status = await runCheck([...paths, "--format", "json", "--output", output]);
        return { status, ...JSON.parse(readFileSync(output, "utf8")) as Report };
    };

    for (const [name, seed] of Object.entries(SEEDS)) {
        for (const [title, change] of CHANGES) {
            it(`${name} with ${title}: is judged or refused, and what is beside it is judged`, async () => {
                const content = change(seed);
                const changed = write(`a/${name}`, content);
                const beside = write("b/pod.yaml", SEEDS["pod.yaml"] ?? "");
                const { status, findings, errors } = await check(changed, beside);
                assert.ok(findings.some(({ path, rule }) => path === beside && rule === "privileged-container"), "what is beside it was not judged");
                const seen = findings.some(({ path, rule }) => path === changed && rule === "privileged-container");
                // What was cut off with the fault in it may be a good file of another kind.
                assert.ok(seen || !content.toString("latin1").replaceAll("\0", "").includes("privileged") || errors.some(({ path }) => path === changed), "it was neither judged nor refused");
                assert.equal(status, errors.length > 0 ? 3 : 1);
                const stumbled = errors.filter(({ message }) => /undefined|Cannot read|is not a function|Maximum call stack|\[object/.test(message));
                assert.deepEqual(stumbled, []);
            });
        }
    }

    it("a hundred megabytes are refused, not read", async () => {
        const path = write("huge.yaml", "kind: Pod\n");
        truncateSync(path, 100 * 1024 ** 2);
        const { status, errors } = await check(path);
        assert.equal(status, 3);
        assert.match(errors[0]?.message ?? "", /64 MiB|too large|MB/);
    });

    it("an alias bomb in a pod is over at once", async () => {
        const levels = Array.from({ length: 40 }, (_, level) => `  l${level}: &l${level} [${level === 0 ? "x" : `*l${level - 1}, *l${level - 1}`}]`).join("\n");
        const started = process.cpuUsage();
        const { status } = await check(write("bomb.yaml", `${SEEDS["pod.yaml"] ?? ""}x-bomb:\n${levels}\n`));
        assert.equal(status, 1);
        assert.ok(process.cpuUsage(started).user < 5e6, "it took seconds");
    });

    it("two objects of one name, sub-folders and links are all judged", async () => {
        write("one/pod.yaml", SEEDS["pod.yaml"] ?? "");
        write("one/deep/er/pod.yaml", SEEDS["pod.yaml"] ?? "");
        symlinkSync(join(folder, "one"), join(folder, "one", "round"));
        const { status, findings } = await check(join(folder, "one"));
        assert.equal(status, 1);
        assert.equal(findings.filter(({ rule }) => rule === "privileged-container").length, 2);
    });
});
