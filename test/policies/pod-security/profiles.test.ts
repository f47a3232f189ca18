import assert from "node:assert/strict";

import { judge } from "../../../policies/judge";
import { POD_CHECKS, POD_SECURITY_RULES, podSecurityRules } from "../../../policies/pod-security";
import { UnknownProfile, profileNamed } from "../../../policies/profiles/profiles";
import { STANDARD_RULES } from "../../../policies/catalogue";
import { compose, docker, manifest, resource } from "../../support/rule-test";
import { podRule, withContext } from "../../support/pod-security/rules";
import type { Subject } from "../../support/rule-test";

const found = (subject: Subject, profile: string): string[] => judge(subject, profileNamed(profile)).findings.map(({ rule }) => rule);

describe("profiles of the Pod Security Standards", () => {
    it("take their rules by version, and leave out what others override", () => {
        const names = (level: "baseline" | "restricted", minor: number): string[] => podSecurityRules(level, minor).map(({ id }) => POD_CHECKS.find(check => check.id === id)?.check ?? id);
        assert.equal(names("baseline", 33).length, 11);
        assert.equal(names("baseline", 34).length, 12);
        assert.deepEqual(names("restricted", 7), [
            "appArmorProfile", "capabilities_baseline", "hostNamespaces", "hostPorts", "privileged", "procMount", "restrictedVolumes", "runAsNonRoot",
            "seccompProfile_baseline", "seLinuxOptions", "sysctls", "windowsHostProcess",
        ]);
        assert.deepEqual(names("restricted", 37), [
            "allowPrivilegeEscalation", "appArmorProfile", "capabilities_restricted", "hostNamespaces", "hostPorts", "hostProbesAndHostLifecycle", "privileged",
            "procMount_restricted", "restrictedVolumes", "runAsNonRoot", "runAsUser", "seccompProfile_restricted", "seLinuxOptions", "sysctls", "windowsHostProcess",
        ]);
    });

    it("say the version to every rule, the newest where none is asked for", () => {
        for (const [name, version] of [["pss-restricted", "v1.37"], ["pss-restricted@latest", "v1.37"], ["pss-baseline@1.0", "v1.0"], ["pss-baseline@v1.29", "v1.29"]] as const) {
            const { rules, settings } = profileNamed(name);
            const exact = rules.filter(({ id }) => id.startsWith("pod-security-"));
            assert.ok(exact.length > 9 && exact.every(({ id }) => settings[id]?.["version"] === version), name);
        }
    });

    for (const name of ["pss-restricted@1.38", "pss-restricted@v1.100", "pss-baseline@v2.0", "pss-baseline@", "pss-baseline@1.", "pss-baseline@1.01", "pss-baseline@29", "pss-baseline@1.29@1"]) {
        it(`have no ${name}`, () => {
            const version = name.slice(name.indexOf("@") + 1);
            assert.throws(() => profileNamed(name), new UnknownProfile(`"${name.split("@", 1)[0]}" has no version "${version}"; write latest or v1.0 to v1.37`));
        });
    }

    it("are the only ones with versions", () => {
        assert.throws(() => profileNamed("nsa@1.29"), new UnknownProfile('"nsa" has no versions; those that have are pss-baseline and pss-restricted'));
        assert.throws(() => profileNamed("none@1.29"), /^Error: "none" is not known; write hardened or /);
    });

    it("speak of pods by Kubernetes' own checks alone, and elsewhere by the ordinary rules", () => {
        const context = { privileged: true, capabilities: { add: ["SYS_ADMIN"] } };
        assert.deepEqual(found(withContext(context, { hostNetwork: true, hostPID: true }), "pss-baseline").sort(), [
            "pod-security-capabilities-baseline", "pod-security-host-namespaces", "pod-security-host-namespaces", "pod-security-privileged",
        ]);
        const running = { privileged: true, pidMode: "host", capabilities: { adds: ["SYS_ADMIN"] } };
        assert.deepEqual(found(docker("c", running), "pss-baseline").sort(), ["capability-added", "host-pid", "privileged-container"]);
        assert.deepEqual(found(compose({ services: { c: { image: "a:1", privileged: true, cap_add: ["CHOWN"] } } }), "pss-baseline@1.0"), ["privileged-container"]);
        assert.deepEqual(found(compose({ services: { c: { image: "a:1", cap_add: ["CHOWN"] } } }), "pss-restricted").filter(rule => rule.startsWith("pod")), []);
        assert.ok(found(compose({ services: { c: { image: "a:1", cap_add: ["CHOWN"] } } }), "pss-restricted").includes("capability-added"));
    });

    it("judge a Pulumi program as they judge a manifest", () => {
        const spec = { template: { spec: { hostIPC: true, containers: [{ name: "c", securityContext: { procMount: "Unmasked" } }] } } };
        const program = resource("kubernetes:apps/v1:Deployment", "d", { metadata: { name: "d" }, spec });
        const file = manifest(JSON.stringify({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "d" }, spec }));
        assert.deepEqual(found(program, "pss-baseline"), ["pod-security-host-namespaces", "pod-security-proc-mount"]);
        assert.deepEqual(found(file, "pss-baseline"), found(program, "pss-baseline"));
        const forgotten = manifest(JSON.stringify({ apiVersion: "v1", kind: "Deployment", metadata: { name: "d" }, spec }));
        assert.deepEqual(found(forgotten, "pss-baseline"), found(program, "pss-baseline"));
    });

    it("print no value that is a secret", () => {
        const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hidden" };
        const inputs = { metadata: { name: "p" }, spec: { securityContext: { seccompProfile: { type: secret } }, containers: [{ name: secret, securityContext: { procMount: secret } }] } };
        const { findings, errors, unknown } = judge(resource("kubernetes:core/v1:Pod", "p", inputs), profileNamed("pss-baseline"));
        assert.deepEqual({ errors, unknown }, { errors: [], unknown: [] });
        assert.deepEqual(findings.map(({ message }) => message), [
            'pod of Pod "p" sets procMount of container number 1 to a secret', 'pod of Pod "p" sets the seccomp profile of the pod to a secret',
        ]);
    });

    it("are judged only where they are asked for", () => {
        assert.deepEqual(STANDARD_RULES.filter(rule => POD_SECURITY_RULES.includes(rule)), []);
        assert.deepEqual(profileNamed("hardened").rules.filter(rule => POD_SECURITY_RULES.includes(rule)), []);
    });

    it("judge nothing by a version that is not known", () => {
        const rule = podRule("pod-security-privileged");
        for (const version of ["v1.38", 29, undefined]) {
            const { findings, errors } = judge(withContext({ privileged: true }), { rules: [rule], settings: { [rule.id]: { version } } });
            assert.deepEqual({ findings, messages: errors.map(({ message }) => message) }, {
                findings: [], messages: [`pod of Pod "p" cannot be judged: version ${JSON.stringify(version)} of the Pod Security Standards is not known; write latest or v1.0 to v1.37`],
            });
        }
    });
});
