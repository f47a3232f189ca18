import { each, objectRule, textsOf } from "../../rule";

/** What a chart makes of its values is seen by nobody here: no rule has judged it. */
export const chartNotRendered = objectRule({
    id: "chart-not-rendered",
    severity: "medium",
    title: "Charts are rendered before they are applied, so that their objects are judged",
    fix: "use kubernetes.helm.v4.Chart, or judge what `helm template` writes and exempt the release with that as the reason",
    benchmarks: ["NIST SP 800-190 4.2.2"],
    controls: ["SC-68"],
    types: ["helm.sh/Release", "helm.toolkit.fluxcd.io/HelmRelease", "helm.cattle.io/HelmChart"],

    check(release) {
        const chart = release.type === "helm.sh/Release" ? release.value.get("chart") : release.value.get("spec", "chart");
        const name = chart.known && chart.present && chart.isMapping ? chart.get("spec", "chart") : chart;
        return `hides its objects from every rule: they are made from a chart when it is applied (chart: ${name.known ? name.text ?? "not set" : "not known yet"})`;
    },
});

/** Where changes are ignored the program says one thing and the live resource is another, for good. */
export const ignoredChange = objectRule({
    id: "ignored-change",
    severity: "medium",
    title: "No change of a property that rules judge is ignored",
    fix: "take the property out of ignoreChanges, or allow it with the reason why something else may set it",
    benchmarks: ["Pulumi: Resource option ignoreChanges"],
    controls: ["SC-68"],
    types: ["pulumi:options"],
    property: "ignoreChanges",
    parameters: {
        allowed: {
            type: "array", items: { type: "string" }, default: ["spec.replicas", "metadata.annotations", "status"],
            description: "properties, with all below them, whose changes may be ignored since something else sets them",
        },
    },

    check(options, settings) {
        const allowed = textsOf(settings, "allowed");
        return each(options.value.get("ignoreChanges").items, item => {
            const property = item.text ?? "";
            const way = property.replaceAll(/\[["']?([^\]"']+)["']?\]/g, ".$1");
            return allowed.some(each => way === each || way.startsWith(`${each}.`)) ? undefined : `keeps what is live whatever the program says (ignoreChanges: ${property})`;
        });
    },
});
