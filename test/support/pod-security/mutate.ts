import type { Template } from "./kinds";

/** The way to a value: keys, and indices of lists. */
export type Way = readonly (string | number)[];
/** A random number from 0 up to, and without, 1. */
export type Random = () => number;

/** Where something can be written, and what: allowed, refused, empty, and none at all. */
export type Field = readonly [way: Way, values: readonly unknown[]];

export const ABSENT = Symbol("absent");
const FLAG = [true, false, null, ABSENT];
const SECCOMP = "seccomp.security.alpha.kubernetes.io";
const APPARMOR = "container.apparmor.security.beta.kubernetes.io";
const handler = [{}, { httpGet: { host: "10.0.0.1", port: 80 } }, { tcpSocket: { host: "10.0.0.1", port: 80 } }, { httpGet: { host: "", port: 80 }, tcpSocket: null }, { httpGet: null }, ABSENT];
const hosts = (...way: string[]): Field[] => ["httpGet", "tcpSocket"].map(action => [[...way, action, "host"], ["10.0.0.1", "", null, ABSENT]]);

/** What the pod and its containers have in common. */
const SHARED: readonly Field[] = [
    [["securityContext"], [{}, null, ABSENT, { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" }, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } }]],
    [["securityContext", "runAsNonRoot"], FLAG],
    [["securityContext", "runAsUser"], [0, 1, 1000, null, ABSENT]],
    [["securityContext", "seccompProfile"], [{}, null, ABSENT, { type: "Localhost", localhostProfile: "a.json" }]],
    [["securityContext", "seccompProfile", "type"], ["RuntimeDefault", "Localhost", "Unconfined", "", "runtimedefault", null, ABSENT]],
    [["securityContext", "appArmorProfile"], [{}, null, ABSENT, { type: "Localhost", localhostProfile: "a" }]],
    [["securityContext", "appArmorProfile", "type"], ["RuntimeDefault", "Localhost", "Unconfined", "", null, ABSENT]],
    [["securityContext", "seLinuxOptions"], [{}, null, ABSENT, { level: "s0" }]],
    [["securityContext", "seLinuxOptions", "type"], ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t", "spc_t", null, ABSENT]],
    [["securityContext", "seLinuxOptions", "user"], ["", "system_u", null, ABSENT]],
    [["securityContext", "seLinuxOptions", "role"], ["", "sysadm_r", null, ABSENT]],
    [["securityContext", "windowsOptions"], [{}, null, ABSENT, { runAsUserName: "x" }]],
    [["securityContext", "windowsOptions", "hostProcess"], FLAG],
];

/** Everything in a container that any check has ever looked at. */
export const CONTAINER_FIELDS: readonly Field[] = [
    ...SHARED,
    [["securityContext", "privileged"], FLAG],
    [["securityContext", "allowPrivilegeEscalation"], FLAG],
    [["securityContext", "procMount"], ["Default", "Unmasked", "", null, ABSENT]],
    [["securityContext", "capabilities"], [{}, null, ABSENT, { drop: ["ALL"] }, { add: ["SYS_ADMIN"] }]],
    [["securityContext", "capabilities", "add"], [[], ["NET_BIND_SERVICE"], ["CHOWN"], ["CHOWN", "NET_RAW"], ["ALL"], ["CAP_CHOWN"], ["chown"], [""], [null], null, ABSENT]],
    [["securityContext", "capabilities", "drop"], [[], ["ALL"], ["NET_RAW", "ALL"], ["NET_RAW"], ["all"], [null], null, ABSENT]],
    [["ports"], [[], [{ containerPort: 80 }], [{ containerPort: 80, hostPort: 80 }], [null, { hostPort: -1 }], [{ hostPort: 0 }, { hostPort: null }], null, ABSENT]],
    [["ports", 0, "hostPort"], [0, 1, 65535, null, ABSENT]],
    ...["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe): Field[] => [[[probe], handler], ...hosts(probe)]),
    ...["postStart", "preStop"].flatMap((hook): Field[] => [[["lifecycle", hook], handler], ...hosts("lifecycle", hook)]),
    [["lifecycle"], [{}, null, ABSENT]],
    [["name"], ["a", "b", "", null, ABSENT]],
];

const SOURCES = [
    "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret", "hostPath", "gcePersistentDisk",
    "awsElasticBlockStore", "gitRepo", "nfs", "iscsi", "glusterfs", "rbd", "flexVolume", "cinder", "cephfs", "flocker", "fc", "azureFile", "vsphereVolume",
    "quobyte", "azureDisk", "photonPersistentDisk", "portworxVolume", "scaleIO", "storageos",
];
const SYSCTLS = [
    "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem", "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat", "kernel.msgmax", "net.core.somaxconn", "",
];

/** Everything else of a pod that any check has ever looked at. */
export const POD_FIELDS: readonly Field[] = [
    ...SHARED.map(([way, values]): Field => [["spec", ...way], values]),
    ...["hostNetwork", "hostPID", "hostIPC", "hostUsers"].map((name): Field => [["spec", name], FLAG]),
    [["spec", "os"], [{}, null, ABSENT, { name: "windows" }, { name: "linux" }]],
    [["spec", "os", "name"], ["windows", "linux", "Windows", "", null, ABSENT]],
    [["spec", "securityContext", "sysctls"], [[], null, ABSENT, [null], ...SYSCTLS.map(name => [{ name, value: "1" }]), [{ name: "kernel.shm_rmid_forced" }, { value: "1" }]]],
    [["spec", "volumes"], [[], null, ABSENT, [null], [{ name: "a" }], ...SOURCES.map(source => [{ name: "a", [source]: {} }]), [{ name: "a", other: {} }, { name: "b", nfs: null }]]],
    ...SOURCES.map((source): Field => [["spec", "volumes", 0, source], [{}, null, ABSENT]]),
    [["metadata", "annotations"], [{}, null, ABSENT]],
    ...[`${SECCOMP}/pod`, `container.${SECCOMP}/a`, `container.${SECCOMP}/container1`, `container.${SECCOMP}/`].map((name): Field =>
        [["metadata", "annotations", name], ["runtime/default", "docker/default", "localhost/a", "unconfined", "", null, ABSENT]]),
    ...[`${APPARMOR}/a`, `${APPARMOR}/`].map((name): Field => [["metadata", "annotations", name], ["runtime/default", "localhost/a", "localhost", "unconfined", "", null, ABSENT]]),
    ...["containers", "initContainers", "ephemeralContainers"].map((list): Field => [["spec", list], [[], null, ABSENT, [null], [{ name: "a" }, { name: "b" }]]]),
    [["spec"], [{}, null, ABSENT]],
    [["metadata"], [{}, null, ABSENT]],
];

/** A copy in which a value was written, or taken out; what lies on the way is made. */
export function written(root: unknown, [step, ...rest]: Way, value: unknown): unknown {
    if (step === undefined) {
        return value;
    }
    const isList = typeof step === "number";
    const copy = (isList ? [...Array.isArray(root) ? root : []] : { ...typeof root === "object" && !Array.isArray(root) ? root : {} }) as Record<string | number, unknown>;
    if (rest.length === 0 && value === ABSENT && !isList) {
        delete copy[step];
    } else {
        copy[step] = written(copy[step], rest, value === ABSENT && rest.length === 0 ? null : value);
    }
    return copy;
}

/** The ways to all containers of a pod, each list's. */
export function containerWays(pod: Template): Way[] {
    const spec = (pod.spec ?? {}) as Record<string, unknown>;
    return ["initContainers", "containers", "ephemeralContainers"].flatMap(list => Array.isArray(spec[list]) ? spec[list].map((_, at) => ["spec", list, at] as const) : []);
}

/** A stream of numbers that a seed decides (mulberry32). */
export function randomOf(seed: number): Random {
    let state = seed;
    return () => {
        state = (state + 0x6D2B79F5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

export function oneOf<Item>(random: Random, items: readonly Item[]): Item {
    return items[Math.floor(random() * items.length)] as Item;
}

/** A pod with one to four changes: a field written or taken out, a container put elsewhere or beside itself. */
export function mutated(pod: Template, random: Random): Template {
    let result = pod;
    for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
        const ways = containerWays(result);
        const choice = random();
        if (ways.length === 0 || choice < 0.4) {
            const [way, values] = oneOf(random, POD_FIELDS);
            result = written(result, way, oneOf(random, values)) as Template;
        } else if (choice < 0.9) {
            const [way, values] = oneOf(random, CONTAINER_FIELDS);
            result = written(result, [...oneOf(random, ways), ...way], oneOf(random, values)) as Template;
        } else {
            result = moved(result, oneOf(random, ways), random);
        }
    }
    return result;
}

/** Puts a container into a list, its own or another, as a sidecar where it likes. */
function moved(pod: Template, way: Way, random: Random): Template {
    const [, from = "", at = 0] = way;
    const list = (name: string | number): unknown[] => ((pod.spec as Record<string, unknown>)[name] ?? []) as unknown[];
    const to = oneOf(random, ["initContainers", "containers", "ephemeralContainers"]);
    const container = { ...list(from)[Number(at)] as object, ...random() < 0.5 ? {} : { restartPolicy: "Always" } };
    const left = random() < 0.3 ? pod : written(pod, ["spec", from], list(from).filter((_, index) => index !== at)) as Template;
    const there = ((left.spec as Record<string, unknown>)[to] ?? []) as unknown[];
    return written(left, ["spec", to], [...there, container]) as Template;
}
