import type { EdgePlan, EdgeRoute } from "../infra/edge/plan";
import { routeId } from "./response-headers";
import { fill } from "./template";
import { word } from "./words";

/** A body beyond this passes through in pieces: requests in full would fill the edge's memory-backed /tmp. */
const LARGEST_BUFFERED_BYTES = 16 * 1024 ** 2;

/** The locations of a server: a route's, and a refusal of what no route covers. */
export function locations(plan: EdgePlan): string {
    const exact = new Set(plan.routes.filter(({ match }) => match === "exact").map(({ path }) => path));
    const rendered = plan.routes.flatMap((route, index) =>
        matches(route, exact).map(match => location(route, match, routeId(index))));
    if (!plan.routes.some(({ path, match }) => path === "/" && match === "prefix")) {
        rendered.push("    location / {\n        include /etc/nginx/snippets/guard.conf;\n        return 404;\n    }\n");
    }
    return rendered.join("\n");
}

/** nginx's prefixes go by characters: a prefix by segments is the path itself and the path with a slash. */
function matches({ path, match }: EdgeRoute, exact: ReadonlySet<string>): string[] {
    if (match === "exact") {
        return [`= ${word(path)}`];
    }
    if (path === "/") {
        return ["/"];
    }
    return exact.has(path) ? [`${word(path)}/`] : [`= ${word(path)}`, `${word(path)}/`];
}

function location(route: EdgeRoute, match: string, id: string): string {
    const { upstream, timeouts, maxRequestBytes } = route;
    const snippets = [
        ...(route.stream ? ["stream"] : []),
        ...(maxRequestBytes > LARGEST_BUFFERED_BYTES ? ["large-request"] : []),
    ];
    return fill("location.conf", {
        match,
        route: word(id),
        websocket: route.websocket ? "1" : "0",
        upstream: word(`${upstream.service}:${upstream.port}`),
        maxRequestBytes: word(maxRequestBytes),
        connectMs: word(timeouts.connectMs),
        readMs: word(timeouts.readMs),
        sendMs: word(timeouts.sendMs),
        includes: snippets.map(name => `        include /etc/nginx/snippets/${name}.conf;\n`).join(""),
        scheme: word(upstream.scheme),
    });
}
