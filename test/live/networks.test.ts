import assert from "node:assert/strict";
import { type Server, createServer } from "node:net";

import type { HardenedNetwork } from "../../infra/model/hardened";
import { docker, engine, findEngine } from "../support/docker-engine";
import { TOOL_IMAGE, buildStandIns, standInsLack } from "../support/stand-ins";
import { application, hardened, service } from "../support/application";

const found = findEngine();
const lacking = typeof found === "string" ? found : standInsLack({});
const BANNER = "the host answers";

(lacking === undefined ? describe : describe.skip)(`live: what a hardened network lets through${lacking === undefined ? "" : ` (skipped: ${lacking})`}`, function () {
    this.timeout(120_000);
    const made: string[] = [];
    let host: Server;
    let port: number;

    before(async () => {
        buildStandIns({});
        host = createServer(socket => { socket.on("error", () => undefined); socket.end(`${BANNER}\n`); });
        port = await new Promise(resolve => host.listen(0, "0.0.0.0", () => {
            const address = host.address();
            resolve(typeof address === "object" && address !== null ? address.port : 0);
        }));
    });
    after(() => {
        host.close();
        made.forEach(name => { engine().docker(["network", "rm", name]); });
    });

    function create({ internal, driverOpts = {} }: Pick<HardenedNetwork, "internal" | "driverOpts">, name: string): string {
        const options = Object.entries(driverOpts).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
        docker("network", "create", ...(internal ? ["--internal"] : []), ...options, name);
        made.push(name);
        return name;
    }

    /** What a container on the network hears from an address of its network's gateway, which is the host's. */
    async function heardFromHost(network: string): Promise<string> {
        const gateway = docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Gateway}}", network);
        const name = `${network}-probe`;
        docker("run", "-d", "--name", name, "--network", network, TOOL_IMAGE, "/bin/sh", "-c", `timeout 4 nc -w 3 ${gateway} ${port} </dev/null; sleep 30`);
        await new Promise(resolve => setTimeout(resolve, 5_000));
        const heard = docker("logs", name);
        docker("rm", "-f", name);
        return heard;
    }

    const internal = hardened(application([service("web"), service("db", { image: "mysql:8" })])).networks[0] as HardenedNetwork;

    it("containers do not reach the host on an internal network", async () => {
        assert.equal((await heardFromHost(create(internal, `portcullis-net-${process.pid}-a`))).includes(BANNER), false);
    });

    it("they do where only `internal` is said, as an engine leaves it", async () => {
        const plain = { internal: true };
        assert.ok((await heardFromHost(create(plain, `portcullis-net-${process.pid}-b`))).includes(BANNER));
    });

    it("containers of one network still find one another by name", async () => {
        const network = create(internal, `portcullis-net-${process.pid}-c`);
        const server = `${network}-server`;
        docker("run", "-d", "--name", server, "--network", network, "--network-alias", "store", TOOL_IMAGE, "/bin/sh", "-c", "while true; do echo stored | nc -l -p 9000; done");
        await new Promise(resolve => setTimeout(resolve, 1_000));
        const client = engine().docker(["run", "--rm", "--network", network, TOOL_IMAGE, "/bin/sh", "-c", "timeout 4 nc -w 3 store 9000 </dev/null"]);
        docker("rm", "-f", server);
        assert.equal(client.stdout.trim(), "stored");
    });
});
