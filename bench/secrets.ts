import { existsSync } from "node:fs";
import { join } from "node:path";

import { distinctEntries, draw, hashOf } from "./secrets/draw";
import { entriesOf } from "./secrets/entries";
import { isSecret } from "./secrets/judge";
import { labelledSample, qualityOf } from "./secrets/labels";
import type { Named } from "./secrets/entries";

// npx tsx bench/secrets.ts [FOLDER]: how well secrets are told from other values, on the labelled sample, and how many there
// are in a folder of Compose projects and manifests (the corpora beside the project if there are any).
// npx tsx bench/secrets.ts --draw SEED COUNT [FOLDER]: a sample for somebody to read and label.

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

/** Precision and recall as they were when a draw was labelled, before anything it showed was mended. By the first one the rules were made. */
const AT_FIRST: Readonly<Record<number, readonly [precision: number, recall: number]>> = {
    2: [1, 1], 3: [0.989, 0.979], 4: [0.975, 0.951], 5: [1, 0.97], 6: [1, 0.959], 7: [1, 0.979], 0: [0.993, 0.971],
};

function printQuality(): void {
    const sample = labelledSample();
    console.log("sample      entries  secrets  precision   recall   when drawn");
    for (const number of [...new Set(sample.map(entry => entry.draw)), 0]) {
        const { entries, secrets, precision, recall } = qualityOf(sample.filter(entry => number === 0 || entry.draw === number));
        const title = number === 0 ? "all" : `draw ${number}`;
        console.log(`${title.padEnd(11)} ${String(entries).padStart(7)}  ${String(secrets).padStart(7)}  ${percent(precision).padStart(9)}  ${percent(recall).padStart(7)}   ${(AT_FIRST[number] ?? []).map(percent).join(" / ")}`);
    }
    const { missed, false: wrong } = qualityOf(sample);
    missed.forEach(({ where, name }) => console.log(`missed: ${where} ${name}`));
    wrong.forEach(({ where, name }) => console.log(`no secret: ${where} ${name}`));
}

function printFolder(folder: string): void {
    const entries = entriesOf(folder);
    const found = entries.filter(entry => isSecret(entry) !== undefined);
    const rows = (["environment", "command", "label", "config"] as const).map(where => {
        const own = (list: readonly Named[]) => list.filter(entry => entry.where === where).length;
        return `${where.padEnd(11)} ${String(own(entries)).padStart(7)}  ${String(own(found)).padStart(7)}`;
    });
    console.log(`\n${folder}: with a literal value, of these secrets (${new Set(found.map(({ value }) => value)).size} different values)\n${rows.join("\n")}`);
}

/** What file-based peers were seen to find where a Deployment has a literal DB_PASSWORD. */
function printPlanted(): void {
    const planted = Array.from({ length: 53 }, (_, at) => ({ where: "environment" as const, name: "DB_PASSWORD", value: `s3cr3t-${at}` }));
    console.log(`\nplanted DB_PASSWORD: ${planted.filter(entry => isSecret(entry) !== undefined).length} of ${planted.length} (best seen elsewhere: 0 of 53)`);
    console.log("secrets that reach services of the Compose corpus: see above (best seen elsewhere: 324 of about 1,500)");
}

const [option, ...words] = process.argv.slice(2);
const corpus = join(__dirname, "../../shared/corpus");
if (option === "--draw") {
    const [seed = "1", count = "300", folder = corpus] = words;
    for (const entry of draw(distinctEntries(folder), Number(seed), Number(count))) {
        console.log(JSON.stringify({ hash: hashOf(entry), ...entry }));
    }
} else {
    printQuality();
    const folders = option === undefined ? ["compose", "k8s", "k8s-labelled"].map(set => join(corpus, set)) : [option];
    const missing = folders.filter(folder => !existsSync(folder));
    missing.forEach(folder => console.log(`${folder} is not there`));
    folders.filter(folder => !missing.includes(folder)).forEach(printFolder);
    printPlanted();
}
