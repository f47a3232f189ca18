import { across, objectRule, stackRule, workloadRule, each } from "../../rule";
import type { Value } from "../../view/value";

/** Where a project names no networks all of its services are on one: whoever takes any of them is beside all the others. */
export const onDefaultNetwork = stackRule({
    id: "on-default-network",
    severity: "medium",
    title: "Services of a project are on networks that are named for what they carry",
    fix: "declare networks and put each service on those that it needs",
    benchmarks: ["CIS Docker 5.30", "NIST SP 800-190 4.3.3"],
    controls: ["SC-01"],
    optional: true,

    check(stack) {
        const services = stack.workloads.filter(({ platform }) => platform === "compose");
        return across(services, "networks", service => service.networks.some(({ network }) => network === "default")
            ? "is on the project's default network, with every service that names none" : undefined);
    },
});

/** What an overlay network carries between hosts can be read on the wire unless it is encrypted. */
export const overlayNotEncrypted = objectRule({
    id: "overlay-not-encrypted",
    severity: "medium",
    title: "Networks over several hosts encrypt what they carry",
    fix: "set the network's option `encrypted` to \"true\"",
    benchmarks: ["CIS Docker 7.3", "NIST SP 800-190 4.3.3"],
    controls: ["SC-01"],
    types: ["docker:index/network:Network", "compose:network"],
    property: "driver",

    check({ platform, value }) {
        const { text } = value.get("driver");
        const external = platform === "compose" && value.get("external").present && (value.get("external").isMapping || value.get("external").flag === true);
        if (text !== "overlay" || external) {
            return undefined;
        }
        const options = value.get(platform === "compose" ? "driver_opts" : "options");
        const encrypted = options.present && options.entries.some(([key, option]) => key === "encrypted" && isOn(option));
        return encrypted ? undefined : "is an overlay network that does not encrypt what it carries";
    },
});

/** The engine takes the option without a value for yes. */
function isOn(option: Value): boolean {
    return !/^(?:false|0|f)$/i.test(option.text ?? "");
}

/** `host-gateway` names the host inside a container: what listens on the host for itself then answers the container. */
export const hostGatewayAlias = workloadRule({
    id: "host-gateway-alias",
    severity: "medium",
    title: "No container has a name for its host",
    fix: "take the alias out, and run what the container needs as a service of the same network",
    benchmarks: ["Docker: host.docker.internal and --add-host"],
    controls: ["SC-01"],

    check(workload) {
        const list = HOSTS[workload.platform];
        const given = list === undefined ? undefined : workload.source.get(...list);
        if (given === undefined) {
            return undefined;
        }
        const aliases = given.known && given.isMapping ? given.entries.flatMap(([name, value]) => value.isList ? value.items.map(item => [name, item] as const) : [[name, value] as const])
            : given.items.map(item => ["", item] as const);
        return each(aliases.map(([name, value]) => ({ name, value, path: value.path })), ({ name, value }) => {
            const alias = aliasOf(name, value);
            return isGateway(alias.address) ? `has a name for its host (${alias.name})` : undefined;
        });
    },
});

const HOSTS: Readonly<Record<string, readonly string[]>> = { compose: ["extra_hosts"], docker: ["hosts"], swarm: ["taskSpec", "containerSpec", "hosts"] };

/** `name:address` or `name=address` of Compose, an item `{ host, ip }` of the provider, or a mapping's pair. */
function aliasOf(name: string, value: Value): { readonly name: string; readonly address: string } {
    if (value.isMapping) {
        return { name: value.get("host").text ?? "", address: value.get("ip").text ?? "" };
    }
    const text = value.text ?? "";
    const at = text.search(/[:=]/);
    return name !== "" || at < 0 ? { name, address: text } : { name: text.slice(0, at), address: text.slice(at + 1) };
}

/** The word that the engine replaces by the host's address, or the address that its default bridge gives the host. */
function isGateway(address: string): boolean {
    return address.trim() === "host-gateway" || address.trim() === "172.17.0.1";
}
