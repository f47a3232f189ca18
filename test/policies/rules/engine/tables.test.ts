import { ENGINE_RULES } from "../../../../policies/rules/engine";
import { enginePieces } from "../../../../policies/view/live/engine";
import { ruleTest } from "../../../support/rule-test";
import type { Cases, Subject } from "../../../support/rule-test";
import type { EngineFacts, EngineFile, Sent } from "../../../../policies/view/live/facts";

// One case for every entry of the tables, and both sides of every bound.
const engine = (facts: Omit<EngineFacts, "info"> & { readonly info?: Sent }): Subject =>
    enginePieces({ path: "urn:docker:host", document: 0, base: [] }, { ...facts, info: { Name: "host", ...facts.info } });
const info = (values: Sent): Subject => engine({ info: values });
const config = (values: Sent, more: Sent = {}): Subject => engine({ info: more, config: values });
const file = (values: Partial<EngineFile>): Subject => engine({ files: [{ path: "/f", what: "settings", owner: 0, group: "root", mode: "644", ...values }] });
const swarm = (values: Sent, spec: Sent = {}): Subject => engine({ info: { Swarm: { LocalNodeState: "active", ...values } }, swarm: { Spec: spec } });
const says = (text: string): string => `engine "host" ${text}`;
const wide = (mode: string, most: string) => says(`has a file that more may use than should (/f: mode ${mode}, at most ${most})`);
const DAYS_90 = 90 * 24 * 3600 * 1e9;

const CASES: Readonly<Record<string, Cases>> = {
    "engine-file-open": {
        passes: {
            "a group that only reads": file({ group: "staff" }), "a certificate": file({ what: "certificate", mode: "444" }), "a unit": file({ what: "unit" }), "a key": file({ what: "key", mode: "400" }),
            "a folder of root's": file({ folder: true, mode: "755" }),
        },
        violates: {
            "a folder of its group": [file({ folder: true, mode: "775" }), wide("775", "755")], "a certificate that a group writes": [file({ what: "certificate", mode: "464" }), wide("464", "444")],
            "a key of a group": [file({ what: "key", mode: "440" }), wide("440", "400")], "what everybody may start": [file({ mode: "645" }), wide("645", "644")],
            "a socket of everybody": [file({ what: "socket", mode: "664" }), wide("664", "660")], "a mode that is none": [file({ mode: "x" }), wide("x", "644")],
        },
    },
    "privilege-gain-by-default": {
        passes: { "the last that does not tell": info({ ServerVersion: "22.9" }), "a Windows engine": info({ OSType: "windows", ServerVersion: "28.0" }) },
        violates: { "the first that tells": [info({ ServerVersion: "23.0.0" }), says("lets containers gain privileges where they do not say otherwise (no-new-privileges: not set)")] },
    },
    "engine-seccomp-off": { passes: { "a Windows engine": info({ OSType: "windows", SecurityOptions: [] }) }, violates: {} },
    "cgroup-parent-changed": { passes: Object.fromEntries(["", "docker", "/docker", "system.slice"].map(group => [`the group "${group}"`, config({ "cgroup-parent": group })])), violates: {} },
    "logs-stay-on-host": {
        passes: Object.fromEntries(["syslog", "journald", "fluentd", "awslogs"].map(driver => [driver, info({ LoggingDriver: driver })])),
        violates: {
            ...Object.fromEntries(["json-file", "local", "none", ""].map(driver => [`"${driver}"`, [info({ LoggingDriver: driver }), says(`keeps logs on its host only (log-driver: ${driver})`)]])),
            "silence": [info({}), says("keeps logs on its host only (log-driver: not set)")],
        },
    },
    "retired-storage-driver": {
        passes: Object.fromEntries(["overlay2", "btrfs", "zfs", "fuse-overlayfs"].map(driver => [driver, info({ Driver: driver })])),
        violates: Object.fromEntries(["aufs", "devicemapper", "overlay", "vfs"].map(driver => [driver, [info({ Driver: driver }), says(`keeps layers by a driver that nobody looks after any more (${driver})`)]])),
    },
    "no-live-restore": { passes: { "a Windows engine": info({ OSType: "windows", LiveRestoreEnabled: false }) }, violates: {} },
    "swarm-managers": {
        passes: Object.fromEntries([3, 5, 7].map(count => [`${count} of many`, swarm({ Managers: count, Nodes: 20 })])),
        violates: Object.fromEntries([0, 2, 4, 6, 8].map(count => [`${count}`, [swarm({ Managers: count, Nodes: 2 }), says(`has ${count} managers for 2 machines`)]])),
    },
    "swarm-long-certificates": {
        passes: { "ninety days": swarm({}, { CAConfig: { NodeCertExpiry: DAYS_90 } }) },
        violates: { "a moment more": [swarm({}, { CAConfig: { NodeCertExpiry: DAYS_90 + 1e6 } }), says("gives its Swarm's machines certificates for 90 days (at most: 90)")] },
    },
    "engine-port-unverified": {
        passes: {},
        violates: {
            ...Object.fromEntries(["tcp", "http", "https"].map(scheme => [scheme, [config({ hosts: [`${scheme}://0.0.0.0:1`] }), says(`listens for everybody (hosts: ${scheme}://0.0.0.0:1, tlsverify: not true)`)]])),
            "a port of which the engine warns, too": [config({ hosts: ["tcp://0.0.0.0:1"] }, { Warnings: ["API is accessible on http://0.0.0.0:1 without encryption."] }), says("listens for everybody (hosts: tcp://0.0.0.0:1, tlsverify: not true)")],
            "a warning alone": [config({ hosts: ["fd://"] }, { Warnings: ["API is accessible on http://0.0.0.0:1 without encryption."] }), says("listens for everybody (http://0.0.0.0:1)")],
        },
    },
};

const ruleOf = (id: string) => ENGINE_RULES.find(rule => rule.id === id)!;

for (const [id, cases] of Object.entries(CASES)) {
    ruleTest(ruleOf(id), cases);
}
ruleTest(ruleOf("outdated-engine"), {
    settings: { least: "28.2.1" },
    passes: { "that version": info({ ServerVersion: "28.2.1" }), "a newer one": info({ ServerVersion: "28.3" }) },
    violates: { "one of which no mend is said": [info({ ServerVersion: "28.2" }), says("is of version 28.2 (at least: 28.2.1)")] },
});
ruleTest(ruleOf("engine-leftovers"), { settings: { most: 0 }, passes: { "an engine that has none": info({}) }, violates: {} });
ruleTest(ruleOf("engine-commanders"), {
    settings: { users: ["ann"] },
    passes: { "an agreed user": engine({ host: { commanders: ["ann"] } }) },
    violates: { "another": [engine({ host: { commanders: ["ann", "bob"] } }), says("may be commanded by bob, who is then root on its host")] },
});
