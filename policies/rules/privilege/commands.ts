import { containerRule, each, workloadRule } from "../../rule";
import { containerSetting } from "../../view/setting";
import type { Rule } from "../../rule";
import type { ContainerView, WorkloadView } from "../../view/types";
import type { Value } from "../../view/value";

/** Commands that Compose runs inside a service's container, as `docker exec` does, and those that an engine says are running. */
function hooksOf({ source }: WorkloadView) {
    return ["post_start", "pre_stop", "exec"].flatMap(when => source.get(when).items.map(hook => ({ when, hook, path: hook.path })));
}

/** A command with every right takes the container's own confinement for nothing. */
const privilegedHook = workloadRule({
    id: "privileged-hook",
    severity: "high",
    title: "No command is run inside a container with more rights than it has",
    fix: "take `privileged` out of the hook; what needs rights on the host is done outside the container",
    benchmarks: ["CIS Docker 5.23"],
    controls: ["SC-39"],
    platforms: ["compose"],
    check: workload => each(hooksOf(workload), ({ when, hook }) => hook.get("privileged").flag === true ? `runs a command with every right of the host (${when}: privileged)` : undefined),
});

/** A container that gave root away has it back for as long as the command runs, and files of root's stay behind. */
const rootHook = workloadRule({
    id: "root-hook",
    severity: "medium",
    title: "No command is run as root inside a container that runs as somebody else",
    fix: "prepare the files in the image or in an init service, and take `user: root` out of the hook",
    benchmarks: ["CIS Docker 5.24"],
    controls: ["SC-37"],
    platforms: ["compose"],

    check(workload) {
        const isRoot = (user: string | undefined) => /^(?:root|0+)(?::|$)/.test(user ?? "");
        return each(hooksOf(workload), ({ when, hook }) => {
            const user = hook.get("user").text;
            return isRoot(user) && !workload.containers.some(container => isRoot(container.user)) ? `runs a command as root (${when}: user ${user ?? ""})` : undefined;
        });
    },
});

/** A terminal is for a person, and whoever may attach to it types what he likes. */
const interactiveTerminal = containerRule({
    id: "interactive-terminal",
    severity: "low",
    title: "No container keeps a terminal or its standard input open",
    fix: "take the setting out (`tty`, `stdin_open`, stdin); use a session of your own to look inside",
    benchmarks: ["Kubernetes: Pod v1 core, stdin and tty"],
    controls: [],
    // A shell is what keeps some containers of tools running, and it ends without its input.
    optional: true,
    check: container => each(openings(container), ({ text, value }) => value.flag === true ? text : undefined),
});

function openings(container: ContainerView) {
    const terminal = containerSetting(container, { compose: ["tty"], docker: ["tty"], kubernetes: ["tty"] });
    const input = containerSetting(container, { compose: ["stdin_open"], docker: ["stdinOpen"], kubernetes: ["stdin"] });
    const item = (value: Value | undefined, text: string) => value === undefined ? [] : [{ value, text, path: value.path }];
    return [...item(terminal, "keeps a terminal open"), ...item(input, "keeps its standard input open")];
}

export const COMMAND_RULES: readonly Rule[] = [interactiveTerminal, privilegedHook, rootHook];
