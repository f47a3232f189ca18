import { across, containerRule, stackRule, textsOf } from "../../rule";
import { clusterOf } from "../../view/net/cluster";
import { first } from "../../view/net/known";
import { reachOf, wayText } from "../../view/net/reach";
import { routedWay } from "../../view/net/routed";

/** What faces everybody is attacked first: one that nobody mends any more stays open for good. */
export const unsupportedController = containerRule({
    id: "unsupported-ingress-controller",
    severity: "high",
    title: "The edge's controller is one that its makers still mend",
    fix: "go to a maintained controller; ingress-nginx is retired, and its makers name the Gateway API",
    benchmarks: ["Kubernetes: Ingress NGINX Retirement", "Kubernetes: CVE-2025-1974", "Kubernetes: CVE-2026-24512"],
    controls: [],
    parameters: {
        accepted: { type: "array", items: { type: "string" }, default: [], description: "references of images, or beginnings of them, that the house answers for" },
    },

    check(container, settings) {
        const { image } = container;
        if (image === undefined || textsOf(settings, "accepted").some(accepted => image.startsWith(accepted))) {
            return undefined;
        }
        const controller = CONTROLLERS.find(({ pattern }) => pattern.test(image));
        const fault = controller?.fault(versionOf(image));
        return fault === undefined ? undefined : `is ${fault} (${image})`;
    },
});

type Version = readonly [major: number, minor: number, patch: number];

/** The version that a tag says; undefined where there is only a digest or a word. */
function versionOf(image: string): Version | undefined {
    const tag = /:v?(\d+)\.(\d+)(?:\.(\d+))?[^/@]*(?:@|$)/.exec(image);
    return tag === null ? undefined : [Number(tag[1]), Number(tag[2]), Number(tag[3] ?? 0)];
}

function before(version: Version, other: Version): boolean {
    const at = version.findIndex((part, index) => part !== other[index]);
    return at >= 0 && (version[at] ?? 0) < (other[at] ?? 0);
}

/** The last releases mended what was known then: 1.13.7 and 1.14.3 (kubernetes/kubernetes issue 136677). */
function nginxFault(version: Version | undefined): string {
    const open = version !== undefined && (before(version, [1, 13, 7]) || version[1] === 14 && before(version, [1, 14, 3]));
    return open ? "a version of ingress-nginx with known holes, of a project that was retired in March 2026" : "ingress-nginx, which was retired in March 2026 and is not mended any more";
}

const CONTROLLERS: readonly { readonly pattern: RegExp; readonly fault: (version: Version | undefined) => string | undefined }[] = [
    { pattern: /(?:^|\/)(?:ingress-nginx\/controller|nginx-ingress-controller|ingress-nginx-controller)(?:-chroot)?(?:-[a-z0-9]+)?(?:[:@]|$)/, fault: nginxFault },
    {
        // Traefik mends 2.11 and the newest of 3.
        pattern: /(?:^|^docker\.io\/|^library\/|\/)traefik(?:[:@]|$)/,
        fault: version => version !== undefined && before(version, [2, 11, 0]) ? "a version of Traefik that is not mended any more" : undefined,
    },
];

/** A list of what outside can ask for: what stands on it by mistake is found by reading it. */
export const exposedWorkload = stackRule({
    id: "exposed-workload",
    severity: "low",
    title: "No workload is reachable from outside without having been listed",
    fix: "take the route out, or answer for it with an exemption",
    benchmarks: ["NIST SP 800-190 4.3.3"],
    controls: ["SC-02"],
    optional: true,
    platforms: ["kubernetes"],

    check(stack) {
        return across(clusterOf(stack).pods.map(({ workload }) => workload), "networks", workload => {
            const way = first([() => routedWay(stack, workload), () => reachOf(stack).fromOutside(workload)], ask => ask());
            return way === undefined ? undefined : `is served to the outside: ${wayText(way)}`;
        });
    },
});
