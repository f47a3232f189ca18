import assert from "node:assert/strict";

import { type DockerfileImage, type DockerfileOptions, readDockerfile } from "../../infra/images/dockerfile";
import { createdIds } from "../../infra/images/dockerfile/users";
import { expandWord, splitWords } from "../../infra/images/dockerfile/words";

const NOTHING = { name: undefined, environment: {}, exposes: [], volumes: [], created: { users: {}, groups: {} } };

function read(text: string, options?: DockerfileOptions): DockerfileImage | undefined {
    const { image, problems } = readDockerfile(text, options);
    assert.deepEqual(problems, []);
    return image;
}

interface Case {
    readonly title: string;
    readonly text: string;
    readonly options?: DockerfileOptions;
    readonly image: Partial<DockerfileImage>;
}

const CASES: readonly Case[] = [
    { title: "nothing but a base", text: "FROM python:3.12", image: { base: "python:3.12" } },
    { title: "exec forms", text: "FROM a\nENTRYPOINT [\"tini\", \"--\"]\nCMD [\"app\"]", image: { base: "a", entrypoint: ["tini", "--"], command: ["app"] } },
    { title: "shell forms", text: "FROM a\nCMD app --port $PORT", image: { base: "a", command: ["/bin/sh", "-c", "app --port $PORT"] } },
    { title: "SHELL", text: "FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nENTRYPOINT x", image: { base: "a", entrypoint: ["/bin/bash", "-c", "x"], command: [] } },
    { title: "what only looks like a list", text: "FROM a\nCMD ['app']", image: { base: "a", command: ["/bin/sh", "-c", "['app']"] } },
    { title: "an entrypoint that drops the base's command", text: "FROM a AS b\nCMD [\"x\"]\nFROM b\nENTRYPOINT [\"y\"]", image: { base: "a", entrypoint: ["y"], command: [] } },
    { title: "a command before the entrypoint", text: "FROM a\nCMD [\"x\"]\nENTRYPOINT [\"y\"]", image: { base: "a", entrypoint: ["y"], command: ["x"] } },
    {
        title: "stages on stages",
        text: "FROM node:22 AS build\nUSER node\nENV A=1\nFROM build AS test\nWORKDIR app\nFROM nginx:1\nCOPY --from=build /x /x\nUSER 101",
        options: { target: "test" },
        image: { base: "node:22", name: "test", user: "node", environment: { A: "1" }, workingDir: "/app" },
    },
    { title: "a target by number", text: "FROM a\nUSER 1\nFROM b\nUSER 2", options: { target: "0" }, image: { base: "a", user: "1" } },
    { title: "a target in other case", text: "FROM a AS Web\nFROM b", options: { target: "web" }, image: { base: "a", name: "Web" } },
    { title: "keywords in lower case", text: "from a as x\nuser 1000:1000", image: { base: "a", name: "x", user: "1000:1000" } },
    { title: "a platform", text: "FROM --platform=$BUILDPLATFORM golang:1 AS b\nFROM alpine", image: { base: "alpine" } },
    { title: "scratch", text: "FROM scratch\nUSER 65532", image: { base: "scratch", user: "65532" } },
    { title: "defaults of arguments", text: "ARG V=3.12\nARG IMAGE=python:${V}-slim\nFROM ${IMAGE}", image: { base: "python:3.12-slim" } },
    { title: "given arguments", text: "ARG V=1\nFROM a:$V", options: { args: { V: "2" } }, image: { base: "a:2" } },
    { title: "null arguments", text: "ARG V=1\nFROM a:$V", options: { args: { V: null } }, image: { base: "a:1" } },
    { title: "a global argument in a stage only where declared", text: "ARG U=5\nFROM a\nUSER x$U\nARG U\nUSER $U", image: { base: "a", user: "5" } },
    { title: "a global argument that a stage did not declare", text: "ARG U=5\nFROM a\nUSER x$U", image: { base: "a", user: "x" } },
    { title: "an argument that is not declared is not taken", text: "FROM a\nUSER x$U", options: { args: { U: "9" } }, image: { base: "a", user: "x" } },
    { title: "ENV before ARG", text: "FROM a\nARG U=1\nENV U=2\nUSER $U", image: { base: "a", user: "2", environment: { U: "2" } } },
    {
        title: "ENV in all its forms",
        text: "FROM a\nENV A=1 B=\"two words\" C='$A' D=a\\ b\nENV OLD some value\nENV A=2 E=$A",
        image: { base: "a", environment: { A: "2", B: "two words", C: "$A", D: "a b", OLD: "some value", E: "1" } },
    },
    { title: "WORKDIR step by step", text: "FROM a\nWORKDIR /srv\nWORKDIR app/../web/.", image: { base: "a", workingDir: "/srv/web" } },
    {
        title: "ports",
        text: "FROM a\nENV P=8080\nEXPOSE 80 53/udp $P 90-92/TCP nonsense 99999 9-1",
        image: {
            base: "a", environment: { P: "8080" },
            exposes: [[80, "tcp"], [53, "udp"], [8080, "tcp"], [90, "tcp"], [91, "tcp"], [92, "tcp"]].map(([port, protocol]) => ({ port, protocol })) as DockerfileImage["exposes"],
        },
    },
    { title: "volumes", text: "FROM a\nVOLUME [\"/data\", \"/x y\"]\nVOLUME /data /logs", image: { base: "a", volumes: ["/data", "/x y", "/logs"] } },
    {
        title: "continued lines with comments in between",
        text: "FROM a\nENTRYPOINT [\"a\", \\\n# why\n  \"b\"]\nUSER \\\n  7",
        image: { base: "a", entrypoint: ["a", "b"], command: [], user: "7" },
    },
    { title: "heredocs", text: "FROM a\nRUN <<EOF\nUSER bad\nEOF\nCOPY <<\"x\" <<y /d/\nUSER worse\nx\nFROM no\ny\nUSER 8", image: { base: "a", user: "8" } },
    { title: "another escape character", text: "# escape=`\nFROM a\nUSER `\n  9\nWORKDIR C\\x", image: { base: "a", user: "9", workingDir: "/C\\x" } },
    { title: "a syntax directive and Windows line ends", text: "# syntax=docker/dockerfile:1\r\nFROM a\r\nUSER 3\r\n", image: { base: "a", user: "3" } },
    { title: "a health check", text: "FROM a\nHEALTHCHECK --interval=5s --timeout=3s CMD curl -f localhost", image: { base: "a", health: ["CMD-SHELL", "curl -f localhost"] } },
    { title: "a health check as a list", text: "FROM a\nHEALTHCHECK CMD [\"/ok\"]", image: { base: "a", health: ["CMD", "/ok"] } },
    { title: "no health check", text: "FROM a\nHEALTHCHECK NONE", image: { base: "a", health: ["NONE"] } },
    { title: "a stop signal", text: "FROM a\nSTOPSIGNAL SIGQUIT", image: { base: "a", stopSignal: "SIGQUIT" } },
    { title: "ONBUILD, which is for others", text: "FROM a\nONBUILD USER 5", image: { base: "a" } },
    {
        title: "users that it creates",
        text: "FROM a\nARG ID=1001\nRUN groupadd -g 1002 web && \\\n    useradd -r -u ${ID} -g web app\nUSER app",
        image: { base: "a", user: "app", created: { users: { app: { uid: 1001, gid: 1002 } }, groups: { web: 1002 } } },
    },
];

