import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a checker says of a folder of renderings. */
export interface Said {
    readonly file: string;
    readonly check: string;
    /** In the checker's own words, lower case. */
    readonly severity: string;
    readonly message: string;
}

/** JSON that a program writes to its standard output; exit statuses other than 0 are usual where something is found. */
function run(program: string, words: readonly string[]): unknown {
    // By way of a file: a program that ends at once may lose what it wrote to a pipe.
    const folder = mkdtempSync(join(tmpdir(), "portcullis-peer-"));
    const output = openSync(join(folder, "output.json"), "w");
    try {
        const { stderr, error } = spawnSync(program, words, { encoding: "utf8", stdio: ["ignore", output, "pipe"] });
        const text = readFileSync(join(folder, "output.json"), "utf8");
        if (error !== undefined || text.trim() === "") {
            throw new Error(`${program}: ${error?.message ?? stderr.slice(-500)}`);
        }
        return JSON.parse(text);
    } finally {
        closeSync(output);
        rmSync(folder, { recursive: true });
    }
}

interface ComposeLint {
    readonly findings: readonly { readonly rule_id: string; readonly severity: string; readonly message: string; readonly service: string | null }[];
}

export function composeLint(program: string, files: readonly string[]): Said[] {
    return files.flatMap(file => (run(program, ["check", "--format", "json", "--allow-partial-coverage", "--no-merge-overrides", file]) as ComposeLint).findings
        .map(({ rule_id: check, severity, message, service }) => ({ file, check, severity: severity.toLowerCase(), message: `${service ?? ""}: ${message}` })));
}

type Dclint = readonly { readonly filePath: string; readonly messages: readonly { readonly rule: string; readonly severity: string; readonly category: string; readonly message: string }[] }[];

/** dclint's severities are those of the fault in the file: what is about how a file looks is low, whatever it says. */
export function dclint(program: string, files: readonly string[]): Said[] {
    return (run(program, ["-f", "json", ...files]) as Dclint).flatMap(({ filePath: file, messages }) =>
        messages.map(({ rule: check, severity, category, message }) => ({ file, check, severity: category === "style" ? "low" : severity.toLowerCase(), message })));
}

interface Kics {
    readonly queries?: readonly { readonly query_name: string; readonly severity: string; readonly files: readonly { readonly file_name: string; readonly actual_value: string; readonly search_key: string }[] }[];
}

/** KICS with the queries that lie in the folder KICS_ASSETS. */
export function kics(program: string, folder: string, assets: string, type: string): Said[] {
    const out = mkdtempSync(join(tmpdir(), "portcullis-kics-"));
    try {
        spawnSync(program, ["scan", "-p", folder, "-q", join(assets, "queries"), "--libraries-path", join(assets, "libraries"), "-o", out,
            "--output-name", "found", "--report-formats", "json", "--ci", "--type", type, "--disable-secrets"], { encoding: "utf8", cwd: out });
        const report = join(out, "found.json");
        if (!existsSync(report)) {
            throw new Error("kics wrote no report");
        }
        return ((JSON.parse(readFileSync(report, "utf8")) as Kics).queries ?? []).flatMap(({ query_name: check, severity, files }) => files.map(file =>
            ({ file: file.file_name, check, severity: severity.toLowerCase(), message: `${file.search_key}: ${file.actual_value}` })));
    } finally {
        rmSync(out, { recursive: true });
    }
}

interface Checkov {
    readonly results?: { readonly failed_checks: readonly { readonly check_id: string; readonly check_name: string; readonly file_path: string; readonly resource: string; readonly severity: string | null }[] };
}

/** Checkov has severities for subscribers only: what fails there is "failed". */
export function checkov(program: string, folder: string, framework: string): Said[] {
    const output = run(program, ["-d", folder, "-o", "json", "--framework", framework, "--skip-download", "--compact", "--quiet"]);
    return (Array.isArray(output) ? output as Checkov[] : [output as Checkov]).flatMap(({ results }) => results?.failed_checks ?? [])
        .map(({ check_id: check, check_name: name, file_path: file, resource, severity }) => ({ file, check, severity: severity?.toLowerCase() ?? "failed", message: `${resource}: ${name}` }));
}

type KubeScore = readonly { readonly object_name: string; readonly file_name: string; readonly checks: readonly {
    readonly check: { readonly id: string; readonly name: string }; readonly grade: number; readonly skipped: boolean; readonly comments: readonly { readonly summary: string }[] | null }[] }[];

/** kube-score's grades: 1 is critical, 5 a warning, 7 nearly good, 10 good. */
export function kubeScore(program: string, files: readonly string[]): Said[] {
    return (run(program, ["score", "-o", "json", ...files]) as KubeScore).flatMap(({ object_name: name, file_name: file, checks }) => checks
        .filter(({ grade, skipped }) => !skipped && grade < 7)
        .map(({ check, grade, comments }) => ({ file, check: check.id, severity: grade === 1 ? "critical" : "medium", message: `${name}: ${comments?.[0]?.summary ?? check.name}` })));
}

/** Kyverno's CLI with the policies of a folder, those of its own tests left out: a line for each resource that one refuses. */
export function kyverno(program: string, files: readonly string[], policies: string): Said[] {
    const chosen = readdirSync(policies, { recursive: true, encoding: "utf8" })
        .filter(name => name.endsWith(".yaml") && !/(^|\/)\.|artifacthub|kustomization|test/.test(name)).map(name => join(policies, name));
    const { stdout, error } = spawnSync(program, ["apply", ...chosen, "--remove-color", ...files.flatMap(file => ["--resource", file])], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    const summary = /^pass: (\d+), fail: (\d+), warn: (\d+), error: (\d+)/m.exec(stdout);
    if (error !== undefined || summary === null || summary[1] === "0" || summary[4] !== "0") {
        throw new Error(`kyverno judged nothing: ${error?.message ?? stdout.slice(-300)}`);
    }
    return Array.from({ length: Number(summary[2]) }, () => ({ file: "", check: "pod-security", severity: "high", message: stdout.slice(-500) }));
}
