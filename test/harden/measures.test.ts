import assert from "node:assert/strict";

import { environmentOf } from "../../infra/harden/environment";
import type { EdgeParts } from "../../infra/harden/draft";
import { application, hardened, hardenedOne, problemsWith, service } from "../support/application";

const one = (fields: Parameters<typeof service>[1], declared = {}) => hardenedOne("web", application([service("web", fields)]), { services: { web: declared } });
const faults = (fields: Parameters<typeof service>[1], declared = {}) => problemsWith(application([service("web", fields)]), { services: { web: declared } });
const because = { reason: "a test wants it" };

describe("harden: one service", () => {
    it("closes every port, and keeps a declared one with its reason", () => {
        const ports = { publishes: [{ port: 80, protocol: "tcp" as const, published: "8080" }, { port: 25, protocol: "tcp" as const, published: "25" }] };
        assert.deepEqual(one(ports).publishes, []);
        assert.deepEqual(one(ports, { publish: [{ port: 25, ...because }] }).publishes.map(({ port }) => port), [25]);
        assert.match(faults({}, { publish: [{ port: 1, ...because }] }).join(), /services\.web\.publish names a port that the Compose file does not publish \(1\)/);
    });

    it("keeps ports on the loopback address where the exposure is local", () => {
        const app = application([service("web", { publishes: [{ port: 80, protocol: "tcp", published: "8080" }] })]);
        assert.deepEqual(hardenedOne("web", app, { exposure: "local" }).publishes, [{ port: 80, protocol: "tcp", published: "8080", hostIp: "127.0.0.1" }]);
    });

    it("takes the image's own user, the authors', the operator's, in rising order", () => {
        assert.deepEqual(one({}).user, { uid: 101, gid: 101 });
        assert.deepEqual(one({ user: "1001:1002" }).user, { uid: 1001, gid: 1002 });
        assert.deepEqual(one({ user: "1001" }, { user: "7:8" }).user, { uid: 7, gid: 8 });
        assert.deepEqual(one({ user: "root" }).user, { uid: 101, gid: 101 });
    });

    it("asks for a user that nobody knows, and names the line", () => {
        assert.deepEqual(faults({ image: "example/unknown:1" }), [
            "services.web.user is not known to run without root (example/unknown:1); write services.web.user: \"uid:gid\" in hardening.yaml, or services.web.root: {reason: …}",
        ]);
    });

    it("drops all capabilities and adds the declared ones", () => {
        const hard = one({ capAdd: ["NET_ADMIN", "CAP_SYS_TIME"] }, { capabilities: [{ name: "CAP_NET_ADMIN", ...because }] });
        assert.deepEqual([hard.dropAllCapabilities, hard.capabilities], [true, ["NET_ADMIN"]]);
    });

    it("ends privileged mode, devices and the namespaces of the host", () => {
        const hard = one({ privileged: true, devices: ["/dev/kvm:/dev/kvm:rwm"], pidMode: "host", ipcMode: "host", networkMode: "host", utsMode: "host", usernsMode: "host" });
        assert.deepEqual([hard.privileged, hard.devices, hard.namespaces], [false, [], {}]);
        assert.deepEqual(hard.networks, [{ network: "default", aliases: [] }]);
    });

    it("refuses the namespace of a container outside the application", () => {
        assert.match(faults({ networkMode: "container:other" }).join(), /services\.web\.network_mode shares a namespace with a container outside the application \(container:other\)/);
    });

    it("forbids new privileges and unconfined system calls", () => {
        const hard = one({ securityOpt: ["seccomp:unconfined", "apparmor:unconfined"] });
        assert.deepEqual([hard.noNewPrivileges, hard.seccomp], [true, "default"]);
        assert.equal(one({}, { new_privileges: because }).noNewPrivileges, false);
    });

    it("makes the root filesystem read-only, with scratch in memory and data in volumes", () => {
        const hard = one({}, { writable: ["/cache", { path: "/srv/data", kind: "data" }, { path: "/tmp", size: "1g", executable: "a just-in-time compiler" }] });
        const places = hard.mounts.map(({ type, target, source, sizeBytes, executable }) => [type, target, source, sizeBytes, executable]);
        assert.equal(hard.readOnlyRoot, true);
        assert.deepEqual(places.slice(0, 3), [
            ["tmpfs", "/cache", undefined, 64 * 1024 ** 2, undefined],
            ["volume", "/srv/data", "web-srv-data", undefined, undefined],
            ["tmpfs", "/tmp", undefined, 1024 ** 3, true],
        ]);
    });

    it("limits memory without swap, processors and processes; the authors' and the operator's figures count", () => {
        assert.deepEqual(one({}).limits, { memoryBytes: 1024 ** 3, memorySwapBytes: 1024 ** 3, cpus: 1, pids: 512 });
        assert.deepEqual(one({ limits: { memoryBytes: 1024 ** 2 * 300, memorySwapBytes: -1, cpus: 2, pids: -1 } }, { pids: 9 }).limits,
            { memoryBytes: 1024 ** 2 * 300, memorySwapBytes: 1024 ** 2 * 300, cpus: 2, pids: 9 });
        assert.deepEqual(one({}, { role: "sandbox" }).limits, { memoryBytes: 512 * 1024 ** 2, memorySwapBytes: 512 * 1024 ** 2, cpus: 0.5, pids: 64 });
    });

    it("bounds logs and restarts after a failure", () => {
        assert.deepEqual(one({}).logs, { maxSizeMiB: 10, maxFiles: 10 });
        assert.equal(one({}).restart, "unless-stopped");
        assert.equal(one({ restart: "always" }).restart, "always");
        assert.equal(one({ restart: "no" }, { role: "job" }).restart, "on-failure:5");
    });

    it("names an image without a digest before it reaches production, not in development", () => {
        const app = application([service("web")]);
        assert.match(hardened(app).beforeProduction.map(({ subject, fault }) => `${subject} ${fault}`).join(), /services\.web\.image is not pinned by digest/);
        assert.deepEqual(hardened(app, {}, { environment: "development" }).beforeProduction, []);
        const digest = `sha256:${"a".repeat(64)}`;
        const pinned = hardened(app, {}, { digests: { "nginxinc/nginx-unprivileged:1.29": digest } });
        assert.equal(pinned.services[0]?.image.reference, `nginxinc/nginx-unprivileged:1.29@${digest}`);
        assert.deepEqual(pinned.beforeProduction, []);
    });

    it("refuses a key that it would otherwise lose", () => {
        assert.match(faults({ unsupported: ["credential_spec"] }).join(), /services\.web\.credential_spec is not supported/);
    });

    it("refuses a store of secrets that this version does not speak to", () => {
        assert.match(problemsWith(application([service("web")]), { secrets: { store: "vault" } }).join(), /secrets\.store is not yet supported by this version \(vault\)/);
    });

    it("refuses a declaration about a service that is not there", () => {
        assert.match(problemsWith(application([service("web")]), { services: { wob: {} } }).join(), /services\.wob names a service that the application does not have \(wob\)/);
    });
});

