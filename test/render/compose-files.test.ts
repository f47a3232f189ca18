import * as assert from "node:assert/strict";

import type { HardenedApplication } from "../../infra/model/hardened";
import { differences } from "../../infra/render/compare";
import { composeFiles } from "../../infra/render/compose-files";
import { fingerprints } from "../../infra/render/fingerprint";
import { hardenedApplication, hardenedService } from "../support/hardened";

const PLACE = { out: "/srv/app/out", upstream: ["/srv/app/src/docker-compose.yml"], directory: "/srv/app/src", envFiles: ["/srv/app/my.env"], seccompStrict: "{}" };

const NONE: ReadonlyMap<string, string> = new Map();

const application = (fields: Partial<HardenedApplication> = {}): HardenedApplication => hardenedApplication("demo", {
    services: [hardenedService("web", {
        environment: { PRICE: "$5" }, networks: [{ network: "front", aliases: [] }], logs: undefined, restart: undefined, limits: {}, user: { uid: 7, gid: 7 },
        mounts: [{ type: "bind", source: "/srv/app/src/web.conf", target: "/etc/web.conf", readOnly: true }, { type: "bind", source: "/dev/kvm", target: "/dev/kvm", readOnly: true }],
        secretFiles: [{ secret: "PW", target: "/run/secrets/PW" }],
        configFiles: [{ target: "/etc/app.conf", content: "$x", mode: 0o444 }, { target: "/etc/own.conf", content: "own", mode: 0o400 }],
        labels: { a: "b" },
    })],
    networks: [{ key: "front", name: "demo_front", internal: true, external: false, subnets: ["10.1.0.0/24"] }],
    volumes: [{ key: "old", name: "old", external: true, driverOpts: {} }],
    changes: [
        { service: "web", measure: "m", kind: "opened", what: "port 80", reason: "two\nlines" },
        { service: "other", measure: "m", kind: "closed", what: "nothing of web" },
    ],
    ...fields,
});

const contentOf = (path: string, of = application()): string => composeFiles(of, PLACE, NONE).files.find(file => file.path === path)?.content ?? "";

describe("the files of a rendering", () => {
    it("include the authors' files, with their variables and their directory", () => {
        assert.equal(contentOf("compose.yaml"), [
            "# Rendered by portcullis; `docker compose up` in this directory starts the hardened application.",
            "# Change hardening.yaml and render again rather than this file.",
            "name: demo",
            "include:",
            "    - path:",
            "          - \"../src/docker-compose.yml\"",
            "          - hardened.override.yaml",
            "      project_directory: \"../src\"",
            "      env_file:",
            "          - \"../my.env\"",
            "",
        ].join("\n"));
    });

    it("put every section in the place of the authors', paths as seen from their directory, no variable replaced", () => {
        assert.equal(contentOf("hardened.override.yaml"), [
            "# Rendered by portcullis. Every section stands in the place of the authors' section of that name.",
            "services: !override",
            "    web:",
            "        # opened: port 80 (two lines)",
            "        image: portcullis-stand-in/base",
            "        user: \"7:7\"",
            "        environment:",
            "            PRICE: \"$$5\"",
            "        read_only: true",
            "        cap_drop:",
            "            - ALL",
            "        security_opt:",
            "            - \"no-new-privileges:true\"",
            "        volumes:",
            "            - type: bind",
            "              source: \"./web.conf\"",
            "              target: /etc/web.conf",
            "              read_only: true",
            "              bind:",
            "                  create_host_path: false",
            "            - type: bind",
            "              source: /dev/kvm",
            "              target: /dev/kvm",
            "              read_only: true",
            "              bind:",
            "                  create_host_path: false",
            "        secrets:",
            "            - source: web_PW",
            "              target: /run/secrets/PW",
            "        configs:",
            "            - source: web_config_0",
            "              target: /etc/app.conf",
            "            - source: web_config_1",
            "              target: /etc/own.conf",
            "        networks:",
            "            front: null",
            "        restart: \"no\"",
            "        labels:",
            "            a: b",
            "            portcullis.role: application",
            "            portcullis.system: demo",
            "networks: !override",
            "    front:",
            "        name: demo_front",
            "        internal: true",
            "        ipam:",
            "            config:",
            "                - subnet: \"10.1.0.0/24\"",
            "volumes: !override",
            "    old:",
            "        name: old",
            "        external: true",
            "secrets: !override",
            "    web_PW:",
            "        name: demo_web_PW",
            "        file: \"../out/secrets/web/PW\"",
            "configs: !override",
            "    web_config_0:",
            "        name: demo_web_config_0",
            "        file: \"../out/configs/web/0-app.conf\"",
            "    web_config_1:",
            "        name: demo_web_config_1",
            "        file: \"../out/configs/web/1-own.conf\"",
            "",
        ].join("\n"));
    });

    it("hold configuration as it is, readable by whom it says, and the strict profile only where it is used", () => {
        const rest = (of: HardenedApplication) => composeFiles(of, PLACE, NONE).files.filter(({ path }) => !path.endsWith(".yaml"));
        const expected = [
            { path: ".gitignore", content: "/secrets/\n", mode: 0o644 },
            { path: "configs/web/0-app.conf", content: "$x", mode: 0o444 },
            { path: "configs/web/1-own.conf", content: "own", mode: 0o400, owner: { uid: 7, gid: 7 } },
        ];
        assert.deepEqual(rest(application()), expected);
        assert.deepEqual(rest(application({ services: [hardenedService("sandbox", { seccomp: "strict" })] })), [
            expected[0], { path: "seccomp-strict.json", content: "{}", mode: 0o644 },
        ]);
    });

    it("empty the authors' sections where the hardened application has none", () => {
        const bare = application({ services: [], networks: [], volumes: [] });
        assert.equal(contentOf("hardened.override.yaml", bare).split("\n").slice(1).join("\n"),
            "services: !override {}\nnetworks: !override {}\nvolumes: !override {}\nsecrets: !override {}\nconfigs: !override {}\n");
    });
});

