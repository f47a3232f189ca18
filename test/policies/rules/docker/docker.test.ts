import { RULES } from "../../../../policies/catalogue";
import { dockerfile } from "../../../support/dockerfile-test";
import { UNKNOWN, docker, resource, ruleTest, service } from "../../../support/rule-test";
import type { Cases, Subject } from "../../../support/rule-test";

/** What the SDK makes of a secret. */
const secret = (value: unknown): object => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const provider = (inputs: object): Subject => resource("pulumi:providers:docker", "host", inputs);
const image = (build: object): Subject => resource("docker:index/image:Image", "web", { imageName: "web", build });
const remote = (build: object): Subject => resource("docker:index/remoteImage:RemoteImage", "web", { name: "web", build: { context: ".", ...build } });
const buildImage = (inputs: object): Subject => resource("docker-build:index:Image", "web", { push: false, ...inputs });
const test = (id: string, cases: Cases): void => {
    ruleTest(RULES.find(rule => rule.id === id) ?? RULES[0] as never, cases);
};

test("engine-connection-unverified", {
    passes: {
        "nothing: the environment says": provider({}),
        "a socket": provider({ host: "unix:///var/run/docker.sock" }),
        "SSH": provider({ host: "ssh://me@host", sshOpts: ["-o", "ConnectTimeout=5"] }),
        "TLS from a folder": provider({ host: "tcp://host:2376", certPath: "/certs" }),
        "TLS from texts": provider({ host: "tcp://host:2376", caMaterial: "ca", certMaterial: "cert", keyMaterial: secret("key") }),
    },
    violates: {
        "TCP": [provider({ host: "tcp://me:pass@host:2375" }), 'Provider "host" speaks to its engine over a connection that nobody verifies (host: tcp://host:2375, certPath and caMaterial: not set)'],
        "a certificate without an authority": [provider({ host: "tcp://host:2376", certMaterial: "cert", keyMaterial: "key" }), 'Provider "host" speaks to its engine over a connection that nobody verifies (host: tcp://host:2376, certPath and caMaterial: not set)'],
        "the other provider": [resource("pulumi:providers:docker-build", "host", { host: "tcp://host:2375" }), 'Provider "host" speaks to its engine over a connection that nobody verifies (host: tcp://host:2375, certPath and caMaterial: not set)'],
        "SSH that asks no host key": [provider({ host: "ssh://host", sshOpts: ["-o", "StrictHostKeyChecking=no"] }), 'Provider "host" does not check which host its engine is on (sshOpts)'],
        "the same as the SDK hands it over": [provider({ host: "ssh://host", sshOpts: '["-o","UserKnownHostsFile=/dev/null"]' }), 'Provider "host" does not check which host its engine is on (sshOpts)'],
    },
    unknown: {
        "the host": [provider({ host: UNKNOWN })],
        "the certificates": [provider({ host: "tcp://host:2376", certPath: UNKNOWN })],
        "the host, beside SSH options": [provider({ host: UNKNOWN, sshOpts: ["-oStrictHostKeyChecking=no"] }), 'Provider "host" does not check which host its engine is on (sshOpts)'],
    },
});

test("plugin-all-permissions", {
    passes: {
        "permissions by name": resource("docker:index/plugin:Plugin", "volumes", { grantPermissions: [{ name: "network", values: ["host"] }] }),
        "false": resource("docker:index/plugin:Plugin", "volumes", { grantAllPermissions: false }),
    },
    violates: { "all of them": [resource("docker:index/plugin:Plugin", "volumes", { grantAllPermissions: true }), 'Plugin "volumes" gets every permission of the host that it asks for (grantAllPermissions: true)'] },
    unknown: { "the setting": [resource("docker:index/plugin:Plugin", "volumes", { grantAllPermissions: UNKNOWN })] },
});

test("registry-certificate-unchecked", {
    passes: {
        "nothing said": resource("docker:index/registryImage:RegistryImage", "web", { name: "r.example/web" }),
        "false": resource("docker:index/registryImage:RegistryImage", "web", { insecureSkipVerify: false }),
        "an export": buildImage({ exports: [{ registry: { insecure: false } }, { raw: "type=registry" }] }),
    },
    violates: {
        "skipped": [resource("docker:index/registryImage:RegistryImage", "web", { insecureSkipVerify: true }), 'RegistryImage "web" is pushed without a check of the registry\'s certificate (insecureSkipVerify: true)'],
        "an insecure export": [buildImage({ exports: [{ image: { insecure: true } }] }), 'Image "web" is pushed without a check of the registry\'s certificate (insecure: true)'],
        "one in a line": [buildImage({ exports: [{ raw: "type=image,push=true,registry.insecure=true" }] }), 'Image "web" is pushed without a check of the registry\'s certificate (insecure: true)'],
    },
    unknown: { "the setting": [resource("docker:index/registryImage:RegistryImage", "web", { insecureSkipVerify: UNKNOWN })] },
});

