import { ENGINE_RULES } from "../../../../policies/rules/engine";
import { enginePieces } from "../../../../policies/view/live/engine";
import { UNKNOWN, ruleTest } from "../../../support/rule-test";
import type { Cases, Subject } from "../../../support/rule-test";
import type { EngineFacts, EngineFile, Sent } from "../../../../policies/view/live/facts";

const ORIGIN = { path: "urn:docker:host", document: 0, base: [] };
const engine = (facts: Omit<EngineFacts, "info"> & { readonly info?: Sent }): Subject => enginePieces(ORIGIN, { ...facts, info: { Name: "host", ...facts.info } });
const info = (values: Sent, config?: Sent): Subject => engine({ info: values, ...config === undefined ? {} : { config } });
const config = (values: Sent, more: Sent = {}): Subject => engine({ info: more, config: values });
const file = (values: Partial<EngineFile>): Subject => engine({ files: [{ path: "/etc/docker/daemon.json", what: "settings", owner: 0, group: "root", mode: "644", ...values }] });
const swarm = (values: Sent, spec: Sent, more: Partial<EngineFacts> = {}): Subject => engine({ ...more, info: { Swarm: { LocalNodeState: "active", ...values } }, swarm: { Spec: spec } });
const bridge = (icc: string): Subject => engine({ networks: [{ Name: "bridge", Options: { "com.docker.network.bridge.default_bridge": "true", "com.docker.network.bridge.enable_icc": icc } }] });
const says = (text: string): string => `engine "host" ${text}`;
const DAY = 24 * 3600 * 1e9;

