import { WINDOWS_RULES } from "../../../../policies/rules/privilege/windows";
import { PRIVILEGE_RULES } from "../../../../policies/rules/privilege";
import { ISOLATION_RULES } from "../../../../policies/rules/isolation";
import { judge } from "../../../../policies/judge";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";
import assert from "node:assert/strict";

const pod = (options: object, own: object = {}) => deployment("api", { os: { name: "windows" }, securityContext: { windowsOptions: options }, containers: [{ name: "api", securityContext: { windowsOptions: own } }] });
const CONTAINER = 'container "api" of Deployment "api"';

ruleTest(ruleIn(WINDOWS_RULES, "windows-host-process"), {
    passes: { "silence": deployment("api", { containers: [{ name: "api" }] }), "an explicit no": pod({ hostProcess: true }, { hostProcess: false }), "Compose": service({}) },
    violates: {
        "a pod's": [pod({ hostProcess: true }), `${CONTAINER} is a process of its Windows node (hostProcess: true)`],
        "a container's": [pod({}, { hostProcess: true }), `${CONTAINER} is a process of its Windows node (hostProcess: true)`],
    },
    unknown: { "whether it is": [pod({ hostProcess: UNKNOWN })] },
});

ruleTest(ruleIn(WINDOWS_RULES, "windows-administrator"), {
    passes: {
        "a pod of Linux": deployment("api", { containers: [{ name: "api" }] }), "Docker": docker("api", {}),
        "the user without rights": pod({ runAsUserName: "ContainerAdministrator" }, { runAsUserName: "containeruser" }),
    },
    violates: {
        "the administrator": [pod({ runAsUserName: "ContainerAdministrator" }), `${CONTAINER} runs as the Windows user ContainerAdministrator`],
        "silence": [pod({}), `${CONTAINER} runs as the image's Windows user, who may be an administrator (runAsUserName: not set)`],
        "silence on nodes of Windows": [
            deployment("api", { nodeSelector: { "kubernetes.io/os": "windows" }, containers: [{ name: "api" }] }),
            `${CONTAINER} runs as the image's Windows user, who may be an administrator (runAsUserName: not set)`,
        ],
        "the system, where nothing says Windows": [
            deployment("api", { containers: [{ name: "api", securityContext: { windowsOptions: { runAsUserName: "NT AUTHORITY\\SYSTEM" } } }] }), `${CONTAINER} runs as the Windows user NT AUTHORITY\\SYSTEM`,
        ],
    },
    unknown: { "the user": [pod({ runAsUserName: UNKNOWN })], "the system": [deployment("api", { os: UNKNOWN, containers: [{ name: "api" }] })] },
});

describe("a Windows pod", () => {
    const own = { containers: [{ name: "api", image: "api:1.0", securityContext: { windowsOptions: { runAsUserName: "ContainerUser" } } }], hostUsers: false };
    for (const [title, spec] of Object.entries({
        "that says so": { os: { name: "windows" } }, "on nodes of Windows": { nodeSelector: { "kubernetes.io/os": "windows" } }, "on such nodes, by their old label": { nodeSelector: { "beta.kubernetes.io/os": "windows" } },
    })) {
        it(`${title} has no finding that is only for Linux`, () => {
            const rules = [...PRIVILEGE_RULES, ...ISOLATION_RULES].filter(({ optional }) => optional !== true);
            const report = judge(deployment("api", { ...own, ...spec }), { rules });
            assert.deepEqual(report.findings.map(({ rule }) => rule), []);
            assert.deepEqual(report.errors, []);
        });
    }

    it("is none as long as nobody knows: what holds for Linux holds then", () => {
        const report = judge(deployment("api", { ...own, os: { name: UNKNOWN } }), { rules: [...PRIVILEGE_RULES] });
        assert.ok(report.findings.some(({ rule }) => rule === "writable-root"));
        assert.ok(report.unknown.every(({ rule }) => WINDOWS_RULES.some(({ id }) => id === rule)));
    });

    it("is none that says it is Linux, whatever node it asks for", () => {
        const report = judge(deployment("api", { ...own, os: { name: "linux" }, nodeSelector: { "kubernetes.io/os": "windows" } }), { rules: [...PRIVILEGE_RULES] });
        assert.ok(report.findings.some(({ rule }) => rule === "writable-root"));
    });
});
