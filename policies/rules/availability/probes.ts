import { each, podContainerRule, together } from "../../rule";
import { mayServe, probesOf, sameProbe } from "../../view/probes";
import type { Rule } from "../../rule";
import type { ContainerView } from "../../view/types";

const PROBES = "Kubernetes: Liveness, Readiness, and Startup Probes";

function missingProbe(kind: "liveness" | "readiness", message: string, text: Pick<Rule, "title" | "fix">): Rule {
    return podContainerRule({
        ...text,
        id: `no-${kind}-probe`,
        severity: "low",
        benchmarks: [PROBES],
        controls: ["SC-41"],
        check: container => !mayServe(container) || container.source.get(`${kind}Probe`).present ? undefined
            : { message: `${message} (${kind}Probe: not set)`, at: [...container.path, `${kind}Probe`] },
    });
}

/** A program that hangs counts as running until somebody looks. */
export const noLivenessProbe = missingProbe("liveness", "is not started again when it hangs", {
    title: "Every lasting container of a pod has a liveness probe",
    fix: "set a livenessProbe that asks only for the program itself, not for what it depends on",
});

/** A Service sends requests to a pod from the moment that its containers run, ready or not. */
export const noReadinessProbe = missingProbe("readiness", "gets requests before it can answer them", {
    title: "Every lasting container of a pod has a readiness probe",
    fix: "set a readinessProbe",
});

/** When both probes are one, a pod that is merely busy is not relieved but killed, and its load falls on the others. */
export const probesIdentical = podContainerRule({
    id: "probes-identical",
    severity: "low",
    title: "Liveness and readiness are asked for in different ways",
    fix: "let liveness ask less, or fail later (failureThreshold)",
    benchmarks: [PROBES],
    controls: [],

    check(container) {
        const { livenessProbe, readinessProbe } = probesOf(container);
        if (!livenessProbe.present || !readinessProbe.present || !sameProbe(livenessProbe, readinessProbe)) {
            return undefined;
        }
        return { message: "is killed by the same probe that takes it out of service (livenessProbe and readinessProbe are the same)", at: livenessProbe.path };
    },
});

/** A probe of a port that nobody opens fails for ever: the pod is never ready, or is killed again and again. */
export const probePortNotOpen = podContainerRule({
    id: "probe-port-not-open",
    severity: "low",
    title: "Probes ask at ports that the pod opens",
    fix: "name a port of the container's `ports`",
    benchmarks: [PROBES],
    controls: [],

    check(container) {
        return together(...Object.values(probesOf(container)).map(probe => () => each(handlersOf(probe), ({ handler, path }) => closedPort(container, handler, path))));
    },
});

type Probe = ReturnType<typeof probesOf>["livenessProbe"];

function handlersOf(probe: Probe): readonly { readonly handler: Probe; readonly path: Probe["path"] }[] {
    return ["httpGet", "tcpSocket", "grpc"].map(name => probe.get(name)).filter(handler => handler.present).map(handler => ({ handler, path: handler.get("port").path }));
}

function closedPort(container: ContainerView, handler: Probe, path: Probe["path"]): string | undefined {
    const port = handler.get("port").text;
    // Another host is not this container, and a port that is not given is a matter of form.
    if (port === undefined || handler.get("host").present) {
        return undefined;
    }
    const named = !/^\d+$/.test(port);
    const own = container.source.get("ports").items.filter(item => (item.get("protocol").text ?? "TCP") === "TCP");
    // A number that is not listed may be open all the same; where a list is kept it must be in it, of this container or a neighbour.
    const listed = named ? own : container.workload.containers.flatMap(other => other.source.get("ports").items);
    if (!named && listed.length === 0 || listed.some(item => item.get(named ? "name" : "containerPort").text === port)) {
        return undefined;
    }
    return `is probed at a port that it does not open (${String(path.at(-3))}: ${port})`;
}

