import type { HardenedApplication, HardenedNetwork, HardenedService } from "../../infra/model/hardened";

const MIB = 1024 * 1024;

/** A service that passed every measure, for tests of what comes after `harden`, the only true maker of this type. */
export function hardenedService(name: string, more: Partial<HardenedService> = {}): HardenedService {
    return {
        name,
        role: "application",
        image: { reference: `registry.example.com/${name}:1.0@sha256:${"1".repeat(64)}`, digest: `sha256:${"1".repeat(64)}` },
        user: { uid: 1000, gid: 1000 },
        supplementaryGroups: [],
        environment: {},
        readOnlyRoot: true,
        mounts: [{ type: "tmpfs", target: "/tmp", readOnly: false, sizeBytes: 16 * MIB }],
        dropAllCapabilities: true,
        capabilities: [],
        privileged: false,
        namespaces: {},
        noNewPrivileges: true,
        seccomp: "default",
        limits: { memoryBytes: 64 * MIB, memorySwapBytes: 64 * MIB, cpus: 0.5, pids: 50 },
        ulimits: {},
        sysctls: {},
        networks: [{ network: "application", aliases: [] }],
        publishes: [],
        listens: [],
        dependsOn: [],
        restart: "unless-stopped",
        init: false,
        tty: false,
        stdinOpen: false,
        dns: [],
        dnsSearch: [],
        dnsOptions: [],
        extraHosts: [],
        labels: {},
        logs: { maxSizeMiB: 10, maxFiles: 10 },
        secretFiles: [],
        configFiles: [],
        deviceRequests: [],
        devices: [],
        replicas: 1,
        ...more,
    } as unknown as HardenedService;
}

/** An application of hardened services on one internal network. */
export function hardenedApplication(services: readonly HardenedService[], more: Partial<HardenedApplication> = {}): HardenedApplication {
    return {
        name: "shop",
        directory: "/srv/shop",
        environment: "production",
        exposure: "edge",
        services,
        networks: [internalNetwork("application")],
        volumes: [],
        secrets: [],
        changes: [],
        beforeProduction: [],
        ...more,
    };
}

/** A network without a way out. */
export function internalNetwork(key: string): HardenedNetwork {
    return { key, name: `shop_${key}`, internal: true, external: false, subnets: [] };
}
