import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";

import { findProgram } from "../cli/programs";
import { writeDeployments } from "./deployments";

// npx tsx bench/check.ts [COUNT…] [--runs N] [--folder DIR] [--slow]: `portcullis check` beside every other checker on the PATH,
// in turns, on the same folders: 100, 1,000 and 5,000 Deployments, and folders of one's own. The least wall time and
// processor time of the runs and the most memory; --slow also runs those that take minutes. KICS_ASSETS names its queries.

interface Peer {
    readonly name: string;
    readonly program: string;
    readonly words: (folder: string) => readonly string[];
    readonly slow?: true;
}

interface Cost {
    readonly wall: number;
    readonly cpu: number;
    readonly megabytes: number;
}

const root = join(__dirname, "..");
const words = process.argv.slice(2);
const option = (name: string): string | undefined => words.includes(name) ? words[words.indexOf(name) + 1] : undefined;
const runs = Number(option("--runs") ?? 3);
const counts = words.filter(word => /^\d+$/.test(word) && word !== option("--runs")).map(Number);
const files = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(name => /\.ya?ml$/.test(name)).map(name => join(folder, name));
const assets = process.env["KICS_ASSETS"] ?? "";

const PEERS: readonly Peer[] = [
    { name: "portcullis", program: process.execPath, words: folder => [join(root, "cli/bin.cjs"), "check", folder, "--profile", "hardened", "--format", "json"] },
    { name: "kube-score", program: "kube-score", words: folder => ["score", "--output-format", "ci", ...files(folder)] },
    { name: "conftest, 12 rules", program: "conftest", words: folder => ["test", "--policy", join(__dirname, "peers"), "--output", "json", folder] },
    { name: "kubeconform, parses only", program: "kubeconform", words: folder => ["-schema-location", "/nowhere", "-ignore-missing-schemas", "-summary", folder] },
    { name: "checkov", program: "checkov", words: folder => ["-d", folder, "--framework", "kubernetes", "-o", "json", "--quiet"], slow: true },
    { name: "kics", program: "kics", words: folder => ["scan", "-p", folder, "-q", join(assets, "queries"), "-b", join(assets, "libraries"), "-t", "Kubernetes", "--no-progress", "--silent"], slow: true },
];

/** GNU time says what a process and its children used; without it there is only the wall. */
function run({ program, words: given }: Peer, folder: string): Cost {
    const started = process.hrtime.bigint();
    const { stderr, error } = spawnSync("/usr/bin/time", ["-f", "\n%U %S %M", program, ...given(folder)], { encoding: "utf8", maxBuffer: 1024 ** 3, stdio: ["ignore", "ignore", "pipe"] });
    const wall = Number(process.hrtime.bigint() - started) / 1e9;
    if (error !== undefined) {
        throw error;
    }
    const [user = "", system = "", kilobytes = ""] = (stderr.trim().split("\n").at(-1) ?? "").split(" ");
    return { wall, cpu: Number(user) + Number(system), megabytes: Number(kilobytes) / 1024 };
}

function measure(title: string, folder: string): void {
    const peers = PEERS.filter(peer => (peer.program === process.execPath || findProgram(peer.program) !== undefined) && (peer.slow === undefined || words.includes("--slow")) && (peer.name !== "kics" || existsSync(assets)));
    const costs = new Map<string, Cost[]>(peers.map(({ name }) => [name, []]));
    for (let at = 0; at < runs; at++) {
        peers.filter(peer => peer.slow === undefined || at === 0).forEach(peer => costs.get(peer.name)?.push(run(peer, folder)));
    }
    console.log(`\n${title}`.padEnd(36), "wall s", " CPU s", "     MB", "   ratio of walls");
    const least = (list: readonly Cost[], key: keyof Cost): number => Math.min(...list.map(cost => cost[key]));
    const own = least(costs.get("portcullis") ?? [], "wall");
    for (const [name, list] of costs) {
        const [wall, cpu, memory] = [least(list, "wall"), least(list, "cpu"), Math.max(...list.map(cost => cost.megabytes))];
        console.log(name.padEnd(35), wall.toFixed(2).padStart(6), cpu.toFixed(2).padStart(6), memory.toFixed(0).padStart(7), `× ${(wall / own).toFixed(2)}`.padStart(12));
    }
}

const folder = mkdtempSync(join(tmpdir(), "portcullis-bench-"));
try {
    console.log(`${cpus().length} processors, load ${readFileSync("/proc/loadavg", "utf8").split(" ")[0] ?? ""}, ${runs} runs`);
    for (const count of counts.length > 0 ? counts : option("--folder") === undefined ? [100, 1000, 5000] : []) {
        writeDeployments(join(folder, String(count)), count);
        measure(`${count} Deployments`, join(folder, String(count)));
    }
    const own = option("--folder");
    if (own !== undefined) {
        measure(own, own);
    }
} finally {
    rmSync(folder, { recursive: true, force: true });
}
