import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { previewSystem } from "../../cli/commands/preview";
import { ProblemsError } from "../../infra/model/problem";

const CORPUS = join(__dirname, "..", "..", "..", "shared", "corpus", "compose");
const present = existsSync(CORPUS);

/** Compose files that stand by themselves: an override is no application. */
function composeFiles(): string[] {
    return readdirSync(CORPUS, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && /^(docker-)?compose[\w.-]*\.ya?ml$/.test(entry.name))
        .map(entry => join(entry.parentPath, entry.name))
        .filter(file => /^services:/m.test(readFileSync(file, "utf8"))).sort();
}

type Outcome = "hardened" | "problems" | "findings" | "crash";

async function outcomeOf(file: string): Promise<{ outcome: Outcome; detail: string[] }> {
    try {
        const { report } = await previewSystem({ stack: "prod", system: file });
        const faults = [...report.findings.map(({ rule, message }) => `${rule}: ${message}`), ...report.errors.map(({ message }) => message)];
        return { outcome: faults.length === 0 ? "hardened" : "findings", detail: faults };
    } catch (error) {
        if (error instanceof ProblemsError) {
            const useless = error.problems.filter(({ place, remedy, subject }) => place === undefined && remedy === undefined && !subject.startsWith("edge"));
            return { outcome: useless.length === 0 ? "problems" : "crash", detail: error.message.split("\n") };
        }
        return { outcome: "crash", detail: [String(error instanceof Error ? error.stack : error)] };
    }
}

(present ? describe : describe.skip)(`the corpus of real applications${present ? "" : " (skipped: ../shared is not here)"}`, () => {
    it("ends hardened without a finding, or with problems that say which line to write", async function () {
        this.timeout(600_000);
        const results: { file: string; outcome: Outcome; detail: string[] }[] = [];
        for (const file of composeFiles()) {
            results.push({ file, ...await outcomeOf(file) });
        }
        const count = (outcome: Outcome): number => results.filter(result => result.outcome === outcome).length;
        console.log(`      ${results.length} files: ${count("hardened")} hardened without a finding, ${count("problems")} with problems, `
            + `${count("findings")} with findings, ${count("crash")} without a clear end`);
        if (process.env["PORTCULLIS_DETAIL"] !== undefined) {
            for (const { file, outcome, detail } of results) {
                console.log(`${outcome} ${relative(CORPUS, file)} ${dirname(file) === CORPUS ? "" : ""}\n${detail.map(line => `    ${line.replaceAll(`${CORPUS}/`, "")}`).join("\n")}`);
            }
        }
        assert.deepEqual(results.filter(({ outcome }) => outcome === "crash" || outcome === "findings").map(({ file, detail }) => [relative(CORPUS, file), detail[0]]), []);
        assert.ok(count("hardened") > 0);
    });
});
