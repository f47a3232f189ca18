import assert from "node:assert/strict";

import { profileNamed } from "../../../../policies/profiles/profiles";
import { EVERY_MEND, mendFiles } from "../../../support/fixing";

const PRIVILEGED = ["privileged-container"];

describe("mending projects of several files", () => {
    it("edits the file, and the service, that says it: an override, an included file, one that is extended", async () => {
        const files = {
            "compose.yaml": "include: [./more.yaml]\nservices:\n  api:\n    image: api:1.0\n  worker:\n    extends: {file: base.yaml, service: base}\n",
            "compose.override.yaml": "services:\n  api:\n    privileged: true # for now\n",
            "more.yaml": "services:\n  more:\n    image: more:1.0\n    privileged: true\n",
            "base.yaml": "services:\n  base:\n    image: base:1.0\n    privileged: true\n",
        };
        const { before, after, texts, fixed } = await mendFiles(files, PRIVILEGED);
        assert.deepEqual([before, after].map(report => report.findings.filter(({ rule }) => rule === "privileged-container").length), [4, 0]);
        assert.deepEqual(fixed.left, []);
        assert.deepEqual(Object.entries(texts).filter(([name, text]) => text !== (files as Record<string, string>)[name]).map(([name, text]) => [name, text.includes("privileged: false")]),
            [["compose.override.yaml", true], ["more.yaml", true], ["base.yaml", true]]);
        assert.equal(texts["compose.override.yaml"], "services:\n  api:\n    privileged: false # for now\n");
    });

    it("edits a file that was not named, where one that was extends it", async () => {
        const files = { "app/compose.yaml": "services:\n  worker:\n    extends: {file: base.yaml, service: base}\n", "app/base.yaml": "services:\n  base:\n    image: base:1.0\n    privileged: true\n" };
        const { texts } = await mendFiles(files, PRIVILEGED, {}, "app/compose.yaml");
        assert.equal(texts["app/base.yaml"], files["app/base.yaml"].replace("true", "false"));
    });

    it("leaves a file outside the project's folder, which may be another's too", async () => {
        const files = { "app/compose.yaml": "services:\n  worker:\n    extends: {file: ../base.yaml, service: base}\n", "base.yaml": "services:\n  base:\n    image: base:1.0\n    privileged: true\n" };
        const { fixed } = await mendFiles(files, PRIVILEGED, {}, "app/compose.yaml");
        assert.deepEqual([fixed.changed, fixed.left.length], [[], 1]);
    });

    it("puts what no file says into the first that has the service", async () => {
        const files = { "compose.yaml": "services:\n  api:\n    image: api:1.0\n", "compose.override.yaml": "services:\n  api:\n    command: run\n" };
        const { texts } = await mendFiles(files, ["writable-root"]);
        assert.equal(texts["compose.yaml"], "services:\n  api:\n    image: api:1.0\n    read_only: true\n");
        assert.equal(texts["compose.override.yaml"], files["compose.override.yaml"]);
    });

    it("leaves what a variable says, and an override that wins over what could be written", async () => {
        const variable = await mendFiles({ "compose.yaml": "services:\n  api:\n    image: api:1.0\n    privileged: ${P:-true}\n" }, PRIVILEGED);
        assert.deepEqual(variable.fixed.left.map(({ reason }) => reason), ["its value comes from a variable: change it where the variable is set"]);
        assert.deepEqual(variable.fixed.changed, []);
    });

    it("edits an anchor once where all services merge it in, and one service where it alone is wrong", async () => {
        const text = "x-base: &base\n  privileged: true # all\n  image: api:1.0\nservices:\n  one:\n    <<: *base\n  two:\n    <<: *base\n";
        const all = await mendFiles({ "compose.yaml": text }, [...PRIVILEGED, "writable-root"]);
        assert.equal(all.texts["compose.yaml"], text.replace("privileged: true", "privileged: false").replace("api:1.0\n", "api:1.0\n  read_only: true\n"));
        const one = await mendFiles({ "compose.yaml": text.replace("  two:\n    <<: *base\n", "  two:\n    <<: *base\n    privileged: false\n") }, PRIVILEGED);
        assert.match(one.texts["compose.yaml"] ?? "", /^x-base: &base\n {2}privileged: false # all\n/);
        const exempt = { rule: "privileged-container", service: "two", reason: "a driver", owner: "us", expires: "2999-01-01" };
        const other = await mendFiles({ "compose.yaml": text }, PRIVILEGED, { exemptions: [exempt] });
        assert.equal(other.texts["compose.yaml"], text.replace("  one:\n    <<: *base\n", "  one:\n    <<: *base\n    privileged: false\n"));
    });

    it("mends manifests of several documents and Lists, and leaves other documents and files as they are", async () => {
        const pod = (name: string, indent = "") => ["apiVersion: v1", "kind: Pod", `metadata: {name: ${name}}`, "spec:", "  containers:", "  - name: api", "    image: api:1.0", "    securityContext:", "      privileged: true", ""].join(`\n${indent}`);
        const list = `apiVersion: v1\nkind: List\nitems:\n- ${pod("c", "  ").trimEnd()}\n`;
        const files = { "a.yaml": `# first\n${pod("a")}---\n# second\n${pod("b").replace("true", "false")}---\n${list}`, "values.yaml": "privileged: true\n", "b.yaml": `not: [closed\n${pod("d")}` };
        const { texts, fixed, after } = await mendFiles(files, PRIVILEGED);
        assert.equal(texts["a.yaml"], files["a.yaml"].replaceAll("privileged: true", "privileged: false"));
        assert.deepEqual(fixed.changed.length, 1);
        assert.deepEqual(after.findings.filter(({ rule }) => rule === "privileged-container"), []);
        assert.ok(after.errors.some(({ path }) => path.endsWith("b.yaml")));
    });

    it("leaves a mend out that would bring another finding, and says which", async () => {
        const policy = "apiVersion: v1\nkind: Pod\nmetadata: {name: api, namespace: shop}\nspec:\n  hostNetwork: true\n  containers:\n  - {name: api, image: 'api:1.0'}\n";
        const { fixed, texts } = await mendFiles({ "app.yaml": policy }, ["host-network"]);
        assert.match(fixed.left.map(({ reason }) => reason).join(), /^[a-z-]+ would be found then: /);
        assert.equal(texts["app.yaml"], policy);
    });

    it("mends what another mend had to come before, in one go", async () => {
        const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec:\n  containers:\n  - name: api\n    image: api:1.0\n    securityContext:\n      privileged: true\n";
        const { texts, fixed } = await mendFiles({ "app.yaml": pod }, [...PRIVILEGED, "new-privileges-allowed"]);
        assert.deepEqual(fixed.left, []);
        assert.equal(texts["app.yaml"], `${pod.replace("true", "false")}      allowPrivilegeEscalation: false\n`);
        assert.deepEqual((await mendFiles({ "app.yaml": texts["app.yaml"] ?? "" }, EVERY_MEND)).fixed.changed.length <= 1, true);
    });

    it("is done with an alias bomb, and with very deep files, without an end of its own", async () => {
        const bomb = Array.from({ length: 25 }, (_, at) => `x${at}: &x${at} [${at === 0 ? "lol" : `*x${at - 1}, *x${at - 1}`}]`).join("\n");
        const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: api}\n${bomb}\nspec:\n  containers:\n  - {name: api, image: 'api:1.0', securityContext: {privileged: true}}\n`;
        const { texts } = await mendFiles({ "app.yaml": pod }, PRIVILEGED);
        assert.ok(texts["app.yaml"] === pod || texts["app.yaml"] === pod.replace("privileged: true", "privileged: false"));
    });
});

describe("mending by a profile", () => {
    it("makes a pod what the level restricted asks for, but for what only its authors can decide", async () => {
        const pod = [
            "apiVersion: v1", "kind: Pod", "metadata: {name: api}", "spec:", "  hostPID: true", "  securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]}",
            "  volumes:", "  - {name: host, hostPath: {path: /}} # why", "  initContainers:", "  - name: setup", "    image: setup:1.0", "    securityContext:", "      privileged: true", "  containers:",
            "  - name: api", "    image: api:1.0", "    ports: [{containerPort: 80, hostPort: 80}]", "    securityContext: {capabilities: {add: [SYS_ADMIN]}, seccompProfile: {type: Unconfined}}", "",
        ].join("\n");
        const { rules, settings } = profileNamed("pss-restricted");
        const { after, texts } = await mendFiles({ "app.yaml": pod }, EVERY_MEND, { rules, settings });
        assert.deepEqual([...new Set(after.findings.map(({ rule }) => rule))], ["pod-security-restricted-volumes"]);
        assert.equal(texts["app.yaml"], [
            "apiVersion: v1", "kind: Pod", "metadata: {name: api}", "spec:", "  hostPID: false", "  securityContext: {seccompProfile: {type: RuntimeDefault}}",
            "  volumes:", "  - {name: host, hostPath: {path: /}} # why", "  initContainers:", "  - name: setup", "    image: setup:1.0", "    securityContext:", "      privileged: false",
            "      capabilities:", "        drop:", "        - ALL", "      runAsNonRoot: true", "      allowPrivilegeEscalation: false", "  containers:",
            "  - name: api", "    image: api:1.0", "    ports: [{containerPort: 80}]",
            "    securityContext: {capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}, runAsNonRoot: true, allowPrivilegeEscalation: false}", "",
        ].join("\n"));
    });
});
