import * as pulumi from "@pulumi/pulumi";

import { engineFacts } from "./engine-facts";
import { engineAddress } from "./engine/resources";
import { HolderImage, PAUSE } from "./secret-store";

/** What a stack can say about the Docker target. */
export interface DockerOptions {
    /** The image that keeps memory-backed secrets mounted. */
    readonly holder: HolderImage;
    /** Whether the engine mounts single files of a volume (Docker 26 and later). */
    readonly subpaths: pulumi.Input<boolean>;
    /** What the authors published for each secret: no given value may be that. */
    readonly examples?: Readonly<Record<string, string | null>>;
}

/**
 * The options of the running stack: `portcullis:holderImage` (and `portcullis:holderCommand`, a JSON list) name another
 * image for the holder of secrets than Kubernetes' pause, e.g. that of an own registry. The engine is asked only where a
 * deployment engine stands behind the program: a preview in-process must not depend on the machine.
 */
export function dockerOptions(): DockerOptions {
    return {
        holder: holderImage(new pulumi.Config("portcullis")),
        subpaths: pulumi.runtime.hasEngine() ? pulumi.output(engineFacts(engineAddress().host)).subpaths : true,
    };
}

function holderImage(config: pulumi.Config): HolderImage {
    const reference = config.get("holderImage");
    if (reference === undefined) {
        return PAUSE;
    }
    const digest = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
    const command = config.getObject<string[]>("holderCommand");
    return { reference, ...digest === undefined ? {} : { digest }, ...command === undefined ? {} : { command } };
}
