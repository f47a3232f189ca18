import * as assert from "node:assert/strict";

import { dockerProblems } from "../../infra/docker/problems";
import { formatProblem } from "../../infra/model/problem";
import type { HardenedService } from "../../infra/model/hardened";
import { shop, shopService } from "../support/shop";

function problems(fields: Partial<HardenedService>): string[] {
    return dockerProblems(shop([shopService("api", fields)])).map(formatProblem);
}

describe("docker/problems", () => {
    it("finds nothing in a plain service", () => {
        assert.deepEqual(problems({ secretFiles: [{ secret: "A", target: "/run/secrets/A" }], command: ["x"] }), []);
    });

    const cases: Record<string, [Partial<HardenedService>, string]> = {
        "an empty argument": [{ command: ["x", ""] }, "services.api.command has an empty argument, which the Docker provider does not take; leave it out or put the command into a script"],
        "an emptied entrypoint": [{ entrypoint: [] }, "services.api.entrypoint is emptied, which the Docker provider cannot say; write the program itself as entrypoint"],
        "another kind of mount": [
            { mounts: [{ type: "npipe", target: "/x", readOnly: true }] },
            "services.api.volumes[0].type is not a kind of mount of the Docker target (npipe); use a volume",
        ],
        "a choice of ports": [
            { publishes: [{ port: 80, protocol: "tcp", published: "8000-8005" }] },
            "services.api.ports[0].published leaves the choice among ports to the engine (8000-8005); write one port",
        ],
        "secrets over a directory of the system": [
            { secretFiles: [{ secret: "A", target: "/etc/password" }] },
            "services.api.secrets would hide the rest of the directory that a file stands in (/etc/password); give secrets a directory of their own, e.g. /run/secrets",
        ],
        "secrets over a mount": [
            { secretFiles: [{ secret: "A", target: "/data/A" }], mounts: [{ type: "tmpfs", target: "/data", readOnly: false }] },
            "services.api.secrets would hide the rest of the directory that a file stands in (/data/A); give secrets a directory of their own, e.g. /run/secrets",
        ],
        "a port for several replicas": [
            { replicas: 2, publishes: [{ port: 80, protocol: "tcp", published: "80" }] },
            "services.api.deploy.replicas is more than one, and only one container can have a port of the host (2); write 1, or close the port",
        ],
        "the host's name": [{ namespaces: { uts: "host" } }, "services.api.uts cannot be shared through the Docker provider (host); take it out"],
        "a file without content": [{ configFiles: [{ target: "/etc/x", mode: 0o444 }] }, "services.api.configs has a file without content (/etc/x); name a file or write the content"],
    };
    for (const [title, [fields, message]] of Object.entries(cases)) {
        it(title, () => assert.deepEqual(problems(fields), [message]));
    }
});
