import assert from "node:assert/strict";

import { SECRETS_RULES } from "../../../../policies/rules/secrets";
import { UNKNOWN, compose, docker, resource, ruleTest, service, swarm } from "../../../support/rule-test";
import type { Rule } from "../../../../policies/rule";

function rule(id: string): Rule {
    const found = SECRETS_RULES.find(one => one.id === id);
    assert.ok(found !== undefined);
    return found;
}

/** The SDK's envelope of a secret. */
const hidden = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const coded = (text: string) => Buffer.from(text).toString("base64");
const PROVIDER = "pulumi:providers:docker";

ruleTest(rule("registry-credential-in-clear"), {
    passes: {
        "a marked password": resource(PROVIDER, "engine", { registryAuth: [{ address: "r.example.com", username: "ci", password: hidden("hunter2") }] }),
        "all of it marked": resource(PROVIDER, "engine", { registryAuth: hidden([{ address: "r.example.com", password: "hunter2" }]) }),
        "a file of the host": resource(PROVIDER, "engine", { registryAuth: [{ address: "r.example.com", configFile: "~/.docker/config.json" }] }),
        "no login": resource("docker:index/image:Image", "app", { imageName: "app" }),
    },
    violates: {
        "the provider's": [resource(PROVIDER, "engine", { registryAuth: [{ address: "r.example.com", password: "hunter2" }] }), `Provider "engine" has the login of the registry r.example.com in clear (password)`],
        "the provider's, as a state has it": [
            resource(PROVIDER, "engine", { registryAuth: JSON.stringify([{ address: "r.example.com", configFileContent: "{\"auths\":{}}" }]) }),
            `Provider "engine" has the login of the registry r.example.com in clear (configFileContent)`,
        ],
        "an image's": [resource("docker:index/image:Image", "app", { registry: { server: "r.example.com", password: "hunter2" } }), `Image "app" has the login of the registry in clear (password)`],
        "a pushed image's": [resource("docker:index/registryImage:RegistryImage", "app", { authConfig: { address: "r.example.com", password: "hunter2" } }), `RegistryImage "app" has the login of the registry r.example.com in clear (password)`],
        "a build's": [resource("docker-build:index:Image", "app", { registries: [{ address: "r.example.com", password: "hunter2" }] }), `Image "app" has the login of the registry r.example.com in clear (password)`],
        "a service's": [resource("docker:index/service:Service", "app", { auth: { serverAddress: "r.example.com", password: "hunter2" } }), `Service "app" has the login of the registry r.example.com in clear (password)`],
    },
    unknown: {
        "a password, and still refuses another": [
            resource(PROVIDER, "engine", { registryAuth: [{ address: "a", password: UNKNOWN }, { address: "b", password: "hunter2" }] }), `Provider "engine" has the login of the registry b in clear (password)`,
        ],
        "the whole list": [resource(PROVIDER, "engine", { registryAuth: UNKNOWN })],
    },
});

ruleTest(rule("secret-in-upload"), {
    passes: {
        "a file of settings": docker("app", { uploads: [{ file: "/etc/app.ini", content: "[db]\npassword_file = /run/secrets/db\n" }] }),
        "no uploads": docker("app", {}),
        "a marked secret": resource("docker:index/secret:Secret", "db", { data: hidden(coded("hunter2")) }),
        "a configuration of settings": resource("docker:index/serviceConfig:ServiceConfig", "app", { data: coded("level=debug\n") }),
        "a configuration of Compose": compose({ services: {}, configs: { app: { content: "level=debug\n" }, file: { file: "./app.ini" } } }),
    },
    violates: {
        "a file": [docker("app", { uploads: [{ file: "/a", content: "x=1" }, { file: "/etc/app.ini", content: "[db]\npassword = hunter2\n" }] }), `Container "app" uploads a file with a secret (line 2, password: by its name)`],
        "a file in Base64": [docker("app", { uploads: [{ file: "/b", contentBase64: coded("-----BEGIN PRIVATE KEY-----\nMIIB\n") }] }), `Container "app" uploads a file with a secret (line 1: it holds a key or a login)`],
        "a file that is marked: it ends up on the disk all the same": [docker("app", { uploads: [{ file: "/b", content: hidden("x") }] }), `Container "app" uploads a file with a secret (marked as one)`],
        "an unmarked secret": [resource("docker:index/secret:Secret", "db", { data: coded("hunter2") }), `Secret "db" has its contents in clear`],
        "a configuration": [resource("docker:index/serviceConfig:ServiceConfig", "app", { data: coded("api_token=hunter2\n") }), `ServiceConfig "app" holds a secret, and is none (line 1, api_token: by its name)`],
        "a configuration of Compose": [compose({ services: {}, configs: { app: { content: "API_TOKEN=hunter2" } } }), `the project has a configuration with a secret, "app" (line 1, API_TOKEN: by its name)`],
    },
    unknown: {
        "one upload, and still refuses another": [
            docker("app", { uploads: [{ file: "/a", content: UNKNOWN }, { file: "/b", content: "token=hunter2" }] }), `Container "app" uploads a file with a secret (line 1, token: by its name)`,
        ],
    },
});

const bind = (source: string, target: string) => service({ volumes: [{ type: "bind", source, target }] });
ruleTest(rule("secret-mounted-by-hand"), {
    passes: {
        "a secret of the project": service({ secrets: [{ source: "db", target: "/run/secrets/db" }] }),
        "data": service({ volumes: ["./data:/data", "db:/var/lib/secrets", "./secretary:/app"] }),
        "a file of settings": bind("/srv/app/config.yaml", "/etc/app/config.yaml"),
        "a container, which has no such store": docker("app", { mounts: [{ type: "bind", source: "/srv/secrets", target: "/run/secrets" }] }),
    },
    violates: {
        "a file where secrets are": [bind("/srv/app/db", "/run/secrets/db"), `service "api" mounts a secret by hand (/srv/app/db on /run/secrets/db)`],
        "a folder of secrets, in short": [service({ volumes: ["./secrets:/etc/app:ro"] }), `service "api" mounts a secret by hand (./secrets on /etc/app)`],
        "a file of a password": [bind("/srv/app/db_password.txt", "/etc/app/password"), `service "api" mounts a secret by hand (/srv/app/db_password.txt on /etc/app/password)`],
        "a Swarm service": [swarm("app", { mounts: [{ type: "bind", source: "/root/.ssh/id_ed25519", target: "/key" }] }), `Swarm service "app" mounts a secret by hand (/root/.ssh/id_ed25519 on /key)`],
    },
    unknown: {
        "a mount, and still refuses another": [
            swarm("app", { mounts: [{ type: "bind", source: UNKNOWN, target: "/a" }, { type: "bind", source: "/b", target: "/run/secrets/b" }] }), `Swarm service "app" mounts a secret by hand (/b on /run/secrets/b)`,
        ],
    },
});

ruleTest(rule("env-file-unread"), {
    passes: { "a project that was loaded": service({ environment: { LEVEL: "debug" } }) },
    violates: {
        "a file": [service({ env_file: ".env" }), `service "api" takes variables from a file that was not read (.env)`],
        "several": [service({ env_file: ["a.env", { path: "b.env", required: false }] }), `service "api" takes variables from a file that was not read (a.env, b.env)`],
    },
    unknown: { "which file": [service({ env_file: [UNKNOWN] })] },
});