test("loosened-build", {
    passes: {
        "no build": service({ image: "a" }),
        "a path": service({ build: "." }),
        "a common build": service({ build: { context: ".", network: "default", entitlements: [], privileged: false } }),
        "an image": image({ context: ".", network: "none" }),
        "a remote image with a profile": remote({ securityOpts: ["seccomp=profile.json"] }),
        "a builder": resource("docker:index/buildxBuilder:BuildxBuilder", "b", { dockerContainer: { network: "build" } }),
        "a step": dockerfile("RUN --network=none --security=sandbox x"),
    },
    violates: {
        "Compose": [
            service({ build: { context: ".", network: "host", privileged: true, entitlements: ["security.insecure"] } }),
            'service "api" builds on the host\'s network (network: host)', 'service "api" builds with loosened security (privileged: true)', 'service "api" lets its build have more than builds have (security.insecure)',
        ],
        "an image": [image({ network: "host" }), 'Image "web" builds on the host\'s network (network: host)'],
        "a remote image": [
            remote({ networkMode: "host", securityOpts: ["seccomp=unconfined", "label:disable"] }), 'RemoteImage "web" builds on the host\'s network (networkMode: host)',
            'RemoteImage "web" builds with loosened security (seccomp=unconfined)', 'RemoteImage "web" builds with loosened security (label:disable)',
        ],
        "the newer image": [buildImage({ network: "host" }), 'Image "web" builds on the host\'s network (network: host)'],
        "a builder": [
            resource("docker:index/buildxBuilder:BuildxBuilder", "b", { driverOptions: { network: "host" }, buildkitFlags: "--allow-insecure-entitlement security.insecure" }),
            'BuildxBuilder "b" builds on the host\'s network (network: host)', 'BuildxBuilder "b" lets its builds have more than builds have (buildkitFlags: --allow-insecure-entitlement security.insecure)',
        ],
        "steps": [
            dockerfile("RUN --network=host x\nRUN --security=insecure y"),
            "the Dockerfile has a step on the host's network (RUN --network=host)", "the Dockerfile has a step without any protection (RUN --security=insecure)",
        ],
    },
    unknown: {
        "the network, beside something known": [service({ build: { context: ".", network: UNKNOWN, privileged: true } }), 'service "api" builds with loosened security (privileged: true)'],
        "the build": [image(UNKNOWN as unknown as object)],
    },
});

test("secret-build-argument", {
    passes: {
        "a version": service({ build: { context: ".", args: { VERSION: "1" } } }),
        "a build secret": service({ build: { context: ".", secrets: ["token"] } }),
        "arguments of an image": image({ args: { PORT: "80" } }),
    },
    violates: {
        "Compose, a mapping": [service({ build: { context: ".", args: { NPM_TOKEN: "abc123def", A: "1" } } }), 'service "api" hands its build a secret as an argument (NPM_TOKEN: by its name)'],
        "Compose, a list": [service({ build: { context: ".", args: ["A=1", "DB_PASSWORD"] } }), 'service "api" hands its build a secret as an argument (DB_PASSWORD: by its name)'],
        "by its value": [remote({ buildArgs: { URL: "https://me:Tr0ub4dor@a.example" } }), 'RemoteImage "web" hands its build a secret as an argument (URL: its value holds a password)'],
        "marked as one": [image({ args: { X: secret("y") } }), 'Image "web" hands its build a secret as an argument (X: marked as one)'],
        "not known, but named so": [buildImage({ buildArgs: { API_TOKEN: UNKNOWN } }), 'Image "web" hands its build a secret as an argument (API_TOKEN: by its name)'],
    },
    unknown: { "a value": [buildImage({ buildArgs: { X: UNKNOWN } })] },
});

test("low-port-in-container", {
    passes: {
        "high ports": service({ ports: ["80:8080", "127.0.0.1::1024", "3000-3005", { target: 8080, published: "80" }] }),
        "a container": docker("api", { ports: [{ internal: 8080, external: 80 }] }),
        "none": service({}),
    },
    violates: {
        "short": [service({ ports: ["7000:80", "53:53/udp", "127.0.0.1::50"] }), ...["80", "53", "50"].map(port => `service "api" listens on port ${port}, which is below 1024`)],
        "alone, a range, a number": [service({ ports: ["22", "9090-9091:80-81", 443] }), ...["22", "80-81", "443"].map(port => `service "api" listens on port ${port}, which is below 1024`)],
        "long": [service({ ports: [{ target: 80, published: "8080" }] }), 'service "api" listens on port 80, which is below 1024'],
        "a container": [docker("api", { ports: [{ internal: 80, external: 8080 }] }), 'Container "api" listens on port 80, which is below 1024'],
    },
    unknown: { "a port": [docker("api", { ports: [{ internal: UNKNOWN }, { internal: 80 }] }), 'Container "api" listens on port 80, which is below 1024'] },
});

test("restart-tries-differ", {
    passes: {
        "five": service({ restart: "on-failure:5", deploy: { restart_policy: { condition: "on-failure", max_attempts: 5 } } }),
        "another policy": service({ restart: "unless-stopped" }),
        "a container": docker("api", { restart: "on-failure", maxRetryCount: 5 }),
    },
    violates: {
        "fewer": [service({ restart: "on-failure:3" }), 'service "api" is started again after a failure 3 times, not 5'],
        "no number": [service({ restart: "on-failure" }), 'service "api" is started again after a failure without end, not 5'],
        "in Swarm's words": [service({ restart: "on-failure:5", deploy: { restart_policy: { condition: "on-failure", max_attempts: 10 } } }), 'service "api" is started again after a failure 10 times, not 5'],
        "a container": [docker("api", { restart: "on-failure", maxRetryCount: 2 }), 'Container "api" is started again after a failure 2 times, not 5'],
    },
    unknown: { "the number": [docker("api", { restart: "on-failure", maxRetryCount: UNKNOWN })] },
});

test("restart-tries-differ", {
    settings: { tries: 3 },
    passes: { "what the house agreed on": service({ restart: "on-failure:3" }) },
    violates: { "five": [service({ restart: "on-failure:5" }), 'service "api" is started again after a failure 5 times, not 3'] },
});