describe("the fingerprint of a service's files", () => {
    const of = (content: string, value: string, key = "key") => fingerprints(application({
        services: [
            hardenedService("web", { secretFiles: [{ secret: "PW", target: "/s" }], configFiles: [{ target: "/c", content, mode: 0o444 }] }),
            hardenedService("db", {}),
        ],
    }), new Map([["PW", value]]), key);

    it("is a label of services that have any", () => {
        const marks = of("a", "b");
        assert.deepEqual([...marks.keys()], ["web"]);
        const { expected } = composeFiles(application(), PLACE, new Map([["web", "0123456789abcdef"]]));
        assert.deepEqual(expected.services["web"]?.["labels"], { "a": "b", "portcullis.role": "application", "portcullis.system": "demo", "portcullis.files": "0123456789abcdef" });
    });

    it("changes with every content and with the key, and with nothing else", () => {
        const marks = [of("a", "b"), of("a", "c"), of("c", "b"), of("a", "b", "other")].map(one => one.get("web"));
        assert.equal(new Set(marks).size, 4);
        assert.ok(marks.every(mark => /^[0-9a-f]{16}$/.test(mark ?? "")));
        assert.deepEqual(of("a", "b"), of("a", "b"));
    });
});

describe("volumes that need an owner", () => {
    const data = { key: "data", name: "demo_data", external: false, driverOpts: {}, owner: { uid: 999, gid: 998 } };
    const mount = { type: "volume" as const, source: "data", target: "/data", readOnly: false };

    it("get it from a step that runs before their services, with the one right that it takes", () => {
        const { expected, changes } = composeFiles(application({
            services: [hardenedService("db", { mounts: [mount] }), hardenedService("web", {}), hardenedService("door", { role: "edge", image: { reference: "proxy" } })],
            volumes: [data],
        }), PLACE, NONE);
        assert.deepEqual(Object.entries(expected.services).map(([name, service]) => [name, service["depends_on"]]), [
            ["db", { "volume-owner": { condition: "service_completed_successfully", required: true } }], ["web", undefined], ["door", undefined], ["volume-owner", undefined],
        ]);
        assert.deepEqual(expected.services["volume-owner"], {
            image: "proxy", entrypoint: ["/bin/sh", "-ec", "chown 999:998 /volumes/data"], command: [], user: "0:0", read_only: true, cap_drop: ["ALL"],
            cap_add: ["CHOWN"], security_opt: ["no-new-privileges:true"], network_mode: "none", mem_limit: "67108864", memswap_limit: "67108864",
            cpus: 0.5, pids_limit: 16, volumes: [{ type: "volume", source: "data", target: "/volumes/data", volume: { nocopy: true } }],
            healthcheck: { test: ["NONE"] }, restart: "no", labels: { "portcullis.role": "job", "portcullis.system": "demo" },
            logging: { driver: "json-file", options: { "max-file": "1", "max-size": "1m" } },
        });
        assert.deepEqual(changes, [{
            service: "volume-owner", measure: "own-volumes", kind: "opened", what: "root with the capability CHOWN, without network, until it ends",
            reason: "the engine makes the root of a volume root's: data",
        }]);
    });

    it("get it by the image of their own service where there is no edge, under a name that is free", () => {
        const { expected } = composeFiles(application({
            services: [hardenedService("volume-owner", { mounts: [mount], image: { reference: "own" } })], volumes: [data],
        }), PLACE, NONE);
        assert.deepEqual(Object.entries(expected.services).map(([name, { image }]) => [name, image]), [["volume-owner", "own"], ["portcullis-volume-owner", "own"]]);
    });

    it("need no step where none does", () => {
        const { expected, changes } = composeFiles(application(), PLACE, NONE);
        assert.deepEqual([Object.keys(expected.services), changes], [["web"], []]);
    });
});

describe("the files loaded back", () => {
    const { expected } = composeFiles(application(), PLACE, NONE);
    const loaded = (edit: (project: Record<string, Record<string, Record<string, unknown>>>) => void) => {
        const project = structuredClone(expected) as unknown as Record<string, Record<string, Record<string, unknown>>>;
        edit(project);
        return differences(expected, project).map(({ subject, fault }) => `${subject} ${fault}`);
    };

    it("may differ in what says nothing", () => {
        assert.deepEqual(loaded(({ services, networks }) => {
            Object.assign(services?.["web"] ?? {}, { command: null, entrypoint: null, deploy: { placement: {} }, networks: { front: {} } });
            Object.assign(networks?.["front"] ?? {}, { options: {} });
        }), []);
    });

    it("may differ in nothing else", () => {
        assert.deepEqual(loaded(({ services }) => {
            Object.assign(services?.["web"] ?? {}, { privileged: true, networks: {}, cap_drop: [] });
            Object.assign(services ?? {}, { extra: { image: "x" } });
        }), [
            "services.extra is loaded from the rendered files and is not hardened",
            "services.web.cap_drop reads differently in the rendered files than it was hardened",
            "services.web.networks reads differently in the rendered files than it was hardened",
            "services.web.privileged reads differently in the rendered files than it was hardened",
        ]);
        assert.deepEqual(loaded(project => { delete project["networks"]; delete project["configs"]?.["web_config_0"]; }), [
            "networks.front is lost in the rendered files", "configs.web_config_0 is lost in the rendered files",
        ]);
    });
});
