import { RULES } from "../../policies/catalogue";
import { dockerfilePiece } from "../../policies/view/dockerfile/view";
import { Value } from "../../policies/view/value";
import { UNKNOWN, compose, resource, ruleTest } from "./rule-test";
import type { Subject } from "./rule-test";

/** Cases of a rule about Dockerfiles. A text without FROM has one put before it. */
export interface DockerfileCases {
    readonly passes: readonly string[];
    /** The text, and messages without the subject. */
    readonly violates: readonly (readonly [text: string, ...messages: string[]])[];
}

function wholeOf(text: string): string {
    return /^FROM\s/im.test(text) ? text : `FROM a\n${text}`;
}

/** A Dockerfile as a file of that name. */
export function dockerfile(text: string): Subject {
    const whole = wholeOf(text);
    return [dockerfilePiece({ path: "Dockerfile", document: 0, base: [] }, new Value(whole, []), { name: "Dockerfile", label: "the Dockerfile" })];
}

/** The table of a rule's cases as tests; within a Compose file and a program, too, and where the text is not known yet. */
export function dockerfileTest(id: string, { passes, violates }: DockerfileCases): void {
    const rule = RULES.find(one => one.id === id);
    if (rule === undefined) {
        throw new Error(`there is no rule ${id}`);
    }
    const [[first, ...messages] = [""]] = violates;
    const whole = wholeOf(first);
    ruleTest(rule, {
        passes: Object.fromEntries(passes.map(text => [JSON.stringify(text), dockerfile(text)])),
        violates: {
            ...Object.fromEntries(violates.map(([text, ...expected]) => [JSON.stringify(text), [dockerfile(text), ...expected.map(message => `the Dockerfile ${message}`)]])),
            "one within a Compose file": [compose({ services: { web: { build: { dockerfile_inline: whole } } } }), ...messages.map(message => `Dockerfile of service "web" ${message}`)],
            "one within a program": [resource("docker-build:index:Image", "web", { dockerfile: { inline: whole } }), ...messages.map(message => `Dockerfile of image "web" ${message}`)],
        },
        unknown: { "one that is not known yet": [resource("docker-build:index:Image", "web", { dockerfile: { inline: UNKNOWN } })] },
    });
}
