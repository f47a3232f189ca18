import { COMMAND_RULES } from "../../../../policies/rules/privilege/commands";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

ruleTest(ruleIn(COMMAND_RULES, "privileged-hook"), {
    passes: { "none": service({}), "hooks without rights": service({ post_start: [{ command: "x", privileged: false }], pre_stop: [{ command: "y" }] }), "Docker": docker("api", {}) },
    violates: {
        "a command that an engine says is running": [service({ exec: [{ privileged: true }] }), 'service "api" runs a command with every right of the host (exec: privileged)'],
        "one of each": [
            service({ post_start: [{ command: "x" }, { command: "y", privileged: true }], pre_stop: [{ command: "z", privileged: "true" }] }),
            'service "api" runs a command with every right of the host (post_start: privileged)', 'service "api" runs a command with every right of the host (pre_stop: privileged)',
        ],
    },
    unknown: { "one beside another": [service({ post_start: [UNKNOWN, { command: "y", privileged: true }] }), 'service "api" runs a command with every right of the host (post_start: privileged)'] },
});

ruleTest(ruleIn(COMMAND_RULES, "root-hook"), {
    passes: {
        "none": service({}), "another user": service({ user: "10001", post_start: [{ command: "x", user: "10002" }] }), "the service's own": service({ pre_stop: [{ command: "x" }] }),
        "a service that is root anyway": service({ user: "0:0", post_start: [{ command: "x", user: "root" }] }),
    },
    violates: {
        "by name": [service({ user: "10001", post_start: [{ command: "x", user: "root" }] }), 'service "api" runs a command as root (post_start: user root)'],
        "a command that an engine says is running": [service({ user: "10001", exec: [{ user: "root" }] }), 'service "api" runs a command as root (exec: user root)'],
        "by number, where the service says nothing": [service({ pre_stop: [{ command: "x", user: "0:0" }] }), 'service "api" runs a command as root (pre_stop: user 0:0)'],
    },
    unknown: { "the hook's user": [service({ post_start: [{ user: UNKNOWN }] })], "the service's": [service({ user: UNKNOWN, post_start: [{ user: "root" }] })] },
});

ruleTest(ruleIn(COMMAND_RULES, "interactive-terminal"), {
    passes: { "silence": docker("api", {}), "an explicit no": service({ tty: false, stdin_open: "false" }), "a Swarm service": swarm("api", {}), "a pod": deployment("api", { containers: [{ name: "api", tty: false }] }) },
    violates: {
        "Docker": [docker("api", { tty: true, stdinOpen: true }), 'container "api" keeps a terminal open', 'container "api" keeps its standard input open'],
        "Compose": [service({ stdin_open: true }), 'service "api" keeps its standard input open'],
        "an init container": [deployment("api", { containers: [{ name: "api" }], initContainers: [{ name: "i", tty: true, stdin: true }] }), 'init container "i" of Deployment "api" keeps a terminal open', 'init container "i" of Deployment "api" keeps its standard input open'],
    },
    unknown: { "one beside the other": [docker("api", { tty: UNKNOWN, stdinOpen: true }), 'container "api" keeps its standard input open'] },
});