const CASES: Readonly<Record<string, Cases>> = {
    "engine-runs-as-root": {
        passes: { "a rootless engine": info({ SecurityOptions: ["name=seccomp,profile=builtin", "name=rootless"] }), "a Windows engine": info({ OSType: "windows" }) },
        violates: { "an ordinary engine": [info({ SecurityOptions: ["name=seccomp,profile=builtin"] }), says("runs as root (SecurityOptions: no rootless)")] },
        unknown: { "an engine whose options are not known": [info({ SecurityOptions: UNKNOWN })] },
    },
    "users-not-remapped": {
        passes: { "a mapped engine": info({ SecurityOptions: ["name=userns"] }), "a rootless engine": info({ SecurityOptions: ["name=rootless"] }), "a Windows engine": info({ OSType: "windows" }) },
        violates: { "an ordinary engine": [info({ SecurityOptions: [] }), says("gives containers the host's own users (SecurityOptions: neither userns nor rootless)")] },
        unknown: { "an engine whose options are not known": [info({ SecurityOptions: [UNKNOWN] })] },
    },
    "privilege-gain-by-default": {
        passes: {
            "an engine that says so of itself": info({ ServerVersion: "28.0.0", SecurityOptions: ["name=no-new-privileges"] }),
            "an engine that is configured so": info({ ServerVersion: "20.10.24" }, { "no-new-privileges": true }),
            "an old engine elsewhere, which does not tell": info({ ServerVersion: "20.10.24" }),
        },
        violates: {
            "an engine elsewhere": [info({ ServerVersion: "28.0.0" }), says("lets containers gain privileges where they do not say otherwise (no-new-privileges: not set)")],
            "an old engine here": [info({ ServerVersion: "20.10.24" }, {}), says("lets containers gain privileges where they do not say otherwise (no-new-privileges: not set)")],
        },
    },
    "engine-seccomp-off": {
        passes: { "the engine's own profile": info({ SecurityOptions: ["name=seccomp,profile=builtin"] }), "a profile of the house": info({ SecurityOptions: ["name=seccomp,profile=/etc/docker/seccomp.json"] }) },
        violates: {
            "none": [info({ SecurityOptions: ["name=seccomp,profile=unconfined"] }), says("filters no system calls by default (seccomp: unconfined)")],
            "a kernel without": [info({ SecurityOptions: ["name=apparmor"] }), says("filters no system calls by default (seccomp: not supported)")],
            "an old engine's configuration": [info({ SecurityOptions: ["name=seccomp,profile=default"] }, { "seccomp-profile": "unconfined" }), says("filters no system calls by default (seccomp: unconfined)")],
        },
    },
    "cgroup-parent-changed": {
        passes: { "nothing said": config({}), "the usual one": config({ "cgroup-parent": "/docker" }) },
        violates: { "another one": [config({ "cgroup-parent": "/elsewhere" }), says("puts containers into a control group of its own (cgroup-parent: /elsewhere)")] },
    },
    "experimental-engine": {
        passes: { "an ordinary engine": info({ ExperimentalBuild: false }) },
        violates: { "one with all features": [info({ ExperimentalBuild: true }), says("has its experimental features on (experimental: true)")] },
    },
    "engine-port-unverified": {
        passes: {
            "a socket": config({ hosts: ["unix:///run/docker.sock", "fd://"] }), "verified clients": config({ hosts: ["tcp://0.0.0.0:2376"], tlsverify: true }),
            "other warnings": info({ Warnings: ["WARNING: No swap limit support"] }), "no warnings": info({ Warnings: null }),
        },
        violates: {
            "a port": [config({ hosts: ["unix:///run/docker.sock", "tcp://127.0.0.1:2375"] }), says("listens for everybody (hosts: tcp://127.0.0.1:2375, tlsverify: not true)")],
            "a port with TLS and without clients' certificates": [config({ hosts: "tcp://0.0.0.0:2376", tls: true }), says("listens for everybody (hosts: tcp://0.0.0.0:2376, tlsverify: not true)")],
            "an engine's own warning": [info({ Warnings: ["WARNING: API is accessible on http://0.0.0.0:2375 without encryption.\n  Access to the remote API is root"] }), says("listens for everybody (http://0.0.0.0:2375)")],
            "its warning of TLS": [info({ Warnings: ["[DEPRECATION NOTICE]: API is accessible on https://0.0.0.0:2376 without TLS client verification."] }), says("listens for everybody (https://0.0.0.0:2376)")],
        },
    },
    "insecure-registry": {
        passes: { "the loopback": info({ RegistryConfig: { InsecureRegistryCIDRs: ["::1/128", "127.0.0.0/8"], IndexConfigs: { "docker.io": { Secure: true }, "localhost:5000": { Secure: false } } } }), "nothing said": info({}) },
        violates: {
            "a network": [info({ RegistryConfig: { InsecureRegistryCIDRs: ["127.0.0.0/8", "10.0.0.0/8"] } }), says("trusts every registry in 10.0.0.0/8 unseen (insecure-registries)")],
            "a registry": [info({ RegistryConfig: { IndexConfigs: { "registry.lan:5000": { Secure: false } } } }), says("trusts the registry registry.lan:5000 unseen (insecure-registries)")],
        },
        unknown: { "a registry of which it is not known, beside one of which it is": [info({ RegistryConfig: { InsecureRegistryCIDRs: ["10.0.0.0/8", UNKNOWN] } }), says("trusts every registry in 10.0.0.0/8 unseen (insecure-registries)")] },
    },
    "no-authorization-plugin": {
        passes: { "a plugin": info({ Plugins: { Authorization: ["opa"] } }) },
        violates: { "none": [info({ Plugins: { Authorization: null } }), says("does whatever any client asks (authorization-plugins: not set)")] },
    },
    "engine-commanders": {
        passes: { "root alone": engine({ host: { commanders: [] } }), "an engine elsewhere": info({}) },
        violates: { "two users": [engine({ host: { commanders: ["ann", "bob"] } }), says("may be commanded by ann, who is then root on its host"), says("may be commanded by bob, who is then root on its host")] },
    },
    "engine-firewall-off": {
        passes: { "nothing said": config({}), "both on": config({ iptables: true, ip6tables: true }) },
        violates: { "both off": [config({ iptables: false, ip6tables: false }), says("keeps no network apart (iptables: false)"), says("keeps no network apart (ip6tables: false)")] },
    },
    "default-bridge-open": {
        passes: { "a closed bridge": bridge("false"), "no bridge": engine({ networks: [{ Name: "app", Options: { "com.docker.network.bridge.enable_icc": "true" } }] }) },
        violates: { "an open one": [bridge("true"), says("lets all containers on the default bridge reach each other (icc: true)")] },
    },
    "userland-proxy": {
        passes: { "the kernel": config({ "userland-proxy": false }), "a Windows engine": config({}, { OSType: "windows" }) },
        violates: { "nothing said": [config({}), says("forwards published ports by a process of root's (userland-proxy: not set)")] },
    },
    "engine-log-level": {
        passes: { "nothing said": config({}), "info": config({ "log-level": "info" }) },
        violates: {
            "less": [config({ "log-level": "error" }), says("logs less than it should (log-level: error)")], "more": [config({ "log-level": "debug" }), says("logs more than it should (log-level: debug)")],
            "debug": [config({}, { Debug: true }), says("logs more than it should (debug: true)")],
        },
    },
    "logs-stay-on-host": {
        passes: { "a collector": info({ LoggingDriver: "gelf" }) },
        violates: { "files": [info({ LoggingDriver: "json-file" }), says("keeps logs on its host only (log-driver: json-file)")] },
    },
    "retired-storage-driver": {
        passes: { "overlay2": info({ Driver: "overlay2" }), "a snapshotter of containerd": info({ Driver: "overlayfs" }) },
        violates: {
            "devicemapper": [info({ Driver: "devicemapper" }), says("keeps layers by a driver that nobody looks after any more (devicemapper)")],
            "another size": [info({ Driver: "btrfs" }, { "storage-opts": ["dm.basesize=20G"] }), says("changes how large a container may grow (storage-opts: dm.basesize=20G)")],
        },
    },
    "no-default-ulimits": {
        passes: { "a limit": config({ "default-ulimits": { nofile: { Hard: 64 } } }) },
        violates: { "none": [config({}), says("gives containers no limits of files and processes (default-ulimits: not set)")] },
    },
    "no-live-restore": {
        passes: { "live restore": info({ LiveRestoreEnabled: true }), "a Swarm, which excludes it": info({ Swarm: { LocalNodeState: "active" } }) },
        violates: { "none": [info({ LiveRestoreEnabled: false, Swarm: { LocalNodeState: "inactive" } }), says("stops its containers when it is stopped itself (live-restore: not set)")] },
        unknown: { "an engine that does not say": [info({ LiveRestoreEnabled: UNKNOWN })] },
    },
    "engine-data-on-root": {
        passes: { "its own": engine({ host: { separateData: true } }), "not seen": engine({ host: {} }) },
        violates: { "the host's": [engine({ info: { DockerRootDir: "/var/lib/docker" }, host: { separateData: false } }), says("keeps its data on the host's root file system (/var/lib/docker)")] },
    },
    "engine-leftovers": {
        passes: { "a few": engine({ info: { ContainersStopped: 10, Images: 11 }, containers: [{ Name: "/a", Image: "sha256:1" }] }) },
        violates: { "many": [engine({ info: { ContainersStopped: 11, Images: 12 }, containers: [{ Name: "/a", Image: "sha256:1" }] }), says("keeps 11 stopped containers (at most: 10)"), says("keeps 11 images that no container uses (at most: 10)")] },
    },
    "engine-file-open": {
        passes: {
            "settings": file({}), "a socket of its group": file({ what: "socket", mode: "660", group: "docker" }), "a folder": file({ folder: true, mode: "755" }), "a key": file({ what: "key", mode: "600" }),
            "a user's own in rootless mode": engine({ info: { SecurityOptions: ["name=rootless"] }, files: [{ path: "/run/user/1000/docker.sock", what: "socket", owner: 1000, group: "ann", mode: "660" }] }),
        },
        violates: {
            "somebody's": [file({ owner: 1000 }), says("has a file that somebody else owns than root (/etc/docker/daemon.json: user 1000)")],
            "a group's": [file({ group: "staff", mode: "664" }), says("has a file that the group staff may write to (/etc/docker/daemon.json)")],
            "everybody's": [file({ mode: "666" }), says("has a file that more may use than should (/etc/docker/daemon.json: mode 666, at most 644)")],
            "a socket of everybody": [file({ path: "/run/docker.sock", what: "socket", mode: "666", group: "docker" }), says("has a file that more may use than should (/run/docker.sock: mode 666, at most 660)")],
            "a key that is read": [file({ path: "/key.pem", what: "key", mode: "644" }), says("has a file that more may use than should (/key.pem: mode 644, at most 400)")],
            "an executable unit": [file({ path: "/unit", what: "unit", mode: "755" }), says("has a file that more may use than should (/unit: mode 755, at most 644)")],
        },
    },
    "engine-files-unwatched": {
        passes: { "all of them": engine({ host: { audited: ["/usr/bin/dockerd", "/var/lib/docker", "/etc/docker/"] } }), "what is above": engine({ host: { audited: ["/usr", "/var/lib", "/etc"] } }) },
        violates: { "one of them": [engine({ host: { audited: ["/etc"] } }), says("is watched by no audit rule (/usr/bin/dockerd, /var/lib/docker)")] },
    },
    "unused-swarm": {
        passes: { "a service": swarm({ ControlAvailable: true }, {}, { services: [{ Spec: { Name: "web" } }] }), "a worker, which does not know": swarm({ ControlAvailable: false }, {}), "no Swarm": info({ Swarm: { LocalNodeState: "inactive" } }) },
        violates: { "no service": [swarm({ ControlAvailable: true }, {}, { services: [] }), says("is in a Swarm that runs no service (Swarm: active)")] },
    },
    "swarm-managers": {
        passes: { "three": swarm({ Managers: 3, Nodes: 9 }, {}), "one alone": swarm({ Managers: 1, Nodes: 1 }, {}) },
        violates: { "one of many": [swarm({ Managers: 1, Nodes: 4 }, {}), says("has 1 manager for 4 machines")], "four": [swarm({ Managers: 4, Nodes: 4 }, {}), says("has 4 managers for 4 machines")], "nine": [swarm({ Managers: 9, Nodes: 9 }, {}), says("has 9 managers for 9 machines")] },
    },
    "swarm-not-locked": {
        passes: { "locked": swarm({}, { EncryptionConfig: { AutoLockManagers: true } }) },
        violates: { "not locked": [swarm({}, { EncryptionConfig: { AutoLockManagers: false } }), says("keeps the key of its Swarm beside what it locks (autolock: false)")] },
    },
    "swarm-long-certificates": {
        passes: { "the default": swarm({}, { CAConfig: { NodeCertExpiry: 90 * DAY } }), "nothing said": swarm({}, {}) },
        violates: { "a year": [swarm({}, { CAConfig: { NodeCertExpiry: 365 * DAY } }), says("gives its Swarm's machines certificates for 365 days (at most: 90)")] },
    },
};

