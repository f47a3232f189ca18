import { said } from "./docker";
import { nameOf } from "./workloads";
import type { Workload } from "./workloads";

type Mapping = Readonly<Record<string, unknown>>;

/** A Deployment, as a manifest has it. */
export function deployment(workload: Workload, namespace: string): Mapping {
    const { volumes, mounts } = storageOf(workload);
    const labels = { app: nameOf(workload), ...Object.fromEntries(Object.entries(workload.labels ?? {})) };
    return {
        apiVersion: "apps/v1", kind: "Deployment", metadata: { name: nameOf(workload), namespace, labels: { app: nameOf(workload) } },
        spec: {
            replicas: 2, selector: { matchLabels: { app: nameOf(workload) } },
            template: {
                metadata: { labels },
                spec: said({
                    automountServiceAccountToken: false, enableServiceLinks: false,
                    hostNetwork: workload.network === "host" || undefined, hostPID: workload.hostPid, hostIPC: workload.hostIpc, hostUsers: workload.hostUsers,
                    securityContext: said({
                        sysctls: Object.entries(workload.sysctls ?? {}).map(([name, value]) => ({ name, value })),
                        seccompProfile: { type: workload.seccomp === undefined ? "RuntimeDefault" : "Unconfined" },
                        supplementalGroups: workload.groups?.map(Number),
                    }),
                    hostAliases: Object.keys(workload.hosts ?? {}).length > 0 ? [{ ip: "10.0.0.1", hostnames: Object.keys(workload.hosts ?? {}) }] : undefined,
                    containers: [containerOf(workload, mounts)],
                    volumes,
                }),
            },
        },
    };
}

/** The same as a pod alone, which is given the token of its account unless it says otherwise. */
export function pod(workload: Workload, namespace: string): Mapping {
    const { spec } = deployment(workload, namespace) as { readonly spec: { readonly template: { readonly metadata: Mapping; readonly spec: Mapping } } };
    const { automountServiceAccountToken, ...rest } = spec.template.spec;
    void automountServiceAccountToken;
    return { apiVersion: "v1", kind: "Pod", metadata: { ...spec.template.metadata, name: nameOf(workload), namespace }, spec: rest };
}

function containerOf(workload: Workload, volumeMounts: readonly Mapping[]): Mapping {
    const { memory, cpus, healthy } = workload;
    const amounts = said({ memory: memory === undefined ? undefined : `${memory}Mi`, cpu: cpus === undefined ? undefined : `${cpus * 1000}m` });
    const probe = { exec: { command: ["/healthy"] } };
    return said({
        name: "api", image: workload.image, command: workload.command,
        env: Object.entries(workload.environment ?? {}).map(([name, value]) => ({ name, value })),
        ports: workload.ports?.map(({ host, container, address }) => said({ containerPort: container, hostPort: workload.network === "host" ? undefined : host, hostIP: address })),
        resources: { limits: { ...amounts, "ephemeral-storage": "64Mi" }, requests: { ...amounts, "ephemeral-storage": "64Mi" } },
        ...healthy === true ? { livenessProbe: probe, readinessProbe: probe } : {},
        securityContext: contextOf(workload), volumeMounts,
        tty: workload.terminal, stdin: workload.terminal,
    });
}

function contextOf(workload: Workload): Mapping {
    const [user] = workload.user?.split(":") ?? [];
    const number = user === undefined ? undefined : user === "root" ? 0 : Number(user);
    // The API server refuses a privileged container that may not gain privileges.
    const powerful = workload.privileged === true || workload.add?.some(capability => ["ALL", "SYS_ADMIN"].includes(capability)) === true;
    const gain = workload.noNewPrivileges === undefined ? undefined : !workload.noNewPrivileges;
    return said({
        privileged: workload.privileged, runAsUser: number, runAsGroup: number, runAsNonRoot: number === undefined ? undefined : number !== 0, readOnlyRootFilesystem: workload.readOnly,
        allowPrivilegeEscalation: powerful ? undefined : gain,
        capabilities: workload.add === undefined && workload.drop === undefined ? undefined : said({ add: workload.add, drop: workload.drop }),
        appArmorProfile: workload.apparmor === undefined ? undefined : { type: "Unconfined" },
    });
}

function storageOf({ binds = [], volumes = {}, scratch = {}, devices = [] }: Workload): { readonly volumes: Mapping[]; readonly mounts: Mapping[] } {
    const propagated = (propagation: string | undefined) => propagation === undefined ? {} : { mountPropagation: "HostToContainer" };
    const paths = [
        ...binds.map(({ source, target, readOnly, propagation }) => ({ volume: { hostPath: { path: source } }, mount: { mountPath: target, readOnly, ...propagated(propagation) } })),
        ...devices.map(device => ({ volume: { hostPath: { path: device } }, mount: { mountPath: device, readOnly: true } })),
        ...Object.entries(volumes).map(([name, target]) => ({ volume: { persistentVolumeClaim: { claimName: name } }, mount: { mountPath: target } })),
        ...Object.entries(scratch).map(([target, options]) => ({ volume: { emptyDir: said({ medium: "Memory", sizeLimit: /size=(\d+)m/.exec(options)?.[1]?.concat("Mi") }) }, mount: { mountPath: target } })),
    ];
    return { volumes: paths.map(({ volume }, at) => ({ name: `v${at}`, ...volume })), mounts: paths.map(({ mount }, at) => ({ name: `v${at}`, ...mount })) };
}

/** The resource of a program. */
export function deploymentResource(workload: Workload, namespace: string): { readonly type: string; readonly name: string; readonly urn: string; readonly inputs: Mapping } {
    const type = "kubernetes:apps/v1:Deployment";
    return { type, name: nameOf(workload), urn: `urn:pulumi:dev::parity::${type}::${nameOf(workload)}`, inputs: deployment(workload, namespace) };
}