describe("readDockerfile", () => {
    for (const { title, text, options, image } of CASES) {
        it(`reads ${title}`, () => assert.deepEqual(read(text, options), { ...NOTHING, ...image }));
    }

    it("has a problem where there is no FROM", () => {
        for (const text of ["", "# nothing", "USER 1", "\u0000", "ARG A=1"]) {
            assert.deepEqual(readDockerfile(text, { file: "Dockerfile" }), {
                problems: [{ place: { file: "Dockerfile", line: 1, column: 1 }, subject: "Dockerfile", fault: "has no FROM", remedy: "begin the image with FROM image" }],
            });
        }
    });

    it("has a problem where the target is no stage", () => {
        assert.deepEqual(readDockerfile("FROM a AS x\nFROM b", { target: "prod" }), {
            problems: [{ subject: "build.target", fault: "is no stage of the Dockerfile", got: "prod", remedy: "name one of x, 1" }],
        });
    });

    it("has a problem, at once, where the file is too large", () => {
        assert.deepEqual(readDockerfile(`FROM a\n${"a && ".repeat(2_000_000)}`), {
            problems: [{ subject: "Dockerfile", fault: "is too large", got: "10000007 characters", remedy: "keep it below 262144 characters" }],
        });
    });

    it("does not take a later stage for an earlier one's base", () => {
        assert.equal(read("FROM later AS x\nUSER 1\nFROM a AS later\nUSER 2", { target: "x" })?.base, "later");
    });

    it("reads a large file in no time", () => {
        const started = performance.now();
        read(`FROM a\n${"RUN useradd -u 1 a && echo \"$X\" \\\n && true\n".repeat(500)}${"ENV A=b\n".repeat(500)}USER 1`);
        assert.ok(performance.now() - started < 3000);
    });
});

