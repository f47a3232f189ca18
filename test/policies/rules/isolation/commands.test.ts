import { COMMAND_RULES } from "../../../../policies/rules/isolation/commands";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, deployment, docker, manifest, resource, ruleTest, service, swarm } from "../../../support/rule-test";

const pod = (container: object) => deployment("api", { containers: [{ name: "api", ...container }] });
const CONTAINER = 'container "api" of Deployment "api"';

ruleTest(ruleIn(COMMAND_RULES, "sudo-in-command"), {
    passes: { "none": docker("api", {}), "words that only hold it": service({ command: "pseudo --sudo-user visudo/x sudoers" }), "a pod": pod({ command: ["./start"] }) },
    violates: {
        "one text": [service({ entrypoint: "sh -c 'exec /usr/bin/sudo -u app ./start'" }), 'service "api" starts with sudo'],
        "a list": [docker("api", { command: ["sudo", "./start"] }), 'container "api" starts with sudo'],
        "a pod's arguments": [pod({ args: ["-c", "id;sudo id"] }), `${CONTAINER} starts with sudo`],
    },
    unknown: { "one word beside another": [docker("api", { command: [UNKNOWN, "sudo x"] }), 'container "api" starts with sudo'] },
});

ruleTest(ruleIn(COMMAND_RULES, "ssh-server"), {
    passes: {
        "none": docker("api", {}), "a client": service({ command: "ssh -p 22 host", ports: ["127.0.0.1:22:2222", { target: 8022, published: 22 }], expose: ["8022"] }), "a pod": pod({ ports: [{ containerPort: 2222 }] }),
        "a folder of that name": service({ command: "cat /run/sshd.pid" }),
    },
    violates: {
        "its command": [service({ command: "/usr/sbin/sshd -D" }), 'service "api" starts a server for remote shells'],
        "in a shell": [pod({ command: ["sh", "-c", "dropbear;./start"] }), `${CONTAINER} starts a server for remote shells`],
        "ports of Compose": [
            service({ ports: ["2222:22", { target: 22 }], expose: ["22/tcp"] }),
            ...[1, 2, 3].map(() => 'service "api" listens on the port of remote shells, 22'),
        ],
        "a port of Docker's": [docker("api", { ports: [{ internal: 22, external: 2222 }] }), 'container "api" listens on the port of remote shells, 22'],
        "a port of a Swarm service": [resource("docker:index/service:Service", "api", { name: "api", endpointSpec: { ports: [{ targetPort: 22 }] } }), 'Swarm service "api" listens on the port of remote shells, 22'],
        "a port of a pod": [pod({ ports: [{ containerPort: 80 }, { containerPort: 22 }] }), `${CONTAINER} listens on the port of remote shells, 22`],
    },
    unknown: { "a port beside a command": [docker("api", { ports: [{ internal: UNKNOWN }], command: ["sshd"] }), 'container "api" starts a server for remote shells'] },
});
ruleTest(ruleIn(COMMAND_RULES, "ssh-server"), {
    settings: { ports: ["2222"] },
    passes: { "what is no longer listed": service({ expose: [22] }) },
    violates: { "what is": [service({ expose: [2222] }), 'service "api" listens on the port of remote shells, 2222'] },
});

const leading = (port: string) => manifest(`apiVersion: v1\nkind: Service\nmetadata: {name: api}\nspec: {ports: [{port: 80}, ${port}]}`);
ruleTest(ruleIn(COMMAND_RULES, "ssh-service"), {
    passes: { "others": leading("{port: 2222, targetPort: ssh}"), "a custom resource": manifest("apiVersion: serving.knative.dev/v1\nkind: Service\nspec: {ports: [{port: 22}]}") },
    violates: { "its own port": [leading("{port: 22}"), 'Service "api" leads to the port of remote shells, 22'], "its pods'": [leading("{port: 2222, targetPort: 22}"), 'Service "api" leads to the port of remote shells, 22'] },
    unknown: { "one beside another": [resource("kubernetes:core/v1:Service", "api", { spec: { ports: [{ port: UNKNOWN }, { port: 22 }] } }), 'Service "api" leads to the port of remote shells, 22'] },
});

