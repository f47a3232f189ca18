import { resolve } from "node:path";

import { type DockerApplication, deployDocker } from "./docker/application";
import { dockerOptions } from "./docker/options";
import { refuseProblems } from "./model/problem";
import { loadSystem } from "./system/load";
import { type Prepared, prepare } from "./system/prepare";

/** A stack's configuration (`portcullis:*`), with what the caller adds. */
export interface ProgramSettings {
    /** Folder of the system, absolute or from `root`. */
    readonly system: string;
    readonly root: string;
    readonly target: string;
    readonly environment: string | undefined;
    readonly deploying: boolean;
    readonly variables: Readonly<Record<string, string | undefined>>;
    readonly without?: readonly string[];
}

/** Reads the system and hardens it: everything before the first resource. */
export function prepareProgram(settings: ProgramSettings): Prepared {
    refuseProblems(settings.target === "docker" ? [] : [{
        subject: "portcullis:target", fault: "is not a target of this version", got: settings.target, remedy: "write docker",
    }]);
    const system = loadSystem(resolve(settings.root, settings.system), { environment: settings.variables });
    return prepare(system, {
        deploying: settings.deploying,
        ...(settings.environment !== undefined && { environment: settings.environment }),
        ...(settings.without && { without: settings.without }),
    });
}

/** Registers the resources of a prepared system. */
export function deploy(prepared: Prepared): DockerApplication {
    return deployDocker(prepared.application, { ...dockerOptions(), examples: prepared.examples });
}
