import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

import { judgeFiles } from "../../../cli/check/judge-files";
import { RULES } from "../../../policies/catalogue";
import type { Report } from "../../../policies/report/report";

const ROOT_USER = "FROM a\nRUN x\nUSER root\n";
const rules = RULES.filter(({ id }) => ["image-runs-as-root", "sudo-in-build"].includes(id));

describe("check of Dockerfiles", () => {
    let folder: string;
    beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "portcullis-dockerfiles-")); });
    afterEach(() => { rmSync(folder, { recursive: true }); });

    const write = (name: string, content: string): string => {
        const path = join(folder, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
        return path;
    };
    const check = (...paths: string[]): Promise<Report> => judgeFiles(paths, { rules });
    const seen = ({ findings }: Report): string[] => findings.map(({ rule, path, line, column }) => `${relative(folder, path)}:${line}:${column} ${rule}`).sort();

    it("knows them by their names, wherever they are", async () => {
        const names = ["Dockerfile", "Containerfile", "a/Dockerfile.web", "a/web.Dockerfile", "b/api.containerfile", "c/dockerfile"];
        names.forEach(name => write(name, ROOT_USER));
        ["Dockerfile.dockerignore", "Dockerfile.md", "Dockerfiles", "a/Dockerfile-old", "web.Dockerfile.json"].forEach(name => write(name, "{}"));
        const report = await check(folder);
        assert.deepEqual(seen(report), names.map(name => `${name}:3:1 image-runs-as-root`).sort());
        assert.deepEqual([report.errors, report.checked.subjects], [[], names.length]);
    });

    it("knows one of another name, where it is named, by how it begins", async () => {
        assert.deepEqual(seen(await check(write("build.txt", `# syntax=docker/dockerfile:1\n\n${ROOT_USER}`))), ["build.txt:5:1 image-runs-as-root"]);
        assert.equal((await check(write("notes.txt", "some words\n"))).errors.length, 1);
    });

    it("says which line keeps a file from being one, and judges what is beside it", async () => {
        const wrong = write("x/Dockerfile", "FROM a\n\nINSTALL b\n");
        write("y/Dockerfile", ROOT_USER);
        const report = await check(folder);
        assert.deepEqual(report.errors, [{ path: wrong, line: 3, message: 'is not a Dockerfile: "INSTALL" is no instruction' }]);
        assert.deepEqual(seen(report), ["y/Dockerfile:3:1 image-runs-as-root"]);
    });

    it("judges those that a Compose build names, by its target and arguments", async () => {
        write("api/Dockerfile", "ARG BASE=a\nFROM ${BASE} AS run\nARG U\nUSER $U\nFROM run AS dev\nUSER root\n");
        const compose = (build: string): string => write("compose.yaml", `services:\n  api:\n    build:\n      context: api\n${build}`);
        assert.deepEqual(seen(await check(compose("      target: run\n      args: { U: \"1\" }\n"))), []);
        assert.deepEqual(seen(await check(compose("      target: run\n      args: { U: root }\n"))), ["api/Dockerfile:4:1 image-runs-as-root"]);
        assert.deepEqual(seen(await check(compose("      args: { U: \"1\" }\n"))), ["api/Dockerfile:6:1 image-runs-as-root"]);
        assert.deepEqual((await check(compose("      dockerfile: none\n"))).errors, []);
        assert.deepEqual((await check(compose("      target: none\n"))).errors.map(({ message }) => message), ['is not a Dockerfile: it has no stage "none"']);
    });

    it("reports a Dockerfile once that a project and the folder have", async () => {
        write("api/Dockerfile", ROOT_USER);
        write("compose.yaml", "services:\n  api: { build: ./api }\n  other: { build: ./api }\n");
        assert.deepEqual(seen(await check(folder)), ["api/Dockerfile:3:1 image-runs-as-root"]);
    });

    it("comes to an end in time with what is as large as may be, and made to be slow", async function () {
        this.timeout(30_000);
        const size = 250_000;
        const texts = {
            variables: Array.from({ length: size / 20 }, (_, at) => `A${at}=$A${at}`).join(" ").replace(/^/, "FROM a\nENV "), removals: `FROM a\nRUN apt-get install -y a && rm -rf ${"-a ".repeat(size / 3)}`,
            heredocs: `FROM a\n${"RUN <<E\nE\n".repeat(size / 10)}`, stages: `FROM a AS s0\n${Array.from({ length: size / 24 }, (_, at) => `FROM s${at} AS s${at + 1}\n`).join("")}`,
            substitutions: `FROM a\nRUN ${"$(".repeat(size / 2)}`, settings: `FROM a\n${"ENV A=$B\n".repeat(size / 9)}`,
        };
        Object.entries(texts).forEach(([name, text]) => write(`${name}/Dockerfile`, text));
        assert.deepEqual((await judgeFiles([folder], { rules: RULES })).errors, []);
    });

    it("judges one that a Compose file holds, with the line where it is a block", async () => {
        const path = write("compose.yaml", "services:\n  api:\n    build:\n      context: .\n      dockerfile_inline: |\n        FROM a\n        RUN sudo x\n        USER root\n");
        assert.deepEqual(seen(await check(path)), ["compose.yaml:7:7 sudo-in-build", "compose.yaml:8:7 image-runs-as-root"]);
        const flow = write("compose.yaml", "services:\n  api:\n    build:\n      context: .\n      dockerfile_inline: \"FROM a\\nUSER root\"\n");
        assert.deepEqual(seen(await check(flow)), ["compose.yaml:5:7 image-runs-as-root"]);
        const wrong = write("compose.yaml", "services:\n  api:\n    build:\n      context: .\n      dockerfile_inline: FORM a\n");
        assert.deepEqual((await check(wrong)).errors.map(({ line, message }) => [line, message]), [
            [5, 'Dockerfile of service "api" cannot be judged: services.api.build.dockerfile_inline is not a Dockerfile (line 1: "FORM" is no instruction)'],
        ]);
    });
});
