import { objectRule } from "../../rule";
import { DOCKERFILE, dockerfileOf } from "../../view/dockerfile/view";
import type { Rule, RuleText, Settings } from "../../rule";
import type { Dockerfile } from "../../view/dockerfile/model";
import type { Fault, Path } from "../../view/unfinished";

/** A rule about a Dockerfile, whether it is a file or stands in a Compose file or a program. */
export function dockerfileRule(rule: RuleText & { readonly check: (file: Dockerfile, settings: Settings) => readonly Fault[] }): Rule {
    const { check, ...text } = rule;
    return objectRule({ ...text, types: [DOCKERFILE], check: (view, settings) => check(dockerfileOf(view), settings) });
}

/** What is wrong with each of these, where anything is. */
export function faultsIn<Item extends { readonly path: Path }>(items: readonly Item[], check: (item: Item) => string | undefined): readonly Fault[] {
    return items.flatMap(item => {
        const message = check(item);
        return message === undefined ? [] : [{ message, at: item.path }];
    });
}

/** Text of a file that a message may repeat: one line, and not too much of it. */
export function quoted(text: string): string {
    const line = text.replaceAll(/\s+/g, " ").trim();
    return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}
