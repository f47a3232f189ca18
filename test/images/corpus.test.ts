import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { load } from "js-yaml";

import { readDockerfile } from "../../infra/images/dockerfile";
import { factOf, parseImage } from "../../infra/images/lookup";

const CORPUS = path.resolve(__dirname, "../../../shared/corpus/compose");
const PRESENT = fs.existsSync(CORPUS);
const WHY = PRESENT ? "" : ` (skipped: no ${path.relative(process.cwd(), CORPUS)} here)`;
/** Of the uses of images that somebody else publishes; measured 0.7 when written. */
const LEAST_KNOWN = 0.6;

function filesBelow(directory: string): string[] {
    return fs.readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
}

/** Image references of a Compose file with its variables' defaults; nothing where it is none, or no YAML by itself. */
function imagesOf(file: string): string[] {
    try {
        const { services } = load(fs.readFileSync(file, "utf8")) as { services?: Record<string, { image?: unknown } | null> };
        return Object.values(services ?? {}).map(service => service?.image).filter(image => typeof image === "string")
            .map(image => withDefaults(image, environmentOf(path.dirname(file))));
    } catch {
        return [];
    }
}

function environmentOf(directory: string): Map<string, string> {
    const file = path.join(directory, ".env");
    const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n") : [];
    return new Map(lines.map(line => /^(?:export )?(\w+)=["']?(.*?)["']?\s*$/.exec(line)).filter(match => match !== null).map(match => [match[1]!, match[2]!]));
}

function withDefaults(text: string, environment: ReadonlyMap<string, string>): string {
    const once = (from: string) => from.replaceAll(/\$\{(\w+)(?::?[-?+]([^${}]*))?\}|\$(\w+)/g, (_all, name: string, word: string | undefined, plain: string | undefined) =>
        environment.get(name ?? plain ?? "") ?? word ?? "x");
    return [1, 2, 3].reduce(once, text);
}

describe(`images of the corpus${WHY}`, () => {
    before(function () {
        if (!PRESENT) {
            this.skip();
        }
    });

    it("are mostly known", () => {
        const uses = filesBelow(CORPUS).filter(file => /\.ya?ml$/.test(file)).flatMap(imagesOf).filter(image => parseImage(image) !== undefined);
        const unknown = new Map<string, number>();
        for (const image of uses.filter(each => factOf(each) === undefined)) {
            const name = image.replace(/[:@].*/, "");
            unknown.set(name, (unknown.get(name) ?? 0) + 1);
        }
        const missed = [...unknown.values()].reduce((sum, count) => sum + count, 0);
        const most = [...unknown].sort((a, b) => b[1] - a[1]).slice(0, 8).map(([name, count]) => `${name} ${count}`).join(", ");
        console.log(`      ${uses.length - missed} of ${uses.length} uses of images are known; most used unknown: ${most}`);
        assert.ok(uses.length > 400);
        assert.ok((uses.length - missed) / uses.length > LEAST_KNOWN);
    });

    it("are built by Dockerfiles that can be read", () => {
        const files = filesBelow(CORPUS).filter(file => /(^|[./])dockerfile[^/]*$/i.test(path.basename(file)));
        const readings = files.map(file => readDockerfile(fs.readFileSync(file, "utf8"), { file }));
        const known = readings.filter(({ image }) => image !== undefined && factOf(image.base) !== undefined).length;
        console.log(`      ${readings.filter(({ image }) => image !== undefined).length} of ${files.length} Dockerfiles are read; ${known} are built on a known image`);
        assert.deepEqual(readings.flatMap(({ problems }) => problems), []);
    });
});
