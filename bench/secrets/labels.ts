import { readFileSync } from "node:fs";
import { join } from "node:path";

import { load } from "js-yaml";

import { isSecret } from "./judge";
import type { Named } from "./entries";

/** An entry of a sample as a person judged it. */
export interface Labelled extends Pick<Named, "name" | "value" | "where"> {
    readonly draw: number;
    readonly secret: boolean;
}

/** How the detection does on labelled entries. */
export interface Quality {
    readonly entries: number;
    readonly secrets: number;
    readonly precision: number;
    readonly recall: number;
    readonly missed: readonly Labelled[];
    readonly false: readonly Labelled[];
}

/** The labelled sample of the project. */
export function labelledSample(): Labelled[] {
    return load(readFileSync(join(__dirname, "../../test/data/secret-labels.yaml"), "utf8")) as Labelled[];
}

/** Precision and recall over labelled entries, with what is judged wrong. */
export function qualityOf(sample: readonly Labelled[]): Quality {
    const judged = sample.map(entry => ({ entry, found: isSecret(entry) !== undefined }));
    const where = (secret: boolean, found: boolean) => judged.filter(each => each.entry.secret === secret && each.found === found).map(({ entry }) => entry);
    const hits = where(true, true).length;
    const [missed, wrong] = [where(true, false), where(false, true)];
    return { entries: sample.length, secrets: hits + missed.length, precision: hits / (hits + wrong.length), recall: hits / (hits + missed.length), missed, false: wrong };
}
