import assert from "node:assert/strict";

import { judge } from "../../../../policies/judge";
import { piecesOf } from "../../../../policies/remembered";
import { chartNotRendered, ignoredChange } from "../../../../policies/rules/metadata/hidden";
import { resourcesOf } from "../../../../cli/check/recognise";
import { resourcePieces } from "../../../../policies/view/resources";
import { UNKNOWN, manifest, resource, ruleTest } from "../../../support/rule-test";

// Rules of this file: "chart-not-rendered", "ignored-change".
ruleTest(chartNotRendered, {
    passes: { "a chart that is rendered": resource("kubernetes:helm.sh/v4:Chart", "shop", { chart: "shop" }), "an object": manifest("{apiVersion: v1, kind: Pod, metadata: {name: a}}") },
    violates: {
        "a release": [
            resource("kubernetes:helm.sh/v3:Release", "shop", { chart: "ingress-nginx" }), 'Release "shop" hides its objects from every rule: they are made from a chart when it is applied (chart: ingress-nginx)',
        ],
        "one of Flux": [
            manifest("{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: shop}, spec: {chart: {spec: {chart: shop}}}}"),
            'HelmRelease "shop" hides its objects from every rule: they are made from a chart when it is applied (chart: shop)',
        ],
        "one whose chart is not known yet": [
            resource("kubernetes:helm.sh/v3:Release", "shop", { chart: UNKNOWN }), 'Release "shop" hides its objects from every rule: they are made from a chart when it is applied (chart: not known yet)',
        ],
    },
});

const ignoring = (...ignoreChanges: string[]) => resourcePieces({ urn: "urn:x", type: "docker:index/container:Container", name: "api", inputs: { name: "api" }, ignoreChanges });

ruleTest(ignoredChange, {
    passes: {
        "none": ignoring(),
        "the number of replicas": ignoring("spec.replicas"),
        "one annotation": ignoring('metadata.annotations["example.com/at"]'),
    },
    violates: {
        "a property of a container": [ignoring("readOnly", "spec.replicas"), 'Container "api" keeps what is live whatever the program says (ignoreChanges: readOnly)'],
        "all": [ignoring("*"), 'Container "api" keeps what is live whatever the program says (ignoreChanges: *)'],
        "a name that only begins alike": [ignoring("spec.replicasMax"), 'Container "api" keeps what is live whatever the program says (ignoreChanges: spec.replicasMax)'],
        "an item of a list": [ignoring("spec.template.spec.containers[0].image"), 'Container "api" keeps what is live whatever the program says (ignoreChanges: spec.template.spec.containers[0].image)'],
    },
    unknown: { "one of them": [ignoring("image", UNKNOWN), 'Container "api" keeps what is live whatever the program says (ignoreChanges: image)'] },
});

ruleTest(ignoredChange, { settings: { allowed: ["image"] }, passes: { "what was allowed": ignoring("image") }, violates: { "what no longer is": [ignoring("status"), 'Container "api" keeps what is live whatever the program says (ignoreChanges: status)'] } });

describe("what a program ignores", () => {
    it("is read from what the SDK hands to a policy", () => {
        const pieces = piecesOf({ urn: "urn:y", type: "docker:index/container:Container", name: "api", props: {}, opts: { ignoreChanges: ["privileged"] } });
        assert.equal(judge(pieces, { rules: [ignoredChange] }).findings.length, 1);
    });

    it("is read from a state", () => {
        const state = { deployment: { resources: [{ urn: "urn:x::api", type: "docker:index/container:Container", inputs: { name: "api" }, ignoreChanges: ["privileged"] }] } };
        const pieces = resourcesOf("state.json", state).flatMap(({ resource: found }) => resourcePieces(found));
        assert.deepEqual(judge(pieces, { rules: [ignoredChange] }).findings.map(({ message }) => message), ['Container "api" keeps what is live whatever the program says (ignoreChanges: privileged)']);
    });
});
