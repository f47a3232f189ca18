import { objectRule } from "../../rule";
import { NotApplicable } from "../../view/unfinished";
import type { Rule, RuleText, Settings, Verdict } from "../../rule";
import type { Value } from "../../view/value";

/** What an engine says of itself, part by part; a part that could not be seen is not present. */
export interface EngineParts {
    readonly info: Value;
    readonly config: Value;
    readonly all: Value;
}

/** A rule about an engine, asked wherever the part is there that answers it. */
export function engineRule(part: "config" | "files" | "host" | "info" | "networks" | "swarm", rule: RuleText & { readonly check: (parts: EngineParts, settings: Settings) => Verdict }): Rule {
    const { check, ...text } = rule;
    return objectRule({
        ...text,
        types: [`engine:${part}`],
        check: ({ value }, settings) => check({ info: value.get("info"), config: value.get("config"), all: value }, settings),
    });
}

/** Whether the engine has a security option, as `docker info` lists them: `name=userns`. */
export function hasOption(info: Value, name: string): boolean {
    return info.get("SecurityOptions").items.some(option => (option.text ?? "").split(",").includes(`name=${name}`));
}

/** Whether a Windows engine runs Windows containers, which have none of what the kernel of Linux offers. */
export function linuxOnly(info: Value): void {
    if (info.get("OSType").text === "windows") {
        throw new NotApplicable("a Windows engine has no such setting");
    }
}
