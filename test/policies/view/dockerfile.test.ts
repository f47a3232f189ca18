import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { DockerfileParser } from "dockerfile-ast";

import { chainOf, lastOf, readDockerfile } from "../../../policies/view/dockerfile/model";
import { pairsOf, wordsOf } from "../../../policies/view/dockerfile/instruction";
import { NoDockerfile } from "../../../policies/view/dockerfile/lines";
import { commandsOf, runsOf } from "../../../policies/view/dockerfile/run";

const CORPUS = join(__dirname, "../../../../shared/corpus/compose");
const seen = (text: string): string[] => readDockerfile(text).instructions.map(({ keyword, text: rest, line }) => `${line} ${keyword} ${rest}`);
const commands = (text: string): string[] => commandsOf(readDockerfile(text)).map(({ path, before, name, words }) => [path.at(-1), before, name, ...words].join(" ").replaceAll("\n", "⏎"));

describe("a Dockerfile as the rules see it", () => {
    it("joins continued lines, over comments and empty lines", () => {
        assert.deepEqual(seen("FROM a\nRUN one \\\n  # not this\n\n  two \\  \n  three\nUSER 1\n"), ["1 FROM a", "2 RUN one   two   three", "7 USER 1"]);
    });

    it("knows the escape directive, and takes a doubled escape for none", () => {
        assert.deepEqual(seen("# escape=`\nFROM a\nRUN one `\n two\nRUN c:\\\nUSER 1"), ["2 FROM a", "3 RUN one  two", "5 RUN c:\\", "6 USER 1"]);
        assert.deepEqual(seen("FROM a\nRUN one \\\\\nUSER 1"), ["1 FROM a", "2 RUN one \\\\", "3 USER 1"]);
    });

    it("takes no later comment for a directive", () => {
        assert.deepEqual(seen("FROM a\n# escape=`\nRUN one \\\n two"), ["1 FROM a", "3 RUN one  two"]);
    });

    it("reads heredocs of RUN, COPY and ADD, several of them too, and of nothing else", () => {
        const file = readDockerfile("FROM a\nCOPY <<ONE <<-\"TWO\" /to/\nUSER 0\nONE\n\tsecond\n\tTWO\nLABEL a=\"<<EOF\"\nUSER 2\n");
        assert.deepEqual(file.instructions.map(({ keyword }) => keyword), ["FROM", "COPY", "LABEL", "USER"]);
        assert.deepEqual(file.instructions[1]?.heredocs, [{ name: "ONE", quoted: false, text: "USER 0", line: 3 }, { name: "TWO", quoted: true, text: "\tsecond", line: 5 }]);
    });

    it("replaces variables: the environment before arguments, arguments of the build before defaults, defaults in words", () => {
        const text = "ARG V=1\nFROM a:${V}-${W:-slim} AS one\nARG V\nARG U=root\nENV U=app\nUSER $U\nWORKDIR /$V/${X}/\\$V\n";
        const read = (args?: Record<string, string>) => {
            const { final } = readDockerfile(text, [], { args });
            return [final.image, ...final.instructions.filter(({ keyword }) => ["USER", "WORKDIR"].includes(keyword)).flatMap(wordsOf)];
        };
        assert.deepEqual(read(), ["a:1-slim", "app", "/1/${X}/$V"]);
        assert.deepEqual(read({ V: "2", U: "root" }), ["a:2-slim", "app", "/2/${X}/$V"]);
    });

    it("follows stages to those that they build upon, and to the one that is asked for", () => {
        const text = "FROM a AS base\nUSER 7\nENV HOME=/h\nFROM Base AS mid\nFROM scratch AS other\nFROM mid\nWORKDIR $HOME\n";
        const file = readDockerfile(text);
        assert.deepEqual(chainOf(file.final).map(({ name, image }) => [name, image]), [[undefined, undefined], ["mid", undefined], ["base", "a"]]);
        assert.equal(lastOf(file, "USER")?.text, "7");
        assert.deepEqual(file.final.instructions.flatMap(wordsOf), ["/h"]);
        assert.equal(lastOf(readDockerfile(text, [], { target: "OTHER" }), "USER"), undefined);
        assert.equal(readDockerfile(text, [], { target: "1" }).final.name, "mid");
    });

    it("reads pairs, the old form too, flags and the JSON form", () => {
        const file = readDockerfile("FROM --platform=linux/arm64 a\nENV A=1 B=\"two words\" C='$A'\nENV old of all\nARG N\nCMD [\"a\", \"b c\"]\nONBUILD RUN --mount=type=cache,target=/x y z\n");
        const [from, env, old, arg, cmd, onbuild] = file.instructions;
        assert.deepEqual(from?.flags, [{ name: "platform", value: "linux/arm64" }]);
        assert.deepEqual([env, old, arg].flatMap(each => each === undefined ? [] : pairsOf(each)).map(({ name, value }) => [name, value]), [
            ["A", "1"], ["B", "two words"], ["C", "$A"], ["old", "of all"], ["N", undefined],
        ]);
        assert.deepEqual(cmd?.list, ["a", "b c"]);
        assert.deepEqual([onbuild?.keyword, onbuild?.onbuild, onbuild?.text, onbuild?.flags.length], ["RUN", true, "y z", 1]);
    });

    for (const [title, text, line, reason] of [
        ["no FROM", "# only a comment\n", 1, "it has no FROM"],
        ["something before FROM", "RUN x\nFROM a\n", 1, "RUN stands before the first FROM"],
        ["another language", "FROM a\nservices:\n", 2, '"services:" is no instruction'],
        ["an instruction without words", "FROM a\nRUN\n", 2, "RUN says nothing"],
        ["FROM with too many words", "FROM a b\n", 1, "FROM takes an image, and AS with a name"],
        ["a heredoc without an end", "FROM a\nRUN <<EOF\nls\n", 2, "the heredoc EOF has no end"],
        ["ONBUILD of FROM", "FROM a\nONBUILD FROM b\n", 2, "ONBUILD cannot trigger FROM"],
        ["NUL", "FROM a\0\n", 1, "it is no text"],
    ] as const) {
        it(`refuses ${title}`, () => {
            assert.throws(() => readDockerfile(text), (error: unknown) => error instanceof NoDockerfile && error.line === line && error.reason === reason);
        });
    }

    it("refuses what is too large, and a stage that is not there", () => {
        assert.throws(() => readDockerfile(`FROM a\n${"#\n".repeat(200_000)}`), /too large/);
        assert.throws(() => readDockerfile("FROM a", [], { target: "b" }), /it has no stage "b"/);
    });

    it("has the same instructions on the same lines as another reader, for every real file", function () {
        if (!existsSync(CORPUS)) {
            console.log("      skipped: the corpus is not beside the project");
            this.skip();
        }
        const files = readdirSync(CORPUS, { recursive: true, encoding: "utf8" }).filter(name => /(?:^|\/)Dockerfile[^/]*$|\.Dockerfile$/.test(name));
        for (const file of files) {
            const text = readFileSync(join(CORPUS, file), "utf8");
            const wanted = DockerfileParser.parse(text).getInstructions().map(each => `${(each.getRange()?.start.line ?? 0) + 1} ${each.getKeyword()}`);
            assert.deepEqual(readDockerfile(text).instructions.map(({ line, keyword, onbuild }) => `${line} ${onbuild ? "ONBUILD" : keyword}`), wanted, file);
        }
        assert.ok(files.length > 80);
    });
});

