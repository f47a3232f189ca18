import { dockerfileRule } from "./define";
import { chainOf, lastOf } from "../../view/dockerfile/model";
import { wordsOf } from "../../view/dockerfile/instruction";
import type { Rule } from "../../rule";
import type { Dockerfile } from "../../view/dockerfile/model";

/** Images that are published to run without root say so in their names. */
const WITHOUT_ROOT = /nonroot|non-root|rootless|unprivileged/i;
/** There root is no user; what a base image of Windows runs as depends on the image. */
const WINDOWS = /(?:^|\/)(?:windows(?:\/|$)|windowsservercore|nanoserver|servercore)/i;

/** What the final image's USER names, and where; variables that only the build knows stay in it. */
function userOf(file: Dockerfile): { readonly user: string; readonly path: Dockerfile["final"]["from"]["path"] } | undefined {
    const instruction = lastOf(file, "USER");
    return instruction === undefined ? undefined : { user: wordsOf(instruction)[0] ?? "", path: instruction.path };
}

export const USER_RULES: readonly Rule[] = [
    /** Whoever starts the image without a user of his own gets this one. */
    dockerfileRule({
        id: "image-runs-as-root",
        severity: "high",
        title: "An image runs as a user that is not root",
        fix: "end the last stage with a numeric user, e.g. `USER 10001:10001`, and give it the files that it writes",
        benchmarks: ["CIS Docker 4.1", "NIST SP 800-190 4.1.2", "OWASP Docker Security Rule 2"],
        controls: ["RAGFLOW-IMAGE-03", "CTM-CONT-01", "SC-37", "SC-42"],

        check(file) {
            const found = userOf(file);
            if (found === undefined) {
                const base = chainOf(file.final).at(-1)?.image ?? "scratch";
                const whose = base === "scratch" ? "runs as root" : "runs as the user of its base image, which may be root";
                return WITHOUT_ROOT.test(base) || WINDOWS.test(base) ? [] : [{ message: `${whose} (USER: not set)`, at: file.final.from.path }];
            }
            const [name = ""] = found.user.split(":");
            if (/^(?:root|0+|(?:.*\\)?ContainerAdministrator)$/i.test(name)) {
                return [{ message: `runs as root (USER: ${found.user})`, at: found.path }];
            }
            return name.includes("$") ? [{ message: `runs as a user that only the build knows, which may be root (USER: ${found.user})`, at: found.path }] : [];
        },
    }),
    /** Kubernetes cannot look a name up: with `runAsNonRoot` it refuses to start the image. */
    dockerfileRule({
        id: "image-user-by-name",
        severity: "low",
        title: "An image names its user by number",
        fix: "write the number that the user was created with, e.g. `USER 10001:10001`",
        benchmarks: ["Kubernetes: Configure a Security Context for a Pod or Container"],
        controls: ["CTM-CONT-01", "SC-37"],
        optional: true,

        check(file) {
            const found = userOf(file);
            const [name = ""] = found?.user.split(":") ?? [];
            const numeric = /^\d*$/.test(name) || name.includes("$") || name.toLowerCase() === "root";
            return found === undefined || numeric ? [] : [{ message: `names its user by name, which Kubernetes cannot tell from root (USER: ${found.user})`, at: found.path }];
        },
    }),
];
