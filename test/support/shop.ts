import type { HardenedApplication, HardenedNetwork, HardenedService } from "../../infra/model/hardened";
import { hardenedApplication, hardenedService } from "./hardened";

const DIGEST = `sha256:${"1".repeat(64)}`;

/** A pinned service of the shop, on its one network, with scratch at /tmp. */
export function shopService(name: string, fields: Partial<HardenedService> = {}): HardenedService {
    return hardenedService(name, {
        image: { reference: `registry.example.com/${name}:1.0@${DIGEST}`, digest: DIGEST },
        mounts: [{ type: "tmpfs", target: "/tmp", readOnly: false, sizeBytes: 16 * 1024 ** 2 }],
        networks: [{ network: "application", aliases: [] }],
        ...fields,
    });
}

/** The shop: services on one internal network. */
export function shop(services: readonly HardenedService[], fields: Partial<HardenedApplication> = {}): HardenedApplication {
    return hardenedApplication("shop", { services, networks: [internalNetwork("application")], ...fields });
}

/** A network without a way out. */
export function internalNetwork(key: string): HardenedNetwork {
    return { key, name: `shop_${key}`, internal: true, external: false, subnets: [] };
}
