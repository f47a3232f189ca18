import type { ContainerArgs, types } from "@pulumi/docker";

import type { HardenedService } from "../model/hardened";
import type { PublishedPort } from "../model/service";
import { some } from "./units";

/**
 * The networks that a container joins, under the application's names for them. A service is reached by its own name and
 * its aliases. Beside networks no mode is given: with one, the engine drops the aliases of that network.
 */
export function networkArgs(service: HardenedService): {
    networkMode?: string;
    networksAdvanced?: types.input.ContainerNetworksAdvanced[];
} {
    if (service.namespaces.network !== undefined) {
        return { networkMode: service.namespaces.network };
    }
    if (service.networks.length === 0) {
        return { networkMode: "none" };
    }
    return {
        networksAdvanced: service.networks.map(({ network, aliases, ipv4Address, ipv6Address }) => ({
            name: network,
            aliases: [...new Set([service.name, ...aliases])],
            ...ipv4Address === undefined ? {} : { ipv4Address },
            ...ipv6Address === undefined ? {} : { ipv6Address },
        })),
    };
}

/** Name resolution of a container. */
export function addressArgs(service: HardenedService): Pick<ContainerArgs, "dns" | "dnsSearches" | "dnsOpts" | "hosts"> {
    return {
        dns: some([...service.dns]),
        dnsSearches: some([...service.dnsSearch]),
        dnsOpts: some([...service.dnsOptions]),
        hosts: some(service.extraHosts.map(entry => {
            const at = entry.indexOf(":");
            return { host: entry.slice(0, at), ip: entry.slice(at + 1).replace(/^\[(.*)\]$/, "$1") };
        })),
    };
}

/** Published ports. A range, out of which the engine would choose, is refused before (problems.ts). */
export function publishedPorts(publishes: readonly PublishedPort[]): types.input.ContainerPort[] {
    return publishes.map(({ port, protocol, hostIp, published }) => ({
        internal: port,
        ...published === undefined ? {} : { external: Number(published) },
        ...hostIp === undefined ? {} : { ip: hostIp },
        protocol,
    }));
}
