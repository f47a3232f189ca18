import { load } from "js-yaml";

import { KINDS } from "./kinds";
import { LEVELS, type Case } from "./compare";
import { type Random, mutated, oneOf } from "./mutate";
import type { Template } from "./kinds";
import type { Fixture, Oracle } from "./oracle";

export const VERSIONS: readonly string[] = Array.from({ length: 38 }, (_, minor) => `v1.${minor}`);

/** A fixture as a case: a Pod at the level and in the version that it was made for. */
export function fixtureCase({ level, version, passes, name, text }: Fixture): Case {
    return { title: `${level} ${version} ${passes ? "pass" : "fail"} ${name}`, object: load(text), level, version };
}

/** Fixtures that differ in more than level and version, each in the newest version that has it. */
export function distinctFixtures({ fixtures }: Oracle): readonly Fixture[] {
    const minor = ({ version }: Fixture): number => Number(version.replace("v1.", ""));
    const newest = new Map<string, Fixture>();
    for (const fixture of fixtures) {
        const known = newest.get(fixture.text);
        if (known === undefined || minor(known) <= minor(fixture)) {
            newest.set(fixture.text, fixture);
        }
    }
    return [...newest.values()];
}

/** Random pods of any kind, made of the fixtures, each at a random level in a random version. */
export function randomCases(oracle: Oracle, count: number, random: Random): readonly Case[] {
    const pods = distinctFixtures(oracle).map(({ text }) => load(text) as Template);
    return Array.from({ length: count }, (_, at) => {
        const kind = oneOf(random, Object.keys(KINDS));
        const object = KINDS[kind]?.(mutated(oneOf(random, pods), random));
        const [level, version] = [oneOf(random, LEVELS), oneOf(random, VERSIONS)];
        return { title: `mutation ${at}: ${level} ${version} ${JSON.stringify(object)}`, object, level, version };
    });
}

/** A template with all its containers in one list. */
export function rearranged({ metadata, spec }: Template, slot: "initContainers" | "ephemeralContainers" | "sidecars"): Template {
    const { containers = [], initContainers = [], ...rest } = spec as { containers?: object[]; initContainers?: object[] };
    const all = [...initContainers, ...containers];
    return slot === "sidecars" ? { metadata, spec: { ...rest, initContainers: all.map(container => ({ ...container, restartPolicy: "Always" })) } }
        : { metadata, spec: { ...rest, [slot]: all } };
}
