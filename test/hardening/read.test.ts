import assert from "node:assert/strict";

import { readDeclaration } from "../../infra/hardening/read";
import { formatProblem } from "../../infra/model/problem";

const problems = (text: string): string[] => readDeclaration(text, "h.yaml").problems.map(formatProblem);

describe("hardening.yaml", () => {
    it("takes the whole shape of the design", () => {
        const { declaration, problems: found } = readDeclaration(`
system: shop
compose: { files: [docker-compose.yml], profiles: [cpu], env_files: [.env] }
exposure: edge
edge:
  hosts: [shop.example.com]
  tls: { profile: intermediate, certificate: internal }
  routes: [ { path: /, service: web, port: 80, stream: true } ]
  rate_limits: [ { path: /login, requests: 5, per: minute, key: ip } ]
services:
  db: { role: data, user: 999, writable: [/var/lib/mysql, { path: /run, size: 1m }] }
egress: [ { service: web, hosts: ["*"], reason: model calls } ]
secrets: { values: { DB_PASSWORD: { generate: 32 } } }
exemptions: [ { rule: writable-root, service: web, reason: legacy code, expires: 2027-03-01 } ]
`, "h.yaml");
        assert.deepEqual(found, []);
        assert.equal(declaration.services?.["db"]?.user, "999");
        assert.equal(declaration.exemptions?.[0]?.expires, "2027-03-01");
    });

    it("takes an empty file, or one of comments, for one that declares nothing", () => {
        assert.deepEqual(problems(""), []);
        assert.deepEqual(problems("# nothing yet\n\n"), []);
    });

    const bad: Readonly<Record<string, [text: string, problem: string]>> = {
        "a word that is not in the list": [
            "edge:\n  rate_limits:\n    - { path: /a, requests: 5, per: fortnight }\n",
            'h.yaml:3:32 edge.rate_limits[0].per is not one of the allowed values ("fortnight"); write second or minute or hour or day',
        ],
        "a user by name": [
            "services:\n  web:\n    user: root\n",
            'h.yaml:3:5 services.web.user has not the right form ("root"); write a numeric uid or uid:gid',
        ],
        "an opening without a reason": [
            "egress: [{ service: web, hosts: [\"*\"] }]\n",
            "h.yaml:1:10 egress[0].reason is not a string (nothing); write a string",
        ],
        "a list instead of a mapping": ["- 1\n", "h.yaml:1:1 hardening.yaml is not a mapping ([1]); write a mapping"],
        "a duplicate key": ["system: a\nsystem: b\n", "h.yaml:2:1 hardening.yaml is not YAML (duplicated mapping key); mend the syntax here"],
        "text that is not YAML": [
            "system: [\n",
            "h.yaml:2:1 hardening.yaml is not YAML (deficient indentation); mend the syntax here",
        ],
    };
    for (const [name, [text, problem]] of Object.entries(bad)) {
        it(`refuses ${name}, with its place`, () => assert.deepEqual(problems(text), [problem]));
    }

    it("names the keys that there are when one is unknown", () => {
        assert.match(problems("services:\n  web:\n    rol: data\n").join(), /^h\.yaml:3:5 services\.web\.rol is not a known key; the keys here are enabled, role, /);
    });

    it("finds several problems at once", () => assert.equal(problems("exposure: all\nsystem: A B\n").length, 2));
});