describe("harden: mounts", () => {
    const bind = (source: string, readOnly = false) => ({ mounts: [{ type: "bind" as const, source, target: "/in", readOnly }] });

    it("takes the engine's socket and the host's clock away", () => {
        for (const source of ["/var/run/docker.sock", "/run/containerd/containerd.sock", "/etc/localtime"]) {
            assert.deepEqual(one(bind(source)).mounts.filter(({ type }) => type === "bind"), []);
        }
    });

    it("refuses a path of the host, and mounts a declared one read-only", () => {
        assert.match(faults(bind("/etc")).join(), /services\.web\.volumes\[0\] mounts a path of the host outside the project \(\/etc\); use a volume, or write services\.web\.host_paths/);
        assert.deepEqual(one(bind("/etc"), { host_paths: [{ path: "/etc", ...because }] }).mounts[0], { type: "bind", source: "/etc", target: "/in", readOnly: true });
    });

    it("is not fooled by a folder whose name begins like the project's", () => {
        assert.match(faults(bind("/project-evil/x")).join(), /mounts a path of the host/);
    });

    it("mounts files of the project read-only, and turns data beside them into a volume", () => {
        assert.deepEqual(one(bind("/project/init.sql")).mounts[0], { type: "bind", source: "/project/init.sql", target: "/in", readOnly: true });
        assert.deepEqual(one(bind("/project/data/db")).mounts[0], { type: "volume", source: "data-db", target: "/in", readOnly: false });
    });

    it("makes a volume of a folder that the service writes to, though an earlier run left it there", () => {
        const mounts = (writable: string[]) => hardenedOne("web", application([service("web", bind("/project/data/db"))]),
            { services: { web: { writable } } }, { pathKind: () => "directory" }).mounts.filter(({ target }) => target === "/in");
        assert.deepEqual(mounts(["/in"]), [{ type: "volume", source: "data-db", target: "/in", readOnly: false }]);
        assert.deepEqual(mounts([]), [{ type: "bind", source: "/project/data/db", target: "/in", readOnly: true }]);
    });

    it("refuses a volume that is a path of the host in disguise", () => {
        const app = application([service("web", { mounts: [{ type: "volume", source: "v", target: "/in", readOnly: false }] })], {
            volumes: [{ key: "v", name: "app_v", external: false, driverOpts: { type: "none", o: "bind", device: "/etc" }, labels: {} }],
        });
        assert.match(problemsWith(app).join(), /mounts a path of the host outside the project \(\/etc\)/);
    });

    it("gives a new volume the user that writes to it, unless the image already does", () => {
        const mount = { type: "volume" as const, source: "v", readOnly: false };
        const volumes = [{ key: "v", name: "app_v", external: false, driverOpts: {}, labels: {} }];
        const own = hardened(application([service("web", { mounts: [{ ...mount, target: "/srv" }] })], { volumes }));
        assert.deepEqual(own.volumes[0]?.owner, { uid: 101, gid: 101 });
        const db = hardened(application([service("db", { image: "mysql:8", mounts: [{ ...mount, target: "/var/lib/mysql" }] })], { volumes }));
        assert.equal(db.volumes[0]?.owner, undefined);
    });
});

