import { networkNotInternal } from "../../../../policies/rules/network/network-not-internal";
import { UNKNOWN, compose, deployment, docker, resource, ruleTest, together } from "../../../support/rule-test";

const edge = [{ label: "portcullis.role", value: "edge" }];
const network = (name: string, inputs: object) => resource("docker:index/network:Network", name, { name, ...inputs });

ruleTest(networkNotInternal, {
    passes: {
        "an internal network": network("data", { internal: true }),
        "the edge's own network": together(network("front", {}), docker("edge", { labels: edge, networksAdvanced: [{ name: "front" }] })),
        "an internal network of Compose": compose({ services: {}, networks: { data: { internal: true } } }),
        "a Deployment": deployment("api", { containers: [{ name: "api" }] }),
    },
    violates: {
        "a network that nobody is on": [network("data", {}), 'network "data" has a way out (internal: not set)'],
        "an explicit no": [compose({ services: {}, networks: { data: { internal: false } } }), 'network "data" has a way out (internal: not set)'],
        "a network that the edge shares": [
            together(network("front", {}), docker("edge", { labels: edge, networksAdvanced: [{ name: "front" }] }), docker("api", { networksAdvanced: [{ name: "front" }] })),
            'network "front" has a way out (internal: not set), for api',
        ],
        "the network that Compose makes unasked": [compose({ services: { api: {} } }), 'network "default" has a way out (internal: not set), for api'],
        "a network made elsewhere": [compose({ services: {}, networks: { proxy: { external: true } } }), 'network "proxy" is made elsewhere, so that nothing here says that it is internal'],
        "a service that joins the network of another": [
            compose({ services: { web: { networks: ["open"], labels: ["portcullis.role=edge"] }, spy: { network_mode: "service:web" } }, networks: { open: null } }),
            'network "open" has a way out (internal: not set), for spy',
        ],
    },
    unknown: {
        "whether it is": [network("data", { internal: UNKNOWN })],
        "who is on one, and still refuses the other": [
            together(network("data", { internal: UNKNOWN }), network("open", {})), 'network "open" has a way out (internal: not set)',
        ],
    },
});
