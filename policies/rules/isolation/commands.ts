import { DEBUGGING, SWITCHES } from "./debugging";
import { containerRule, each, objectRule, some, textsOf, together } from "../../rule";
import { innerPorts } from "../../view/inner-ports";
import type { Rule } from "../../rule";

/** A program that needs sudo was started with rights to give away: every process of the container can take them. */
const sudoInCommand = containerRule({
    id: "sudo-in-command",
    severity: "medium",
    title: "No container starts with sudo",
    fix: "start the program as the user that it needs to be, and take sudo out of the image",
    benchmarks: ["CIS Docker 4.8", "OWASP Docker Security Rule 4"],
    controls: ["SC-37"],
    property: "arguments",
    check: container => each(container.arguments, ({ value }) => /(?:^|[\s;&|(/])sudo(?=\s|$)/.test(value ?? "") ? "starts with sudo" : undefined),
});

const SSH_PORT = { type: "array", items: { type: "string" }, default: ["22"], description: "ports that a remote shell is taken to listen on" } as const;

/** A remote shell is a second way in with accounts, keys and logs of its own; the engine already has one that is audited. */
const sshServer = containerRule({
    id: "ssh-server",
    severity: "medium",
    title: "No container offers a remote shell",
    fix: "take the server out; look inside with `docker exec` or `kubectl exec`",
    benchmarks: ["CIS Docker 5.7", "NIST SP 800-190 3.4.5"],
    controls: [],
    parameters: { ports: SSH_PORT },

    check(container, settings) {
        const ports = new Set(textsOf(settings, "ports"));
        return together(
            () => each(container.arguments, ({ value }) => /(?:^|[\s;&|(/])(?:sshd|dropbear)(?=[\s;&|)]|$)/.test(value ?? "") ? "starts a server for remote shells" : undefined),
            () => each(innerPorts(container), ({ text }) => ports.has(text) ? `listens on the port of remote shells, ${text}` : undefined),
        );
    },
});

const sshService = objectRule({
    id: "ssh-service",
    severity: "medium",
    title: "No Service leads to a remote shell",
    fix: "take the port out; look inside with `kubectl exec`",
    benchmarks: ["CIS Docker 5.7", "NIST SP 800-190 3.4.5"],
    controls: [],
    types: ["/Service"],
    parameters: { ports: SSH_PORT },

    check(service, settings) {
        const ports = new Set(textsOf(settings, "ports"));
        return each(service.value.get("spec", "ports").items, port => {
            const found = (key: string): boolean => ports.has(port.get(key).text ?? "");
            return some(["port", "targetPort"], found) ? `leads to the port of remote shells, ${[...ports].join(", ")}` : undefined;
        });
    },
});

/** git-sync runs what it is told is git, and its hooks, with a shell's trust: who may set them has a shell in the pod. */
const gitSyncCommand = containerRule({
    id: "git-sync-command",
    severity: "medium",
    title: "What fetches code runs no command but its own",
    fix: "take the variable or option out; leave git's path as the image has it",
    benchmarks: ["OWASP Kubernetes Top 10 K01", "NIST SP 800-190 4.4.3"],
    controls: [],

    check(container) {
        return together(
            () => each(container.environment, ({ name }) => GIT_SYNC.test(name) ? `lets ${name} say which command fetches code` : undefined),
            () => /(?:^|\/)git-sync(?:[:@/]|$)/.test(container.image ?? "")
                ? each(container.arguments, ({ value }) => /^--(?:git|exechook-command|sync-hook-command)(?:=(?!git$)|$)/.test(value ?? "") ? `says which command it runs when it fetches code (${(value ?? "").split("=", 1)[0] ?? ""})` : undefined) : [],
        );
    },
});

const GIT_SYNC = /^(?:GITSYNC_GIT|GIT_SYNC_GIT|GITSYNC_EXECHOOK_COMMAND|GIT_SYNC_EXECHOOK_COMMAND|GITSYNC_SYNC_HOOK_COMMAND|GIT_SYNC_HOOK_COMMAND)$/;

/** In debug mode frameworks show their code and settings to strangers, and some run what they send. */
const debugMode = containerRule({
    id: "debug-mode",
    severity: "medium",
    title: "No program is started in debug mode",
    fix: "take the variable or option out, or set it to what production wants",
    benchmarks: ["OWASP Top 10 A05"],
    controls: ["SC-46"],
    property: "environment",

    check(container) {
        return together(
            () => each(container.environment, ({ name, value }) => DEBUGGING.some(one => one.name.test(name) && one.value.test((value ?? "").trim())) ? `starts in debug mode (${name}=${value ?? ""})` : undefined),
            () => each(container.arguments, ({ value }) => {
                const [found] = SWITCHES.exec(value ?? "") ?? [];
                return found === undefined ? undefined : `starts in debug mode (${found.trim()})`;
            }),
        );
    },
});

export const COMMAND_RULES: readonly Rule[] = [debugMode, gitSyncCommand, sshServer, sshService, sudoInCommand];
