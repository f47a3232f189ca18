import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { RULES } from "../../policies/catalogue";
import { UNKNOWN } from "../support/rule-test";

/* eslint-disable @typescript-eslint/no-require-imports -- the SDK's messages have no declarations that can be imported */
const messages = require("@pulumi/pulumi/proto/analyzer_pb");
const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
/* eslint-enable @typescript-eslint/no-require-imports */

const PACK = join(__dirname, "../../policies");
const RUN = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const TYPE = "docker:index/container:Container";

interface Diagnostic {
    readonly policyname: string;
    readonly message: string;
    readonly enforcementlevel: number;
}

const ADVISORY = 0;
const MANDATORY = 1;
const REMEDIATE = 3;

/** The pack as the engine starts it: a process that prints a port and answers there. */
describe("the CrossGuard pack, over its own wire protocol", function () {
    this.timeout(60_000);
    let pack: ChildProcess;
    let client: Record<string, (request: unknown, callback: (error: Error | null, response: never) => void) => void> & { close(): void };

    before(async () => {
        pack = spawn(process.execPath, [RUN, "127.0.0.1:0", "."], { cwd: PACK, stdio: ["ignore", "pipe", "pipe"] });
        const port = await new Promise<string>((resolve, reject) => {
            let errors = "";
            pack.stdout?.once("data", data => { resolve(String(data).trim()); });
            pack.stderr?.on("data", data => { errors += String(data); });
            pack.once("exit", code => { reject(new Error(`the pack ended (${code}): ${errors}`)); });
        });
        client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    });
    after(() => {
        client.close();
        pack.kill();
    });

    const call = async <Response>(method: string, request: unknown): Promise<Response> =>
        await new Promise((resolve, reject) => { client[method]?.(request, (error, response) => { if (error === null) { resolve(response); } else { reject(error); } }); });
    const requestFor = (kind: string, inputs: object) => {
        const request = new messages[kind]();
        request.setType(TYPE);
        request.setUrn(`urn:pulumi:dev::t::${TYPE}::api`);
        request.setName("api");
        request.setOptions(new messages.AnalyzerResourceOptions());
        request.setProperties(Struct.fromJavaScript(inputs as never));
        return request;
    };
    const analyze = async (inputs: object): Promise<Diagnostic[]> => {
        const response = await call<{ toObject(): { diagnosticsList: Diagnostic[] } }>("analyze", requestFor("AnalyzeRequest", inputs));
        return response.toObject().diagnosticsList;
    };
    const of = (diagnostics: readonly Diagnostic[], rule: string) => diagnostics.filter(({ policyname }) => policyname === rule)
        .map(({ message, enforcementlevel }) => ({ message, enforcementlevel }));

    it("offers every rule, mandatory", async () => {
        const info = await call<{ toObject(): { name: string; policiesList: { name: string; enforcementlevel: number }[] } }>("getAnalyzerInfo", new Empty());
        assert.deepEqual(info.toObject().policiesList.map(({ name }) => name).sort(), RULES.map(({ id }) => id).sort());
        assert.ok(info.toObject().policiesList.every(({ enforcementlevel }) => enforcementlevel === MANDATORY));
    });

    it("refuses a privileged container", async () => {
        const [diagnostic] = of(await analyze({ privileged: true }), "privileged-container");
        assert.equal(diagnostic?.enforcementlevel, MANDATORY);
        assert.match(diagnostic?.message ?? "", /^No container is privileged\ncontainer "api" is privileged; take `privileged` out.* \[CIS Docker 5\.5; /);
    });

    it("reports what is not known beside what is wrong, never instead", async () => {
        const diagnostics = of(await analyze({ volumes: [UNKNOWN, { hostPath: "/var/run/docker.sock", containerPath: "/s" }] }), "docker-socket-mounted");
        assert.deepEqual(diagnostics.map(({ enforcementlevel }) => enforcementlevel), [MANDATORY, ADVISORY]);
        assert.match(diagnostics[1]?.message ?? "", /can't run policy 'docker-socket-mounted'.* container "api": volumes\[0\] is not known yet; it is judged again at update/);
    });

    it("takes the level and the parameters of its configuration, and mends", async () => {
        const request = new messages.ConfigureAnalyzerRequest();
        const configure = (rule: string, level: number, properties: object) => {
            const config = new messages.PolicyConfig();
            config.setEnforcementlevel(level);
            config.setProperties(Struct.fromJavaScript(properties as never));
            request.getPolicyconfigMap().set(rule, config);
        };
        configure("capability-added", MANDATORY, { allowed: ["SYS_PTRACE"] });
        for (const rule of ["privileged-container", "writable-root", "capabilities-not-dropped", "new-privileges-allowed"]) {
            configure(rule, REMEDIATE, {});
        }
        await call("configure", request);
        assert.deepEqual(of(await analyze({ capabilities: { adds: ["SYS_PTRACE"] } }), "capability-added"), []);
        const inputs = { image: "a:1", privileged: true, capabilities: { adds: ["CHOWN"] }, securityOpts: ["apparmor=strict", "no-new-privileges:false"] };
        const response = await call<{ toObject(): unknown; getRemediationsList(): { getProperties(): Struct | undefined }[] }>("remediate", requestFor("AnalyzeRequest", inputs));
        const mended = response.getRemediationsList().at(-1)?.getProperties()?.toJavaScript();
        assert.deepEqual(mended, {
            image: "a:1", privileged: false, readOnly: true, capabilities: { adds: ["CHOWN"], drops: ["ALL"] }, securityOpts: ["apparmor=strict", "no-new-privileges:true"],
        });
        const after = await analyze(mended as object);
        assert.deepEqual(["privileged-container", "writable-root", "capabilities-not-dropped", "new-privileges-allowed"].flatMap(rule => of(after, rule)), []);
    });
});
