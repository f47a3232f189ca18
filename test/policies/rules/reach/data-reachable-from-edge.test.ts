import { dataReachableFromEdge } from "../../../../policies/rules/reach/data-reachable-from-edge";
import { UNKNOWN, compose, deployment, docker, ruleTest, together } from "../../../support/rule-test";

const role = (name: string) => [{ label: "portcullis.role", value: name }];
const on = (...networks: string[]) => networks.map(name => ({ name }));

ruleTest(dataReachableFromEdge, {
    passes: {
        "networks of their own": together(
            docker("proxy", { labels: role("edge"), networksAdvanced: on("front") }),
            docker("api", { labels: role("application"), networksAdvanced: on("front", "back") }),
            docker("db", { labels: role("data"), networksAdvanced: on("back") }),
        ),
        "containers that say nothing of their role": together(docker("a", { networksAdvanced: on("one") }), docker("b", { networksAdvanced: on("one") })),
        "a Deployment": deployment("api", { containers: [] }),
    },
    violates: {
        "a shared network": [
            together(docker("proxy", { labels: role("edge"), networksAdvanced: on("front") }), docker("cache", { labels: role("cache"), networksAdvanced: on("back", "front") })),
            'container "cache" is reachable from the edge: proxy → network front → cache',
        ],
        "a shared network of Compose": [
            compose({ services: { proxy: { labels: { "portcullis.role": "edge" } }, db: { labels: ["portcullis.role=data"] } } }),
            'service "db" is reachable from the edge: proxy → network default → db',
        ],
        "by way of another's network namespace": [
            compose({ services: { proxy: { labels: { "portcullis.role": "edge" }, network_mode: "service:app" }, app: { networks: ["back"] }, mq: { labels: { "portcullis.role": "queue" }, networks: { back: {} } } } }),
            'service "mq" is reachable from the edge: proxy → network back → mq',
        ],
    },
    unknown: {
        "one network, and still refuses the other": [
            together(
                docker("proxy", { labels: role("edge"), networksAdvanced: on("front") }),
                docker("db", { labels: role("data"), networksAdvanced: [{ name: UNKNOWN }] }),
                docker("cache", { labels: role("cache"), networksAdvanced: on("front") }),
            ),
            'container "cache" is reachable from the edge: proxy → network front → cache',
        ],
    },
});
