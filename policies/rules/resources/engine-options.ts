import { containerRule, objectRule, workloadRule } from "../../rule";
import { hasInit, logDriver, restartTries, ulimitOf } from "../../view/docker-options";
import { positive } from "../../view/engine";
import type { Platform } from "../../view/types";

const ENGINE: readonly Platform[] = ["compose", "docker", "swarm"];

/** Without a log nobody sees an attack, nor what it did. */
export const loggingOff = containerRule({
    id: "logging-off",
    severity: "medium",
    title: "Every container's log is kept",
    fix: "name a log driver that keeps or forwards the log",
    benchmarks: ["Docker: Configure logging drivers", "OWASP Docker Security Rule 7"],
    controls: ["SC-56", "SC-57"],
    platforms: ENGINE,
    property: "boundedLogs",

    check(container) {
        return logDriver(container) === "none" ? "keeps no log (driver: none)" : undefined;
    },
});

/** Engines often let a process open a million files: one that leaks them takes the host's. */
export const noFileLimit = containerRule({
    id: "no-file-limit",
    severity: "low",
    optional: true,
    title: "The number of files that a container's processes may open is limited",
    fix: "set the ulimit `nofile`, or rely on the engine's `default-ulimits` and leave this rule out",
    benchmarks: ["CIS Docker 5.19"],
    controls: ["SC-41"],
    platforms: ENGINE,

    check(container) {
        const limit = ulimitOf(container, "nofile");
        const hard = limit?.present === true && limit.isMapping ? limit.get("hard") : limit;
        return hard !== undefined && positive(hard) ? undefined : "may open as many files as the engine lets it (ulimit nofile: not set)";
    },
});

/** What is started again without end burns the host when it cannot start, and gives an attacker any number of tries. */
export const unboundedRestart = workloadRule({
    id: "unbounded-restart",
    severity: "low",
    optional: true,
    title: "What fails is started again a bounded number of times",
    fix: "set `on-failure:5` (maxRetryCount, max_attempts); most houses rather want services to come back for good",
    benchmarks: ["CIS Docker 5.15"],
    controls: [],
    platforms: ENGINE,
    property: "restart",
    parameters: { tries: { type: "integer", default: 5, description: "how often a failing container may be started again" } },

    check(workload, settings) {
        const tries = restartTries(workload);
        return tries <= Number(settings["tries"]) ? undefined : `is started again ${tries === Infinity ? "without end" : `${tries} times`} (restart: ${workload.restart})`;
    },
});

/** A shell that starts others in the background does not bury them, and does not pass on the signal to stop. */
export const noInitProcess = containerRule({
    id: "no-init-process",
    severity: "low",
    title: "A container that starts several processes has an init",
    fix: "set `init: true`",
    benchmarks: ["Docker: Run multiple processes in a container"],
    controls: ["SC-41"],
    platforms: ENGINE,

    check(container) {
        const [, script = ""] = SCRIPT.exec(container.arguments.map(argument => argument.value ?? "").join(" ")) ?? [];
        return BACKGROUND.test(script) && !hasInit(container) ? "starts processes in the background without an init to bury them (init: not set)" : undefined;
    },
});

/** What a shell is told to run. */
const SCRIPT = /(?:^|\s|\/)(?:ba|da|a|k|z)?sh\s+-\w*c\s+(.*)$/s;
/** One `&` that is no part of `&&`, of a redirection or of a quoted text. */
const BACKGROUND = /(?:^|[^&><'"\\])&(?![&>\d'"])(?=\s|$)/;

/** The kubelet bounds a pod's processes only where it is told to. */
export const kubeletWithoutProcessLimit = objectRule({
    id: "kubelet-without-process-limit",
    severity: "medium",
    title: "The kubelet bounds the processes of a pod",
    fix: "set podPidsLimit, e.g. to 4096",
    benchmarks: ["CIS Kubernetes 4.2.13"],
    controls: ["SC-41"],
    types: ["kubelet.config.k8s.io/KubeletConfiguration"],
    property: "podPidsLimit",

    check(object) {
        const limit = object.value.get("podPidsLimit");
        return positive(limit) ? undefined : `lets a pod start any number of processes (podPidsLimit: ${limit.text ?? "not set"})`;
    },
});
