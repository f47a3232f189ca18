import { COMMAND_RULES } from "../../../../policies/rules/isolation/commands";
import { hostPathMounted } from "../../../../policies/rules/isolation/host-path-mounted";
import { PLACEMENT_RULES } from "../../../../policies/rules/isolation/placement";
import { PROBE_RULES } from "../../../../policies/rules/isolation/probes";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, deployment, docker, manifest, ruleTest, service } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Every word of a list by itself: a list that loses one loses a case here.

const CONTAINER = 'container "api" of Deployment "api"';
const pod = (container: object): Subject => deployment("api", { containers: [{ name: "api", ...container }] });

/** A case for each word. */
function each(words: readonly string[], make: (word: string) => readonly [Subject, string]): Readonly<Record<string, readonly [Subject, string]>> {
    return Object.fromEntries(words.map(word => [word, make(word)] as const));
}

const asked = (probe: string, command: readonly string[]): Subject => pod({ [probe]: { exec: { command } } });
ruleTest(ruleIn(PROBE_RULES, "command-in-probe"), {
    passes: {
        "a hook after the start": pod({ lifecycle: { postStart: { exec: { command: ["bash", "-c", "x"] } } } }),
        "a hook before the end": pod({ lifecycle: { preStop: { exec: { command: ["bash", "-c", "x"] } } } }),
    },
    violates: {
        ...each(["ash", "bash", "dash", "ksh", "sh", "zsh", "ls", "ps", "jcmd"], word => [asked("livenessProbe", [word]), `${CONTAINER} runs ${word} in a probe`]),
        ...each(["livenessProbe", "readinessProbe", "startupProbe"], probe => [asked(probe, ["/bin/sh"]), `${CONTAINER} runs /bin/sh in a probe`]),
    },
});

const FLAGS = ["FLASK", "DJANGO", "APP", "RAILS", "SYMFONY", "QUART", "FASTAPI", "STARLETTE", "WP", "GUNICORN", "UVICORN", "WERKZEUG"].map(name => `${name}_DEBUG`);
const SETTINGS = [
    ...[...FLAGS, "DEBUG"].map(name => `${name}=1`), ...["true", "T", "yes", "y", "ON"].map(value => `FLASK_DEBUG=${value}`),
    ...["FLASK_ENV", "NODE_ENV", "RAILS_ENV", "RACK_ENV", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "APP_ENV"].map(name => `${name}=development`),
    "APP_ENV=dev", "WERKZEUG_DEBUG_PIN=off", "NODE_OPTIONS=--inspect", "NODE_OPTIONS=--inspect-brk=0.0.0.0:9229",
    ...["JAVA_TOOL_OPTIONS", "JAVA_OPTS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"].map(name => `${name}=-agentlib:jdwp=x`), "JAVA_OPTS=-Xrunjdwp:x", "JAVA_OPTS=-Xdebug",
];
const OPTIONS = ["--inspect", "--inspect-brk=0.0.0.0", "-agentlib:jdwp=x", "-Xrunjdwp:x", "flask --app x run --debug", "manage.py runserver", "manage.py runserver_plus"];
ruleTest(ruleIn(COMMAND_RULES, "debug-mode"), {
    passes: Object.fromEntries(["FLASK_DEBUG=2", "DEBUG=no", "NODE_ENV=dev", "APP_ENV=develop", "WERKZEUG_DEBUG_PIN=123", "NODE_OPTIONS=--inspector", "JAVA_OPTS=-Xmx1g"]
        .map(text => [text, service({ environment: [text] })])),
    violates: {
        ...each(SETTINGS, text => [service({ environment: [text] }), `service "api" starts in debug mode (${text})`]),
        ...each(OPTIONS, text => [pod({ args: [text] }), `${CONTAINER} starts in debug mode (${text})`]),
    },
});

const fetching = (container: object): Subject => pod({ image: "git-sync:v4", ...container });
ruleTest(ruleIn(COMMAND_RULES, "git-sync-command"), {
    passes: { "other options": fetching({ args: ["--gitfoo=x", "--git=git", "git=--git=x"] }), "other variables": fetching({ env: [{ name: "MY_GITSYNC_GIT", value: "x" }, { name: "GITSYNC_GIT_CONFIG", value: "x" }] }) },
    violates: {
        ...each(
            ["GITSYNC_GIT", "GIT_SYNC_GIT", "GITSYNC_EXECHOOK_COMMAND", "GIT_SYNC_EXECHOOK_COMMAND", "GITSYNC_SYNC_HOOK_COMMAND", "GIT_SYNC_HOOK_COMMAND"],
            name => [fetching({ env: [{ name, value: "x" }] }), `${CONTAINER} lets ${name} say which command fetches code`],
        ),
        // The value is cut off, with whatever equals signs it holds.
        ...each(["--git", "--exechook-command", "--sync-hook-command"], option => [fetching({ args: [`${option}=/a=b`] }), `${CONTAINER} says which command it runs when it fetches code (${option})`]),
    },
});

const placed = (more: string): Subject => manifest(`{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeName: n, containers: []}${more}}`);
ruleTest(ruleIn(PLACEMENT_RULES, "control-plane-scheduling"), {
    passes: { "a pod that runs": placed(", status: {phase: Running}"), "a label that is denied": deployment("api", { containers: [], nodeSelector: { "node-role.kubernetes.io/master": "false" } }) },
    violates: {
        "a pod that was not placed": [placed(""), 'pod of Pod "p" passes the scheduler by (nodeName: n)'],
        "what makes pods, though the API server has it": [
            manifest("{apiVersion: apps/v1, kind: Deployment, metadata: {name: api}, spec: {template: {metadata: {uid: 7}, spec: {nodeName: n, containers: []}}}}"),
            'pod of Deployment "api" passes the scheduler by (nodeName: n)',
        ],
        "a toleration of everything by another operator's key": [
            deployment("api", { containers: [], tolerations: [{ key: "x", operator: "Exists" }, { operator: "Equal" }, { operator: "Exists", effect: "NoExecute" }] }),
            'pod of Deployment "api" tolerates every node, those of the control plane too (operator: Exists)',
        ],
    },
});

ruleTest(hostPathMounted, {
    passes: {},
    violates: {
        "one that is only read": [docker("api", { mounts: [{ type: "bind", source: "/srv", target: "/x", readOnly: true }] }), 'container "api" mounts the host\'s /srv'],
        "one of which it is not known whether it is only read": [docker("api", { mounts: [{ type: "bind", source: "/srv", target: "/x", readOnly: UNKNOWN }] }), 'container "api" mounts the host\'s /srv'],
    },
});
