import { each, objectRule } from "../../rule";
import type { Rule } from "../../rule";
import type { Path } from "../../view/unfinished";
import type { Value } from "../../view/value";

const SERVICE = "compose:service";
const CONTAINER = "docker:index/container:Container";
const FIRST_FREE = 1024;

/** The port inside the container that a published one leads to, as it is written: `80`, `8000-8005`. */
function targetOf(port: Value): string {
    if (!port.isMapping) {
        const [mapping = ""] = (port.text ?? "").split("/", 1);
        return mapping.slice(mapping.lastIndexOf(":") + 1);
    }
    return port.get("internal").text ?? port.get("target").text ?? "";
}

/** How often a policy starts a failing container again, where it says a number; undefined for every other policy. */
function triesOf(type: string, value: Value): readonly { readonly path: Path; readonly tries: () => string | undefined }[] {
    if (type === CONTAINER) {
        const count = value.get("maxRetryCount");
        return [{ path: value.get("restart").path, tries: () => value.get("restart").text === "on-failure" ? count.text ?? "0" : undefined }];
    }
    const restart = value.get("restart");
    const attempts = value.get("deploy", "restart_policy", "max_attempts");
    return [
        { path: restart.path, tries: () => { const [policy, count] = (restart.text ?? "").split(":"); return policy === "on-failure" ? count ?? "0" : undefined; } },
        { path: attempts.path, tries: () => value.get("deploy", "restart_policy", "condition").text === "on-failure" ? attempts.text ?? "0" : undefined },
    ];
}

export const CONTAINER_RULES: readonly Rule[] = [
    /** What listens below 1024 started as root, or holds the right for it. */
    objectRule({
        id: "low-port-in-container",
        severity: "low",
        title: "No published port leads to one below 1024 in a container",
        fix: "let the program listen on a port above 1023, and publish that one",
        benchmarks: ["CIS Docker 5.8"],
        controls: ["SC-37"],
        optional: true,
        types: [SERVICE, CONTAINER],

        check: ({ value }) => each(value.get("ports").items.map(port => ({ path: port.path, port })), ({ port }) => {
            const target = targetOf(port);
            const first = Number(/^\d+/.exec(target)?.[0] ?? FIRST_FREE);
            return first > 0 && first < FIRST_FREE ? `listens on port ${target}, which is below ${FIRST_FREE}` : undefined;
        }),
    }),
    /** For houses that are audited by the benchmark's letter: fewer tries than five differ from it as more do. */
    objectRule({
        id: "restart-tries-differ",
        severity: "low",
        title: "What is started again after a failure has the agreed number of tries",
        fix: "write `on-failure:5` (maxRetryCount, max_attempts), or the number that the house agreed on",
        benchmarks: ["CIS Docker 5.15"],
        controls: [],
        optional: true,
        types: [SERVICE, CONTAINER],
        parameters: { tries: { type: "integer", default: 5, description: "how often a failing container is started again" } },

        check: ({ value, type }, settings) => each(triesOf(type, value), ({ tries }) => {
            const found = tries();
            return found === undefined || Number(found) === settings["tries"] ? undefined
                : `is started again after a failure ${Number(found) === 0 ? "without end" : `${found} times`}, not ${String(settings["tries"])}`;
        }),
    }),
];