describe("expandWord", () => {
    const values: Record<string, string> = { A: "1", EMPTY: "" };
    const words: readonly [text: string, result: string][] = [
        ["$A", "1"], ["${A}", "1"], ["$B", ""], ["x${B:-d}y", "xdy"], ["${EMPTY:-d}", "d"], ["${EMPTY-d}", ""], ["${B-d}", "d"],
        ["${A:+y}", "y"], ["${EMPTY:+y}", ""], ["${EMPTY+y}", "y"], ["${B:-${A}}", "1"], ["${B:-${C:-z}}", "z"], ["\\$A", "$A"], ["'$A'", "$A"],
        ["\"$A b\"", "1 b"], ["\"a\\\"b\\n\"", "a\"b\\n"], ["$", "$"], ["$1", "$1"], ["${A", "1"], ["${A:?no}", "1"], ["a'b", "ab"], ["", ""],
    ];
    for (const [text, result] of words) {
        it(`makes ${JSON.stringify(result)} of ${text}`, () => assert.equal(expandWord(text, name => values[name]), result));
    }
});

describe("splitWords", () => {
    it("splits at white space outside quotes", () => {
        assert.deepEqual(splitWords("a  \"b c\"d 'e f'\ng\\ h"), ["a", "\"b c\"d", "'e f'", "g\\ h"]);
    });
});

describe("createdIds", () => {
    const scripts: readonly [script: string, users: Record<string, { uid: number; gid?: number }>, groups: Record<string, number>][] = [
        ["useradd -u 1001 app", { app: { uid: 1001 } }, {}],
        ["useradd --uid=1001 --gid=1001 --create-home app", { app: { uid: 1001, gid: 1001 } }, {}],
        ["set -eux; addgroup -g 70 -S web; adduser -u 70 -S -D -G web -H -h /srv -s /bin/sh web", { web: { uid: 70, gid: 70 } }, { web: 70 }],
        ["adduser --system --uid 1001 next && addgroup --system --gid 1001 nodejs", { next: { uid: 1001 } }, { nodejs: 1001 }],
        ["adduser --disabled-password --gecos x --uid 5678 app", { app: { uid: 5678 } }, {}],
        ["useradd -r app", {}, {}],
        ["addgroup app && adduser -D app", {}, {}],
        ["apt-get install -y adduser", {}, {}],
        ["useradd -u", {}, {}],
    ];
    for (const [script, users, groups] of scripts) {
        it(`reads ${script}`, () => assert.deepEqual(createdIds(script), { users, groups }));
    }
});
