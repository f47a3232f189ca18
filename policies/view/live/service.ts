import { at, below, listAt, numberAt, said, textAt } from "./sent";
import type { EngineFacts, Sent } from "./facts";

/** A Swarm service, as the engine's API shows it, told as a service of a Compose file. */
export function serviceInComposeWords(service: Sent, facts: EngineFacts): Sent {
    const spec = below(service, "Spec");
    const task = below(spec, "TaskTemplate");
    const container = below(task, "ContainerSpec");
    const networks = listAt(task, "Networks").map(network => networkName(textAt(network, "Target"), facts));
    return said({
        image: textAt(container, "Image"), user: container["User"],
        environment: container["Env"], labels: { ...below(spec, "Labels"), ...below(container, "Labels") },
        entrypoint: container["Command"], command: container["Args"],
        healthcheck: said({ test: at(container, "Healthcheck", "Test") }),
        tty: container["TTY"] === true || undefined, stdin_open: container["OpenStdin"] === true || undefined,
        read_only: container["ReadOnly"], cap_add: container["CapabilityAdd"], cap_drop: container["CapabilityDrop"], group_add: container["Groups"],
        security_opt: securityOf(below(container, "Privileges")), sysctls: container["Sysctls"], init: container["Init"],
        extra_hosts: listAt(container, "Hosts").map(entry => String(entry).replace(/^(\S+)\s+(.*)$/, "$2:$1")),
        ulimits: Object.fromEntries(listAt(container, "Ulimits").map(limit => [textAt(limit, "Name"), { soft: at(limit, "Soft"), hard: at(limit, "Hard") }])),
        secrets: listAt(container, "Secrets").map(secret => said({ source: textAt(secret, "SecretName"), target: at(secret, "File", "Name") })),
        networks: Object.fromEntries(networks.map(name => [name, null])),
        volumes: listAt(container, "Mounts").map(mountOf),
        ports: listAt(spec, "EndpointSpec", "Ports").map(port => said({ target: at(port, "TargetPort"), published: String(at(port, "PublishedPort") ?? ""), protocol: at(port, "Protocol") })),
        logging: said({ driver: at(task, "LogDriver", "Name"), options: at(task, "LogDriver", "Options") }),
        deploy: deployOf(task),
    });
}

function networkName(id: string, { networks = [] }: EngineFacts): string {
    return textAt(networks.find(network => textAt(network, "Id") === id), "Name") || id;
}

function mountOf(mount: unknown): Sent {
    return said({
        type: textAt(mount, "Type"), source: textAt(mount, "Source"), target: textAt(mount, "Target"), read_only: at(mount, "ReadOnly") === true,
        bind: said({ propagation: at(mount, "BindOptions", "Propagation") }), tmpfs: said({ size: at(mount, "TmpfsOptions", "SizeBytes") }),
    });
}

function securityOf(privileges: Sent): readonly string[] {
    const off = (key: string, option: string, wanted: readonly string[]) => wanted.includes(textAt(privileges, key, "Mode")) ? [option] : [];
    return [
        ...privileges["NoNewPrivileges"] === true ? ["no-new-privileges:true"] : [],
        ...off("Seccomp", "seccomp=unconfined", ["unconfined"]), ...off("AppArmor", "apparmor=unconfined", ["disabled"]),
        ...at(privileges, "SELinuxContext", "Disable") === true ? ["label=disable"] : [],
    ];
}

function deployOf(task: Sent): Sent {
    const limits = below(task, "Resources", "Limits");
    const policy = below(task, "RestartPolicy");
    return said({
        resources: said({ limits: said({
            memory: numberAt(limits, "MemoryBytes") || undefined, pids: numberAt(limits, "Pids") || undefined,
            cpus: numberAt(limits, "NanoCPUs") > 0 ? String(numberAt(limits, "NanoCPUs") / 1e9) : undefined,
        }) }),
        restart_policy: said({ condition: textAt(policy, "Condition") || "any", max_attempts: policy["MaxAttempts"] }),
    });
}
