import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/* eslint-disable @typescript-eslint/no-require-imports -- the SDK's messages have no declarations that can be imported */
const messages = require("@pulumi/pulumi/proto/analyzer_pb");
const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
/* eslint-enable @typescript-eslint/no-require-imports */

const PACK = join(__dirname, "../../policies");
const RUN = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** Enforcement levels as the protocol numbers them. */
export const ADVISORY = 0;
export const MANDATORY = 1;
export const DISABLED = 2;
export const REMEDIATE = 3;

export interface Diagnostic {
    readonly policyname: string;
    readonly message: string;
    readonly enforcementlevel: number;
    readonly urn: string;
}

export interface PackResource {
    readonly type: string;
    readonly name: string;
    readonly inputs: object;
}

export interface Offered {
    readonly name: string;
    readonly enforcementlevel: number;
}

/** A policy pack as the engine starts it: a process that prints a port and answers there. */
export class PackClient {
    private constructor(private readonly pack: ChildProcess, private readonly client: Record<string, unknown> & { close(): void }) {}

    /** @param folder of the pack; this project's unless told */
    static async start(folder = PACK): Promise<PackClient> {
        const pack = spawn(process.execPath, [RUN, "127.0.0.1:0", "."], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
        const port = await new Promise<string>((resolve, reject) => {
            let errors = "";
            pack.stdout.once("data", data => { resolve(String(data).trim()); });
            pack.stderr.on("data", data => { errors += String(data); });
            pack.once("exit", code => { reject(new Error(`the pack ended (${code}): ${errors}`)); });
        });
        const options = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
        return new PackClient(pack, new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options));
    }

    stop(): void {
        this.client.close();
        this.pack.kill();
    }

    async offers(): Promise<readonly Offered[]> {
        return (await this.call<{ toObject(): { policiesList: Offered[] } }>("getAnalyzerInfo", new Empty())).toObject().policiesList;
    }

    async analyze(resource: PackResource): Promise<readonly Diagnostic[]> {
        return (await this.call<{ toObject(): { diagnosticsList: Diagnostic[] } }>("analyze", requestFor("AnalyzeRequest", resource))).toObject().diagnosticsList;
    }

    /** What the rules over the whole stack say, as the engine asks at the end of a preview. */
    async analyzeStack(resources: readonly PackResource[]): Promise<readonly Diagnostic[]> {
        const request = new messages.AnalyzeStackRequest();
        request.setResourcesList(resources.map(resource => requestFor("AnalyzerResource", resource)));
        return (await this.call<{ toObject(): { diagnosticsList: Diagnostic[] } }>("analyzeStack", request)).toObject().diagnosticsList;
    }

    /** The inputs after all remediations; undefined where none changed anything. */
    async remediate(resource: PackResource): Promise<unknown> {
        const response = await this.call<{ getRemediationsList(): { getProperties(): Struct | undefined }[] }>("remediate", requestFor("AnalyzeRequest", resource));
        return response.getRemediationsList().at(-1)?.getProperties()?.toJavaScript();
    }

    async configure(policies: Readonly<Record<string, readonly [level: number, parameters: object]>>): Promise<void> {
        const request = new messages.ConfigureAnalyzerRequest();
        for (const [rule, [level, parameters]] of Object.entries(policies)) {
            const config = new messages.PolicyConfig();
            config.setEnforcementlevel(level);
            config.setProperties(Struct.fromJavaScript(parameters as never));
            request.getPolicyconfigMap().set(rule, config);
        }
        await this.call("configure", request);
    }

    private async call<Response>(method: string, request: unknown): Promise<Response> {
        const rpc = this.client[method] as (request: unknown, callback: (error: Error | null, response: Response) => void) => void;
        return await new Promise((resolve, reject) => {
            rpc.call(this.client, request, (error, response) => { if (error === null) { resolve(response); } else { reject(error); } });
        });
    }
}

function requestFor(kind: "AnalyzeRequest" | "AnalyzerResource", { type, name, inputs }: PackResource): unknown {
    const request = new messages[kind]();
    request.setType(type);
    request.setUrn(`urn:pulumi:dev::t::${type}::${name}`);
    request.setName(name);
    request.setOptions(new messages.AnalyzerResourceOptions());
    request.setProperties(Struct.fromJavaScript(inputs as never));
    return request;
}
