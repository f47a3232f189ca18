import { sandboxOnNetwork } from "../../../../policies/rules/reach/sandbox-on-network";
import { UNKNOWN, compose, deployment, docker, resource, ruleTest, together } from "../../../support/rule-test";

const sandbox = (networks: readonly string[]) => docker("runner", { labels: [{ label: "portcullis.role", value: "sandbox" }], networksAdvanced: networks.map(name => ({ name })) });

ruleTest(sandboxOnNetwork, {
    passes: {
        "no network": docker("runner", { labels: [{ label: "portcullis.role", value: "sandbox" }], networkMode: "none" }),
        "no network in Compose": compose({ services: { runner: { labels: { "portcullis.role": "sandbox" }, network_mode: "none" } } }),
        "what is no sandbox": docker("api", { networksAdvanced: [{ name: "front" }] }),
        "a Deployment": deployment("api", { containers: [] }),
    },
    violates: {
        "a network": [sandbox(["inside"]), 'container "runner" is a sandbox on a network (inside)'],
        "the network that Compose makes unasked": [compose({ services: { runner: { labels: { "portcullis.role": "sandbox" } } } }), 'service "runner" is a sandbox on a network (default)'],
    },
    unknown: { "its networks": [docker("runner", { labels: [{ label: "portcullis.role", value: "sandbox" }], networksAdvanced: UNKNOWN })] },
});

const inside = resource("docker:index/network:Network", "inside", { name: "inside", internal: true });
const open = resource("docker:index/network:Network", "open", { name: "open" });
const application = docker("api", { labels: [{ label: "portcullis.role", value: "application" }], networksAdvanced: [{ name: "inside" }] });
const data = docker("db", { labels: [{ label: "portcullis.role", value: "data" }], networksAdvanced: [{ name: "inside" }] });

ruleTest(sandboxOnNetwork, {
    settings: { peers: ["application"] },
    passes: { "an internal network with an application": together(sandbox(["inside"]), inside, application) },
    violates: {
        "an internal network with data": [together(sandbox(["inside"]), inside, application, data), 'container "runner" is a sandbox on a network with db (inside)'],
        "a network with a way out": [together(sandbox(["inside", "open"]), inside, open), 'container "runner" is a sandbox on a network (open)'],
    },
});
