import { across, stackRule } from "../../rule";
import { COMPLETE } from "../network/services";
import { clusterOf } from "../../view/net/cluster";
import { any, grouped } from "../../view/net/known";
import { routeLines } from "../../view/net/routes";
import { plain } from "./hosts";
import type { Backend } from "../../view/net/routes";
import type { Service } from "../../view/net/service";

/** A route to a name that nobody has is served by whoever takes the name next. */
export const routeWithoutService = stackRule({
    id: "route-without-service",
    severity: "low",
    title: "Routes from outside lead to Services and ports that there are",
    fix: "name a Service of the route's namespace and one of its ports, or take the route out",
    benchmarks: ["Kubernetes: Ingress, Service backends"],
    controls: [],
    parameters: COMPLETE,

    check(stack, settings) {
        const { services } = clusterOf(stack);
        const places = grouped(services, service => service.namespace());
        const byName = grouped(services, service => keyOf(service.namespace(), service.name()));
        const lines = routeLines(stack);
        const views = new Map(lines.map(line => [{ ...plain(line), place: () => [...line.value.path] }, line]));
        return across([...views.keys()], "rules", view => {
            const line = views.get(view);
            for (const backend of line?.backends() ?? []) {
                const namespace = backend.namespace();
                const name = backend.name();
                const found = byName.get(keyOf(namespace, name)) ?? [];
                if (found.length === 0) {
                    // One whose name or place is not known may be it.
                    any(byName.get(undefined) ?? [], service => service.namespace() === namespace && service.name() === name);
                }
                if (found.length === 0 && (places.has(namespace) || settings["complete"] === true)) {
                    return `leads to a Service that is not given (${name})`;
                }
                if (found.length > 0 && !any(found, service => hasPort(service, backend))) {
                    return `leads to a port that Service "${name}" has not (${backend.port() ?? ""})`;
                }
            }
            return undefined;
        });
    },
});

const keyOf = (namespace: string, name: string): string => `${namespace}\0${name}`;

/** A Service without ports, or for a name outside, takes any. */
function hasPort(service: Service, backend: Backend): boolean {
    const port = backend.port();
    const ports = service.ports();
    return port === undefined || ports.length === 0 || service.type() === "ExternalName"
        || any(ports, each => each.port() === port || each.value.get("name").text === port);
}
