import * as path from "node:path";

/** Compose's name of a secret as one service gets it: each has a file of its own, since files have one owner. */
export function secretKey(service: string, secret: string): string {
    return `${service}_${secret}`;
}

/** Where that file is in the output directory. */
export function secretPath(service: string, secret: string): string {
    return `secrets/${service}/${secret}`;
}

/** Where the value is kept for the next rendering; only whoever renders can read it. */
export function keptPath(secret: string): string {
    return `secrets/.kept/${secret}`;
}

/** Compose's name of a service's configuration file, by its place (from 0) in the list. */
export function configKey(service: string, at: number): string {
    return `${service}_config_${at}`;
}

/** Where a configuration file that has its content in the model is in the output directory. */
export function configPath(service: string, at: number, target: string): string {
    return `configs/${service}/${at}-${path.posix.basename(target)}`;
}
