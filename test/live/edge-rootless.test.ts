import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { ask } from "../support/edge/client";
import { replacing, startEdge, withEdge } from "../support/edge/edge";
import type { TestEdge } from "../support/edge/edge";
import { describeWithNginx } from "../support/edge/suite";

/** Fields of /proc/<pid>/status of the master and its workers. */
function processes(edge: TestEdge): Record<string, string>[] {
    const all = readdirSync("/proc").filter(name => /^\d+$/.test(name)).flatMap(name => {
        try {
            const lines = readFileSync(`/proc/${name}/status`, "utf8").split("\n").map(line => line.split(":\t") as [string, string]);
            return [Object.fromEntries(lines)];
        } catch {
            return []; // It has ended since.
        }
    });
    return all.filter(({ Pid, PPid }) => Number(Pid) === edge.pid || Number(PPid) === edge.pid);
}

/** Every file below a directory with the time of its last change. */
function filesBelow(directory: string): Record<string, number> {
    return Object.fromEntries(readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .map(path => [path.slice(directory.length + 1), statSync(path).mtimeMs]));
}

/** Uses everything that writes: no file may change outside the temporary directory and the logs. */
async function assertNothingWrittenElsewhere(edge: TestEdge): Promise<void> {
    const before = filesBelow(edge.directory);
    const common = { port: edge.httpsPort, authority: edge.authority };
    assert.equal((await ask({ ...common, method: "POST", body: Buffer.alloc(5_000_000) })).status, 200);
    assert.equal((await ask({ ...common, path: "/events" })).status, 200);
    assert.equal((await ask({ ...common, path: "/%00" })).status, 400);
    assert.equal(edge.reload().status, 0);
    const after = filesBelow(edge.directory);
    const changed = Object.keys(after).filter(path => after[path] !== before[path]);
    assert.deepEqual(changed.filter(path => !/^(tmp\/|access\.log$|error\.log$)/.test(path)), []);
}

describeWithNginx("edge, live: without root", () => {
    it("runs as one user without any capability", async function () {
        if (process.platform !== "linux") {
            console.log("      skipped: no /proc here");
            this.skip();
        }
        const edge = await startEdge();
        try {
            const running = processes(edge);
            assert.equal(running.length, 3);
            const uid = process.getuid?.() === 0 ? 65534 : process.getuid?.();
            for (const { Uid, CapEff, CapPrm } of running) {
                assert.equal(Uid, `${uid}\t${uid}\t${uid}\t${uid}`);
                assert.deepEqual([CapEff, CapPrm], ["0000000000000000", "0000000000000000"]);
            }
        } finally {
            await edge.stop();
        }
    });

    it("writes to its temporary directory and its logs alone", () => withEdge({}, {}, assertNothingWrittenElsewhere));

    it("without the guarantee the same assertion fails: bodies kept elsewhere", () => withEdge(
        {}, { spoil: replacing("temporary-files.conf", /\/tmp\/client_body;/, "/etc/bodies; client_body_in_file_only on;") },
        async edge => { await assert.rejects(assertNothingWrittenElsewhere(edge), assert.AssertionError); },
    ));
});
