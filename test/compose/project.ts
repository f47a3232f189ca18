import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { type LoadRequest, type LoadedProject, loadProject } from "../../infra/compose/load";

/** Writes files into a new folder, loads `compose.yaml` of it and removes the folder; `DIR` in results is not replaced. */
export function loadFiles(files: Readonly<Record<string, string>>, request: Partial<LoadRequest> = {}): LoadedProject & { readonly folder: string } {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "compose-test-")));
    try {
        for (const [name, content] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), content);
        }
        return { ...loadProject({ files: [join(folder, "compose.yaml")], environment: {}, projectName: "test", ...request }), folder };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** The canonical `web` of a project that has only it, with these lines under it. */
export function loadWeb(lines: string, request: Partial<LoadRequest> = {}): Record<string, unknown> {
    const loaded = loadFiles({ "compose.yaml": `services:\n  web:\n    image: nginx\n${lines.split("\n").map(line => `    ${line}`).join("\n")}\n` }, request);
    return (loaded.project["services"] as Record<string, Record<string, unknown>>)["web"] as Record<string, unknown>;
}
