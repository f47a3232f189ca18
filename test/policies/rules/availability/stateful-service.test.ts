import { statefulSetNotNamed } from "../../../../policies/rules/availability/stateful-service";
import { UNKNOWN, manifest, resource, ruleTest, together } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Rules of this file: "stateful-set-not-named".
const set = (spec: object = { serviceName: "db" }, metadata: object = {}): Subject => manifest(JSON.stringify({
    apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "it", ...metadata }, spec: { template: { metadata: { labels: { app: "db" } }, spec: { containers: [] } }, ...spec },
}));
const service = (spec: object, metadata: object = {}): Subject => manifest(JSON.stringify({ apiVersion: "v1", kind: "Service", metadata: { name: "db", ...metadata }, spec }));
const HEADLESS = { clusterIP: "None", selector: { app: "db" } };

ruleTest(statefulSetNotNamed, {
    passes: {
        "a headless Service of that name": together(set(), service(HEADLESS)), "a Service elsewhere": set(), "no name, which another rule is about": together(set({}), service(HEADLESS)),
        "Services of others": together(set(), service({ selector: { app: "web" } }, { name: "web" })),
        "a Service of another namespace": together(set(), service({ selector: { app: "db" } }, { namespace: "shop" })),
        "the default namespace by its name": together(set(undefined, { namespace: "default" }), service(HEADLESS)),
    },
    violates: {
        "an address": [together(set(), service({ clusterIP: "10.0.0.1", selector: { app: "db" } })), 'StatefulSet "it" gets no names from Service "db", which is not headless (clusterIP: 10.0.0.1)'],
        "silence": [together(set(), service({ selector: { app: "db" } })), 'StatefulSet "it" gets no names from Service "db", which is not headless (clusterIP: not set)'],
        "other pods": [together(set(), service({ clusterIP: "None", selector: { app: "web" } })), 'StatefulSet "it" gets no names from Service "db", which does not select its pods'],
        "another name": [together(set(), service(HEADLESS, { name: "data" })), 'StatefulSet "it" names a Service that is not given, beside one for its pods (serviceName: db)'],
    },
    unknown: {
        "the name, and still refuses another set": [
            together(
                resource("kubernetes:apps/v1:StatefulSet", "x", { metadata: { name: "x" }, spec: { serviceName: UNKNOWN } }), set(), service({ clusterIP: "None", selector: { app: "web" } }),
            ),
            'StatefulSet "it" gets no names from Service "db", which does not select its pods',
        ],
        "the address": [together(set(), resource("kubernetes:core/v1:Service", "db", { metadata: { name: "db" }, spec: { ...HEADLESS, clusterIP: UNKNOWN } }))],
    },
});
