import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import type { FileEntry } from "./archive";
import type { FilesInputs } from "./files";
import type { OnEngine } from "./handler";
import type { ProcessLimitInputs } from "./process-limit";
import type { ReadyInputs } from "./ready";
import type { StartInputs } from "./start";
import type { VolumeOwnerInputs } from "./volume-owner";

/** Every property may be an output. */
type Args<T> = { readonly [K in keyof T]: pulumi.Input<T[K]> };

/**
 * The program text that Pulumi's dynamic provider evaluates to get a handler. Pulumi would make it by serialising
 * closures, which loads the TypeScript compiler (a third of a second at every preview) and puts the code into the state;
 * this text only says where the handler is. The path is relative to the project's directory, where Pulumi runs both the
 * program and the provider, so a state does not name the machine that wrote it.
 */
function handlerText(file: string): string {
    const relative = path.relative(process.cwd(), path.join(__dirname, `${file}.ts`)).split(path.sep).join("/");
    return `exports.handler = () => {
        const file = require("node:path").resolve(${JSON.stringify(relative)});
        require("node:module").createRequire(file)("tsx/cjs/api").register();
        return require(file).handler;
    };`;
}

function properties(file: string, args: object, outputs: readonly string[] = []): pulumi.Inputs {
    return { ...Object.fromEntries(outputs.map(name => [name, undefined])), ...args, __provider: handlerText(file) };
}

/** The most processes of a container, which @pulumi/docker cannot set. */
export class ProcessLimit extends pulumi.CustomResource {
    constructor(name: string, args: Args<ProcessLimitInputs>, opts?: pulumi.CustomResourceOptions) {
        super("pulumi-nodejs:portcullis:ProcessLimit", name, properties("process-limit", args), opts);
    }
}

/** A container's start, after its limits, files and dependencies are in place. */
export class Start extends pulumi.CustomResource {
    declare readonly startedAt: pulumi.Output<string>;

    constructor(name: string, args: Args<StartInputs>, opts?: pulumi.CustomResourceOptions) {
        super("pulumi-nodejs:portcullis:Start", name, properties("start", args, ["startedAt"]), opts);
    }
}

/** The moment from which a container is healthy, or a job done. */
export class Ready extends pulumi.CustomResource {
    constructor(name: string, args: Args<ReadyInputs>, opts?: pulumi.CustomResourceOptions) {
        super("pulumi-nodejs:portcullis:Ready", name, properties("ready", args), opts);
    }
}

/** Files in a volume; only the content of a file is ever secret, so its owner and mode can be judged. */
export interface FilesArgs extends Omit<Args<FilesInputs>, "files"> {
    readonly files: readonly Args<FileEntry>[];
}

/** Files in a volume. */
export class Files extends pulumi.CustomResource {
    declare readonly version: pulumi.Output<number>;

    constructor(name: string, args: FilesArgs, opts?: pulumi.CustomResourceOptions) {
        super("pulumi-nodejs:portcullis:Files", name, properties("files", args, ["version"]), opts);
    }
}

/** The owner of a volume's root directory. */
export class VolumeOwner extends pulumi.CustomResource {
    constructor(name: string, args: Args<VolumeOwnerInputs>, opts?: pulumi.CustomResourceOptions) {
        super("pulumi-nodejs:portcullis:VolumeOwner", name, properties("volume-owner", args), opts);
    }
}

/** Address of the engine as the Docker provider has it from the stack's configuration; undefined: the environment's. */
export function engineAddress(): OnEngine {
    const host = new pulumi.Config("docker").get("host");
    return host === undefined ? {} : { host };
}
