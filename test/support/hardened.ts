import type { HardenedApplication, HardenedService } from "../../infra/model/hardened";

/** A service with every measure applied and nothing granted; only a test makes one without `harden`. */
export function hardenedService(name: string, fields: Partial<HardenedService>): HardenedService {
    return {
        name, role: "application", image: { reference: "portcullis-stand-in/base" }, user: { uid: 1000, gid: 1000 },
        supplementaryGroups: [], environment: {}, readOnlyRoot: true, mounts: [], dropAllCapabilities: true, capabilities: [],
        privileged: false, namespaces: {}, noNewPrivileges: true, seccomp: "default",
        limits: { memoryBytes: 64 * 1024 ** 2, memorySwapBytes: 64 * 1024 ** 2, cpus: 0.5, pids: 64 },
        ulimits: {}, sysctls: {}, networks: [], publishes: [], listens: [], dependsOn: [], restart: "unless-stopped",
        init: false, tty: false, stdinOpen: false, dns: [], dnsSearch: [], dnsOptions: [], extraHosts: [], labels: {},
        logs: { maxSizeMiB: 10, maxFiles: 10 }, secretFiles: [], configFiles: [], deviceRequests: [], devices: [], replicas: 1,
        ...fields,
    } as Partial<HardenedService> as HardenedService;
}

/** An application of such services; networks and volumes are named after it. */
export function hardenedApplication(name: string, fields: Partial<HardenedApplication>): HardenedApplication {
    return {
        name, directory: "/nowhere", environment: "production", exposure: "edge", services: [], networks: [], volumes: [], secrets: [],
        changes: [], exemptions: [], beforeProduction: [], ...fields,
    };
}