describe("commands of a build", () => {
    it("are found between operators, with their lines", () => {
        assert.deepEqual(commands("FROM a\nRUN apt-get update && \\\n    DEBIAN_FRONTEND=noninteractive apt-get -y install 'a b' c | tee /log; ls\n"), [
            "2  apt-get update", "3 && apt-get -y install a b c", "3 | tee /log", "3 ; ls",
        ]);
    });

    it("are found in substitutions, conditions, sudo, xargs and sh -c", () => {
        assert.deepEqual(commands("FROM a\nRUN if ! test -f \"$(which curl)\"; then sudo -u x apt install y; fi && echo a | xargs -n 1 rm && bash -ec 'cd /x; ls' && { id; }\n").map(line => line.slice(2)), [
            " test -f $(which curl)", " which curl", "; sudo -u x apt install y", "; apt install y", "; fi", "&& echo a", "| xargs -n 1 rm", "| rm",
            "&& bash -ec cd /x; ls", " cd /x", "; ls", "&& id", "; }",
        ]);
    });

    it("are found in heredocs that a shell reads, and not in others", () => {
        assert.deepEqual(commands("FROM a\nRUN <<EOF\nset -e\n# comment\napk add x\nEOF\nRUN bash <<EOF\nls\nEOF\n"), ["2  ", "3  set -e", "5 ⏎ apk add x", "7  bash", "8  ls"].filter(line => line !== "2  "));
        assert.deepEqual(commands("FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF\nRUN cat > /x <<EOF\nsudo\nEOF\n"), ["6  cat"]);
    });

    it("go on over the ends of lines in a heredoc", () => {
        assert.deepEqual(commands("FROM a\nRUN <<EOF\nls a\\\nb \\\n c\\ d\nEOF\n"), ["3  ls ab c d"]);
    });

    it("are found in the JSON form, and in no text for another shell", () => {
        assert.deepEqual(commands("FROM a\nRUN [\"/bin/bash\", \"-c\", \"apt-get update && ls\"]\nSHELL [\"powershell\", \"-Command\"]\nRUN Get-Thing | Out-Null\n"), [
            "2  bash -c apt-get update && ls", "2  apt-get update", "2 && ls",
        ]);
    });

    it("are found between backticks", () => {
        assert.deepEqual(commands("FROM a\nRUN a `b c` d\n").map(line => line.slice(2)), [" a `b c` d", " b c"]);
    });

    it("are no patterns of case", () => {
        assert.deepEqual(commands("FROM a\nRUN case \"$(arch)\" in aarch64|arm64) ls a | wc;; *) (ls b);; esac\n").map(line => line.slice(2)), [
            " case $(arch) in aarch64", " arch", ") ls a", "| wc", "( ls b", ";; esac",
        ]);
    });

    it("take redirections out, and keep where output goes", () => {
        const [command] = commandsOf(readDockerfile("FROM a\nRUN echo x >>/etc/passwd 2>&1 </dev/null\n"));
        assert.deepEqual([command?.words, command?.outputs], [["x"], ["/etc/passwd"]]);
    });

    it("know the shell of their stage, inherited from the one before", () => {
        const file = readDockerfile("FROM a AS one\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nFROM one\nRUN a | b\nFROM c\nRUN d\n");
        assert.deepEqual(runsOf(file).map(({ shell }) => shell.join(" ")), ["/bin/bash -o pipefail -c", "/bin/sh -c"]);
    });

    it("come to an end in texts without one", () => {
        for (const text of ["'", "\"", "$(", "${", "`", "a $(b $(c", "((((", "<", ">", "&>", "\\", "#", "a\\", "$(".repeat(5000), "<(", "2>&"]) {
            commandsOf(readDockerfile(`FROM a\nRUN x ${text}`));
        }
    });
});
