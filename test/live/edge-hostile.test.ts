import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import * as fc from "fast-check";

import { issueInternalCertificate } from "../../infra/edge/certificate";
import { HEADER_OPTIONS } from "../../infra/edge/headers";
import { planEdge } from "../../infra/edge/plan-edge";
import type { EdgeDeclaration } from "../../infra/model/edge-declaration";
import { IMAGE_LAYOUT } from "../../nginx/layout";
import { renderNginx } from "../../nginx/render";
import { findNginx } from "../support/edge/nginx";
import { describeWithNginx } from "../support/edge/suite";

/** Characters that mean something to nginx, to YAML or to a shell, and ordinary ones, so that some values are right. */
const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."ab1.-_/ ;{}\"'\\$#\n\r\t\0*~%?&()=:,@ä".split("")), maxLength: 12 }),
    fc.constantFrom("a.example.com", "*.b.example.com", "/v1", "/v1/x.y", "/", "max-age=1; \"x\" \\", "nosniff", "a'b", "}", "\";", "$host", "${host}"),
);
const count = fc.oneof(fc.integer({ min: -1, max: 40 }), fc.constantFrom(0.5, NaN, Infinity, 70_000));
const header = fc.oneof(text, fc.record({ value: fc.oneof(text, fc.constant<false>(false)), reason: text }));
const headers = fc.dictionary(fc.constantFrom(...HEADER_OPTIONS, "x_evil"), header, { maxKeys: 3 });
const match = fc.constantFrom("prefix" as const, "exact" as const);
const declaration: fc.Arbitrary<EdgeDeclaration> = fc.record({
    hosts: fc.array(text, { maxLength: 3 }),
    headers,
    routes: fc.array(fc.record({
        path: text, match, service: fc.oneof(fc.constant("web"), text), port: count, stream: fc.boolean(), websocket: fc.boolean(),
        max_request: fc.oneof(count, fc.constantFrom("1MB", "20MiB"), text), timeout: fc.oneof(count, text), headers,
    }, { requiredKeys: ["path", "service"] }), { maxLength: 3 }),
    rate_limits: fc.array(fc.record({ path: text, match, requests: count, per: fc.constantFrom("second" as const, "minute" as const), burst: count }, { requiredKeys: ["path", "requests", "per"] }), { maxLength: 2 }),
    uploads: fc.array(fc.record({ path: text, match, max_request: fc.oneof(count, text) }, { requiredKeys: ["path"] }), { maxLength: 2 }),
}, { requiredKeys: [] }) as fc.Arbitrary<EdgeDeclaration>;

const plan = (declared: EdgeDeclaration): ReturnType<typeof planEdge> => planEdge({
    declaration: declared, services: [{ name: "web", role: "application", published: [{ port: 80 }], listens: [80] }],
    exposure: "edge", directory: "/system", locate: () => undefined,
});

/** Keeps what of a declaration is right: a host, a header or a route that is refused takes everything else with it. */
function rightPart(declared: EdgeDeclaration): EdgeDeclaration {
    const right = <Value>(values: readonly Value[] | undefined, wrap: (value: Value) => EdgeDeclaration): Value[] =>
        (values ?? []).filter(value => plan(wrap(value)).plan !== undefined);
    const hosts = right([...new Set(declared.hosts ?? [])], host => ({ hosts: [host] }));
    const routes = right(declared.routes, route => ({ routes: [route] }));
    const options = right(Object.entries(declared.headers ?? {}), entry => ({ headers: Object.fromEntries([entry]) }));
    return {
        ...(hosts.length > 0 && { hosts }), ...(routes.length > 0 && { routes }), headers: Object.fromEntries(options),
        rate_limits: right(declared.rate_limits, limit => ({ rate_limits: [limit] })),
    };
}

describe("edge: hostile declarations", () => {
    it("are problems or plans, never a crash, and every plan can be rendered", () => {
        fc.assert(fc.property(declaration, declared => {
            const { plan: made, problems } = plan(declared);
            assert.equal(made === undefined, problems.length > 0);
            if (made !== undefined) {
                renderNginx(made);
            }
        }), { numRuns: 2000 });
    });
});

describeWithNginx("edge, live: hostile declarations", () => {
    it("that are let through give what nginx accepts, and no directive that the plan does not hold", async function () {
        this.timeout(120_000);
        const { binary, build } = findNginx()!;
        const root = mkdtempSync(join(tmpdir(), "edge-hostile-"));
        const { chain, key } = await issueInternalCertificate({ seed: Buffer.alloc(32), hosts: ["localhost"], at: new Date() });
        const layout = { ...IMAGE_LAYOUT, directory: join(root, "etc"), temporary: root, certificateFile: join(root, "c.pem"), keyFile: join(root, "k.pem"), accessLog: join(root, "log") };
        writeFileSync(layout.certificateFile, chain);
        writeFileSync(layout.keyFile, key);
        let tested = 0;
        try {
            fc.assert(fc.property(declaration, declared => {
                const { plan: made } = plan(rightPart(declared));
                if (made === undefined) {
                    return;
                }
                tested++;
                for (const file of renderNginx(made, build, layout)) {
                    mkdirSync(dirname(file.path), { recursive: true });
                    rmSync(file.path, { force: true });
                    writeFileSync(file.path, file.content);
                }
                const { status, stdout, stderr } = spawnSync(binary, ["-T", "-e", "stderr", "-c", join(layout.directory, "nginx.conf")], { encoding: "utf8" });
                assert.equal(status, 0, stderr);
                assert.doesNotMatch(stderr, /\[warn\]/);
                assert.equal(stdout.match(/^\s*proxy_pass /gm)?.length, made.routes.flatMap(({ path, match: how }) =>
                    how === "exact" || path === "/" || made.routes.some(other => other.path === path && other.match === "exact") ? [1] : [1, 2]).length);
            }), { numRuns: 150 });
        } finally {
            rmSync(root, { recursive: true, force: true });
        }
        console.log(`      ${tested} configurations read by nginx`);
    });
});
