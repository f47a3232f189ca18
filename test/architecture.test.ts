import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

const ROOT = join(__dirname, "..");
const FOLDERS = ["infra", "nginx", "traefik", "policies", "cli"].filter(folder => existsSync(join(ROOT, folder)));

/** What each part may import of ours; a part may always import itself. The longest name that fits a file is its part. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
    "infra/model": [],
    "infra/yaml": ["infra/model"],
    "infra/compose": ["infra/model", "infra/yaml"],
    "infra/hardening": ["infra/model", "infra/yaml"],
    "infra/images": ["infra/model"],
    "infra/edge": ["infra/model"],
    "infra/harden": ["infra/model", "infra/images", "infra/hardening"],
    "infra/secrets": ["infra/model", "infra/edge", "nginx", "traefik"],
    "infra/docker": ["infra/model", "infra/edge", "infra/secrets", "nginx", "traefik"],
    "infra/kubernetes": ["infra/model", "infra/edge", "infra/secrets", "nginx", "traefik"],
    // Of the Docker target only what a container is told, so that both tell it the same.
    "infra/render": ["infra/model", "infra/docker"],
    // What joins the parts: a system's folder, the program, the public interface.
    "infra": ["infra/*", "nginx", "traefik"],
    "nginx": ["infra/edge", "infra/model"],
    "traefik": ["infra/edge", "infra/model"],
    "policies/view": [],
    "policies/rules": ["policies/rule.ts", "policies/view"],
    "policies/pod-security": ["policies/rule.ts", "policies/view"],
    "policies/report": ["policies/rule.ts", "policies/view", "policies/catalogue.ts"],
    "policies": ["policies/*"],
    "cli": ["infra", "infra/*", "policies", "policies/*", "nginx"],
};

/** Packages that take long to load, and where they may be imported. */
const HEAVY: Readonly<Record<string, RegExp>> = {
    "@kubernetes/client-node": /^cli\/audit\/kubernetes\/client\.ts$/,
    "dockerode": /^(?:infra\/docker\/engine\/|cli\/audit\/docker\/client\.ts$)/,
    "@pulumi/docker": /^infra\/docker\//,
    "@pulumi/kubernetes": /^infra\/kubernetes\//,
    "@pulumi/random": /^infra\/(?:docker|secrets|kubernetes)\//,
    "@pulumi/policy": /^policies\/index\.ts$/,
    "@pulumi/pulumi": /^(?:infra\/(?:docker|secrets|kubernetes|main\.ts|program\.ts)|cli\/preview\/|cli\/commands\/up\.ts$)/,
};

interface Import {
    readonly from: string;
    readonly to: string;
    readonly typeOnly: boolean;
}

const FILES = FOLDERS.flatMap(folder => filesIn(folder));
const IMPORTS = FILES.flatMap(importsOf);

function filesIn(folder: string): string[] {
    return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry => {
        const path = `${folder}/${entry.name}`;
        return entry.isDirectory() ? entry.name === "node_modules" ? [] : filesIn(path) : /\.ts$/.test(entry.name) ? [path] : [];
    });
}

/** Every import of a file: static, re-exported, dynamic and by require. */
function importsOf(file: string): Import[] {
    const text = readFileSync(join(ROOT, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
    const found = [...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^"'`;]*?from\s+"([^"]+)"|^\s*import\s+()"([^"]+)"|\b(?:import|require)\(()"([^"]+)"\)/gm)];
    return found.map(match => ({
        from: file,
        to: resolved(file, match[2] ?? match[4] ?? match[6] ?? ""),
        typeOnly: match[1] !== undefined,
    }));
}

function resolved(file: string, specifier: string): string {
    if (!specifier.startsWith(".")) {
        return specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
    }
    const base = relative(ROOT, join(ROOT, dirname(file), specifier)).split(sep).join("/");
    const candidates = [base, `${base}.ts`, `${base}/index.ts`, `${base}.json`];
    return candidates.find(candidate => existsSync(join(ROOT, candidate)) && /\.\w+$/.test(candidate)) ?? base;
}

/** The most particular part that a file is of. */
function partOf(file: string): string {
    const parts = Object.keys(MAY_IMPORT).filter(part => file.startsWith(`${part}/`));
    return parts.sort((a, b) => b.length - a.length)[0] ?? "";
}

function mayImport(from: string, to: string): boolean {
    const part = partOf(from);
    return partOf(to) === part || (MAY_IMPORT[part] ?? []).some(allowed =>
        to === allowed || partOf(to) === allowed || allowed.endsWith("/*") && to.startsWith(allowed.slice(0, -1)));
}

describe("architecture", () => {
    it("every file is of a part that the table names", () => {
        assert.deepEqual(FILES.filter(file => partOf(file) === ""), []);
        assert.ok(FILES.length > 50, "no files were found: the test looks in the wrong place");
    });

    it("every folder that the table names exists, or is one that a later issue brings", () => {
        const later = ["traefik", "infra/kubernetes", "infra/yaml"];
        assert.deepEqual(Object.keys(MAY_IMPORT).filter(part => !existsSync(join(ROOT, part)) && !later.includes(part)), []);
    });

    it("imports go one way", () => {
        const ours = IMPORTS.filter(({ to }) => FOLDERS.some(folder => to.startsWith(`${folder}/`)));
        assert.ok(ours.length > 100, "hardly any import was found: the test reads them wrongly");
        assert.deepEqual(ours.filter(({ from, to }) => !mayImport(from, to)).map(({ from, to }) => `${from} → ${to}`), []);
    });

    it("infra and policies share nothing, ever", () => {
        const across = IMPORTS.filter(({ from, to }) => from.startsWith("infra/") && to.startsWith("policies/") || from.startsWith("policies/") && to.startsWith("infra/"));
        assert.deepEqual(across, []);
    });

    it("heavy packages are loaded only where they are needed", () => {
        const wrong = IMPORTS.filter(({ from, to, typeOnly }) => !typeOnly && HEAVY[to] !== undefined && !HEAVY[to].test(from));
        assert.deepEqual(wrong.map(({ from, to }) => `${from} → ${to}`), []);
    });

    it("nothing that runs imports in a circle", () => {
        assert.deepEqual(circles(), []);
    });

    it("no name of a system is in the toolkit", () => {
        const systems = /\b(?:ragflow|ragamuffin|finetuneflow)\b/i;
        // A product's default password may be its name: that list is data.
        const named = FILES.filter(file => file !== "infra/secrets/weak.ts" && systems.test(readFileSync(join(ROOT, file), "utf8").replaceAll(/"[A-Z]+(?:-[A-Z]+)*-\d+"/g, "")));
        assert.deepEqual(named, []);
    });
});

/** Circles of imports that are there when the program runs, each by the files on it. */
function circles(): string[] {
    const to = new Map<string, string[]>();
    IMPORTS.filter(one => !one.typeOnly).forEach(one => to.set(one.from, [...to.get(one.from) ?? [], one.to]));
    const done = new Set<string>();
    const found: string[] = [];
    const visit = (file: string, way: readonly string[]): void => {
        if (way.includes(file)) {
            found.push([...way.slice(way.indexOf(file)), file].join(" → "));
        } else if (!done.has(file)) {
            (to.get(file) ?? []).forEach(next => visit(next, [...way, file]));
            done.add(file);
        }
    };
    FILES.forEach(file => visit(file, []));
    return found;
}