describe("harden: networks", () => {
    const edge: EdgeParts = { image: "edge:1", upstreams: ["web"], files: [], secrets: [], user: { uid: 101, gid: 101 }, ports: [{ published: 443, port: 8443 }], writable: ["/tmp"] };
    const app = application([service("web"), service("db", { image: "mysql:8" }), service("runner", { image: "nginxinc/nginx-unprivileged:1" })]);
    const declaration = { services: { runner: { role: "sandbox" as const } } };
    const result = hardened(app, declaration, { edge });
    const networksOf = (name: string) => result.services.find(each => each.name === name)?.networks.map(({ network }) => network);

    it("lets the edge meet its upstreams and nobody else", () => {
        assert.deepEqual(networksOf("edge"), ["ingress", "edge"]);
        assert.deepEqual(networksOf("web"), ["default", "edge"]);
        assert.deepEqual(networksOf("db"), ["default"]);
    });
    it("leaves a sandbox without any network", () => assert.deepEqual(networksOf("runner"), []));
    it("closes every network to the outside but the edge's own", () => {
        assert.deepEqual(result.networks.filter(({ internal }) => !internal).map(({ key }) => key), ["ingress"]);
    });
    it("publishes the edge's port only", () => {
        assert.deepEqual(result.services.flatMap(({ name, publishes }) => publishes.map(({ published }) => [name, published])), [["edge", "443"]]);
    });
    it("puts a sandbox with callers on a network of those alone", () => {
        const called = hardened(app, { services: { runner: { role: "sandbox", network: "callers", callers: ["web"] } } });
        assert.deepEqual(called.services.map(({ name, networks }) => [name, networks.map(({ network }) => network)]),
            [["web", ["default", "sandbox-runner"]], ["db", ["default"]], ["runner", ["sandbox-runner"]]]);
    });
    it("opens a way out only when declared for all hosts, and says so", () => {
        const open = hardened(app, { egress: [{ service: "web", hosts: ["*"], reason: "model calls" }] });
        assert.deepEqual(open.networks.filter(({ internal }) => !internal).map(({ key }) => key), ["egress-web"]);
        assert.match(problemsWith(app, { egress: [{ service: "web", hosts: ["api.example.com"], reason: "model calls" }] }).join(), /egress names hosts, which this version does not enforce/);
    });
    it("leaves a network that other applications share", () => {
        const shared = application([service("web", { networks: [{ network: "proxy", aliases: [] }] })], {
            networks: [{ key: "proxy", name: "proxy", external: true, internal: false, driverOpts: {}, attachable: false, subnets: [], labels: {} }],
        });
        assert.deepEqual(hardened(shared).services[0]?.networks.map(({ network }) => network), ["default"]);
        assert.deepEqual(hardened(shared).networks.map(({ key, internal }) => [key, internal]), [["default", true]]);
    });
});

describe("the environment's word", () => {
    it("is production unless it is exactly another", () => {
        assert.deepEqual(["development", "staging", "ci", "production", "Development", "dev", "", undefined].map(environmentOf),
            ["development", "staging", "ci", "production", "production", "production", "production", "production"]);
    });
});
