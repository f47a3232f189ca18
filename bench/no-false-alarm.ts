import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { judgeFiles } from "../cli/check/judge-files";
import { STANDARD_RULES } from "../policies/catalogue";
import { checkov, composeLint, dclint, kics, kubeScore, kyverno, type Said } from "./no-false-alarm/peers";
import { composeFilesBelow, type RenderedSystem, renderSystem } from "./no-false-alarm/render";

// npx tsx bench/no-false-alarm.ts [FOLDER]: what our rules and the peers on the PATH say of what `render` writes for systems/ragflow and
// for each Compose file of a folder that is hardened with nothing declared, and of the hardened manifests of test/data/hardened.
// KICS reads its queries from KICS_ASSETS, Kyverno its policies from KYVERNO_POLICIES (pod-security of its policies' repository). docs/no-false-alarm.md has the reasons.

const CORPUS = resolve(process.argv[2] ?? join(__dirname, "../../shared/corpus/compose"));
const OWN = join(__dirname, "../systems/ragflow");
const MANIFESTS = join(__dirname, "../test/data/hardened");
const POLICIES = process.env["KYVERNO_POLICIES"];
const ASSETS = process.env["KICS_ASSETS"] ?? join(process.env["PORTCULLIS_TOOLS"] ?? "", "kics-assets");

function program(name: string): string | undefined {
    return (process.env["PATH"] ?? "").split(delimiter).map(folder => join(folder, name)).find(existsSync);
}

function print(title: string, said: readonly Said[], of: number): void {
    const checks = [...new Set(said.map(({ severity, check }) => `${severity}\0${check}`))].sort();
    console.log(`\n| ${title} (${of}) | severity | findings | files | for example |\n| --- | --- | --- | --- | --- |`);
    for (const key of checks) {
        const found = said.filter(({ severity, check }) => `${severity}\0${check}` === key);
        const [first] = found;
        console.log(`| ${first?.check ?? ""} | ${first?.severity ?? ""} | ${found.length} | ${new Set(found.map(({ file }) => file)).size} | ${(first?.message ?? "").replaceAll("|", "\\|").slice(0, 110)} |`);
    }
    const severe = said.filter(({ severity }) => ["high", "critical"].includes(severity));
    severe.forEach(({ severity, check, file, message }) => { console.log(`${severity} ${check} ${file}: ${message.slice(0, 160)}`); });
    console.log(`${title}: ${said.length} findings, ${severe.length} high or critical`);
}

/** One after the other; a peer that is absent or fails is named. */
function ask(name: string, title: string, of: number, asked: (path: string) => Said[]): void {
    const path = program(name);
    if (path === undefined) {
        console.log(`\n${title}: not asked, ${name} is not on the PATH`);
        return;
    }
    try {
        print(title, asked(path), of);
    } catch (error) {
        console.log(`\n${title}: failed, ${error instanceof Error ? error.message : String(error)}`);
    }
}

async function ours(systems: readonly RenderedSystem[]): Promise<void> {
    const said: Said[] = [];
    let answered = 0;
    for (const { composeFile, name, exemptions } of systems) {
        const report = await judgeFiles([composeFile], { rules: STANDARD_RULES, exemptions });
        answered += report.exempted.length;
        said.push(...report.findings.map(({ rule, severity, message, subject }) => ({ file: name, check: rule, severity: subject.kind === "Dockerfile" ? `${severity}, authors' Dockerfile` : severity, message })));
        said.push(...report.errors.map(({ message }) => ({ file: name, check: "could not be judged", severity: "critical", message })));
    }
    print("portcullis, profile hardened", said, systems.length);
    console.log(`answered for by the exemptions.yaml of the renderings: ${answered}`);
}

function askAboutManifests(): void {
    const files = ["web.yaml", "worker.yaml", "sandbox.yaml"].map(name => join(MANIFESTS, name)).filter(existsSync);
    ask("kube-score", "kube-score", files.length, path => kubeScore(path, files));
    ask("kics", "KICS, Kubernetes", files.length, path => kics(path, MANIFESTS, ASSETS, "Kubernetes"));
    ask("checkov", "checkov, Kubernetes", files.length, path => checkov(path, MANIFESTS, "kubernetes"));
    if (POLICIES !== undefined) {
        ask("kyverno", "Kyverno, pod-security", files.length, path => kyverno(path, files, POLICIES));
    }
}

async function main(): Promise<void> {
    const base = mkdtempSync(join(tmpdir(), "portcullis-no-false-alarm-"));
    try {
        const paths = [OWN, ...composeFilesBelow(CORPUS)];
        const systems: RenderedSystem[] = [];
        for (const [at, path] of paths.entries()) {
            const system = await renderSystem(path, CORPUS, join(base, "rendered", String(at)));
            systems.push(...system === undefined ? [] : [system]);
        }
        console.log(`${systems.length} of ${paths.length} systems are hardened with nothing more declared`);
        await ours(systems);
        const plain = join(base, "plain");
        const files = systems.map((system, at) => {
            const file = join(plain, String(at), "docker-compose.yaml");
            mkdirSync(join(plain, String(at)), { recursive: true });
            cpSync(system.plain, file);
            return file;
        });
        ask("compose-lint", "compose-lint", files.length, path => composeLint(path, files));
        ask("dclint", "dclint", files.length, path => dclint(path, files));
        ask("kics", "KICS, Compose", files.length, path => kics(path, plain, ASSETS, "DockerCompose"));
        askAboutManifests();
    } finally {
        rmSync(base, { recursive: true });
    }
}

main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
});