describe("rules about an engine", () => {
    for (const rule of ENGINE_RULES.filter(({ id }) => id !== "outdated-engine")) {
        ruleTest(rule, CASES[rule.id]!);
    }
    const outdated = ENGINE_RULES.find(({ id }) => id === "outdated-engine")!;
    ruleTest(outdated, {
        settings: { least: "28.2" },
        passes: { "that version": info({ ServerVersion: "28.2" }), "a newer one": info({ ServerVersion: "29.0.1" }), "a mend": info({ ServerVersion: "28.2.2+dfsg1" }) },
        violates: { "an older one": [info({ ServerVersion: "28.1.9" }), says("is of version 28.1.9 (at least: 28.2)")], "a much older one": [info({ ServerVersion: "20.10.24+dfsg1" }), says("is of version 20.10.24+dfsg1 (at least: 28.2)")] },
        unknown: { "a version that is not known": [info({ ServerVersion: UNKNOWN })] },
    });
    ruleTest(outdated, { passes: { "any, where none is named": info({ ServerVersion: "1.0" }) }, violates: {} });
    ruleTest(ENGINE_RULES.find(({ id }) => id === "engine-commanders")!, { settings: { users: ["ann"] }, passes: { "an agreed user": engine({ host: { commanders: ["ann"] } }) }, violates: {} });
});
