import assert from "node:assert/strict";

import fc from "fast-check";

import { readDockerfile } from "../../infra/images/dockerfile";
import { createdIds } from "../../infra/images/dockerfile/users";
import { expandWord, splitWords } from "../../infra/images/dockerfile/words";
import { factOf, parseImage } from "../../infra/images/lookup";
import { inferRole } from "../../infra/images/roles";

const COMPONENT = fc.stringMatching(/^[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,8})?$/);
const REFERENCE = fc.record({
    registry: fc.option(fc.constantFrom("registry.example", "registry.example:5000", "localhost"), { nil: undefined }),
    path: fc.array(COMPONENT, { minLength: 1, maxLength: 3 }),
    tag: fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/), { nil: undefined }),
    digest: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/).map(hex => `sha256:${hex}`), { nil: undefined }),
});

/** Lines as Dockerfiles have them, whole and broken. */
const LINE = fc.oneof(
    fc.constantFrom("FROM a AS b", "FROM b", "FROM $X", "ARG X=1", "ENV A=$X B='", "USER \"", "CMD [\"a\", ", "CMD [\"a\"] \\", "RUN <<E", "E", "# escape=`", "EXPOSE 1-70000", "VOLUME [", "WORKDIR ../..", "\\", "HEALTHCHECK --x", "ENTRYPOINT", "SHELL []", "COPY <<\"", "ONBUILD"),
    fc.string({ maxLength: 40 }),
);

describe("whatever is given", () => {
    it("a reference that is put together comes apart into the same parts", () => {
        fc.assert(fc.property(REFERENCE, ({ registry, path, tag, digest }) => {
            const repository = path.join("/");
            const text = `${registry === undefined ? "" : `${registry}/`}${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
            // A first component with a dot is a registry: what it is without one is another case.
            fc.pre((registry !== undefined || !/[.]/.test(path[0]!) || path.length === 1) && !/^[0-9a-f]{64}$/.test(text));
            assert.deepEqual(parseImage(text), {
                registry: registry ?? "docker.io",
                repository: registry === undefined && path.length === 1 ? `library/${repository}` : repository,
                ...tag !== undefined && { tag }, ...digest !== undefined && { digest },
            });
        }), { numRuns: 500 });
    });

    it("no text makes a lookup throw", () => {
        fc.assert(fc.property(fc.string(), text => {
            factOf(text);
            inferRole({ name: text, image: text, ports: [] });
        }), { numRuns: 1000 });
    });

    it("no Dockerfile makes its reader throw, and there is an image or a problem", () => {
        fc.assert(fc.property(fc.array(LINE, { maxLength: 12 }), lines => {
            const { image, problems } = readDockerfile(lines.join("\n"));
            assert.equal(image === undefined, problems.length > 0);
        }), { numRuns: 1000 });
    });

    it("no word or script makes its reader throw or loop", () => {
        fc.assert(fc.property(fc.string(), fc.constantFrom("\\", "`"), (text, escape) => {
            expandWord(text, () => undefined, escape);
            splitWords(text, escape);
            createdIds(text);
        }), { numRuns: 1000 });
    });

    it("long input takes no long time", () => {
        const started = performance.now();
        for (const piece of ["${A:-", "'", "\"", "${", "$", "\\", "a ", "useradd -u 1 a;", "-u ", "&&"]) {
            const text = piece.repeat(20_000);
            expandWord(text, () => undefined);
            splitWords(text);
            createdIds(text);
            parseImage(text);
        }
        assert.ok(performance.now() - started < 5000, `${performance.now() - started} ms`);
    });
});