const sync = (container: object) => pod({ image: "registry.k8s.io/git-sync/git-sync:v4.2.3", ...container });
ruleTest(ruleIn(COMMAND_RULES, "git-sync-command"), {
    passes: {
        "what it fetches": sync({ env: [{ name: "GITSYNC_REPO", value: "x" }], args: ["--repo=x", "--git=git"] }),
        "the option of another program": pod({ image: "api:1.0", args: ["--git=/x"] }), "a name that ends so": pod({ image: "my-git-sync-tool:1.0", args: ["--git=/x"] }),
    },
    violates: {
        "a variable": [sync({ env: [{ name: "GITSYNC_GIT", value: "/tmp/x" }] }), `${CONTAINER} lets GITSYNC_GIT say which command fetches code`],
        "one whose value comes from elsewhere": [pod({ env: [{ name: "GIT_SYNC_HOOK_COMMAND", valueFrom: {} }] }), `${CONTAINER} lets GIT_SYNC_HOOK_COMMAND say which command fetches code`],
        "options": [
            sync({ args: ["--git=/tmp/x", "--exechook-command", "/y"] }),
            `${CONTAINER} says which command it runs when it fetches code (--git)`, `${CONTAINER} says which command it runs when it fetches code (--exechook-command)`,
        ],
        "Compose": [service({ image: "git-sync@sha256:0", environment: { GITSYNC_EXECHOOK_COMMAND: "/x" } }), 'service "api" lets GITSYNC_EXECHOOK_COMMAND say which command fetches code'],
    },
    unknown: { "the image": [docker("api", { image: UNKNOWN })], "one variable beside another": [docker("api", { image: "x", envs: [UNKNOWN, "GITSYNC_GIT=/x"] }), 'container "api" lets GITSYNC_GIT say which command fetches code'] },
});

ruleTest(ruleIn(COMMAND_RULES, "debug-mode"), {
    passes: {
        "switched off": service({ environment: { FLASK_DEBUG: "0", DJANGO_DEBUG: "False", DEBUG: "", NODE_ENV: "production", APP_ENV: "prod", NODE_OPTIONS: "--max-old-space-size=4096" } }),
        "what another program calls so": service({ environment: { DEBUG: "app:*", LOG_DEBUG: "1", DEBUG_PORT: "1", MY_NODE_ENV: "development" }, command: "node server.js --inspector run" }),
        "a pod": pod({ env: [{ name: "ASPNETCORE_ENVIRONMENT", value: "Production" }] }),
    },
    violates: {
        "each of the flags": [
            service({ environment: ["FLASK_DEBUG=1", "APP_DEBUG=true", "DEBUG=True", "WP_DEBUG=on"] }),
            ...["FLASK_DEBUG=1", "APP_DEBUG=true", "DEBUG=True", "WP_DEBUG=on"].map(text => `service "api" starts in debug mode (${text})`),
        ],
        "each of the names": [
            pod({ env: [["NODE_ENV", "development"], ["ASPNETCORE_ENVIRONMENT", "Development"], ["APP_ENV", "dev"], ["WERKZEUG_DEBUG_PIN", "off"]].map(([name, value]) => ({ name, value })) }),
            ...["NODE_ENV=development", "ASPNETCORE_ENVIRONMENT=Development", "APP_ENV=dev", "WERKZEUG_DEBUG_PIN=off"].map(text => `${CONTAINER} starts in debug mode (${text})`),
        ],
        "debuggers": [
            docker("api", { envs: ["NODE_OPTIONS=--inspect=0.0.0.0"], command: ["java", "-agentlib:jdwp=transport=dt_socket,address=*:5005", "-jar", "x.jar"] }),
            'container "api" starts in debug mode (NODE_OPTIONS=--inspect=0.0.0.0)', 'container "api" starts in debug mode (-agentlib:jdwp=transport=dt_socket,address=*:5005)',
        ],
        "commands": [swarm("api", { args: ["flask run --debug", "python manage.py runserver"] }), 'Swarm service "api" starts in debug mode (flask run --debug)', 'Swarm service "api" starts in debug mode (manage.py runserver)'],
        "Node.js's option": [service({ command: ["node", "--inspect", "server.js"] }), 'service "api" starts in debug mode (--inspect)'],
    },
    unknown: { "one variable beside another": [docker("api", { envs: [UNKNOWN, "FLASK_DEBUG=1"] }), 'container "api" starts in debug mode (FLASK_DEBUG=1)'] },
});
