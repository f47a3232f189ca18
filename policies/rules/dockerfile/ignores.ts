import { dockerfileRule } from "./define";
import type { Rule } from "../../rule";

/** Comments by which other checkers leave something out. */
const IGNORES = /hadolint\s+(?:global\s+)?ignore\s*=|trivy:ignore:|tfsec:ignore:|checkov:skip\s*=|kics-scan\s+(?:ignore-line|ignore-block|disable)|\bnosemgrep\b|dockle:ignore|#\s*nosec\b/i;

export const IGNORE_RULES: readonly Rule[] = [
    /** It has neither an owner nor an end, and nobody who reads the report sees it. Rules here do not obey it. */
    dockerfileRule({
        id: "inline-ignore",
        severity: "low",
        title: "Checks are left out in the open, not by comments in the file",
        fix: "take the comment out, and write an exemption with a reason, an owner and an end",
        benchmarks: ["NIST SP 800-190 4.1.2"],
        controls: ["SC-68"],

        check(file) {
            const comments = file.comments.filter(({ text }) => IGNORES.test(text));
            const skipped = /(?:^|;)\s*skip=/.test(file.directives["check"] ?? "");
            const all = [...skipped ? [1] : [], ...comments.map(({ line }) => line)];
            const [first] = all;
            return first === undefined ? [] : [{ message: `leaves out checks in ${all.length} ${all.length === 1 ? "comment" : "comments"} (line ${all.join(", ")})`, at: file.pathOf(first) }];
        },
    }),
];
