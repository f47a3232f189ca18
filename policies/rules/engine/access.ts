import { engineRule } from "./define";
import { each } from "../../rule";
import { NotApplicable } from "../../view/unfinished";
import type { Rule } from "../../rule";
import type { Value } from "../../view/value";

const LOOPBACK = /^(?:127\.|::1(?:\/|$)|localhost(?:$|:)|\[::1\])/;

export const ACCESS_RULES: readonly Rule[] = [
    /** Whoever speaks to the daemon is root on its host: what listens on a network must know who speaks. */
    engineRule("info", {
        id: "engine-port-unverified",
        severity: "critical",
        title: "An engine that listens on a network asks every client for a certificate",
        fix: "set `tlsverify` with `tlscacert`, `tlscert` and `tlskey`, or listen on the socket only and use ssh://",
        benchmarks: ["CIS Docker 2.7", "OWASP Docker Security Rule 1", "NIST SP 800-190 4.5.1"],
        controls: ["SC-54"],

        check({ info, config }) {
            const verified = config.get("tlsverify").flag === true;
            const told = config.present ? each(hostsOf(config).map(host => ({ path: host.path, host })), ({ host }) => {
                const { text = "" } = host;
                return /^(?:tcp|http|https):/i.test(text) && !verified ? `listens for everybody (hosts: ${text}, tlsverify: not true)` : undefined;
            }) : [];
            // The engine warns of itself where nobody else can see its configuration.
            const warned = told.length > 0 ? [] : each(info.get("Warnings").items.map(warning => ({ path: warning.path, warning })), ({ warning }) => {
                const [, address] = /API is accessible on (\S+?)(?:\.?\s)(?:.*)without (?:encryption|TLS client verification)/s.exec(warning.text ?? "") ?? [];
                return address === undefined ? undefined : `listens for everybody (${address})`;
            });
            return [...told, ...warned];
        },
    }),
    /** Over plain HTTP, or with any certificate, whoever is on the way chooses what the engine runs. */
    engineRule("info", {
        id: "insecure-registry",
        severity: "high",
        title: "The engine fetches images only from registries that prove who they are",
        fix: "take the registry out of `insecure-registries`, and put its authority into /etc/docker/certs.d",
        benchmarks: ["CIS Docker 2.5", "NIST SP 800-190 4.2.1"],
        controls: ["SC-42"],

        check({ info }) {
            const registries = info.get("RegistryConfig");
            return [
                ...each(registries.get("InsecureRegistryCIDRs").items, network => LOOPBACK.test(network.text ?? "") ? undefined : `trusts every registry in ${network.text ?? ""} unseen (insecure-registries)`),
                ...each(registries.get("IndexConfigs").entries.map(([name, index]) => ({ name, index, path: index.path })), ({ name, index }) =>
                    index.get("Secure").flag === false && !LOOPBACK.test(name) ? `trusts the registry ${name} unseen (insecure-registries)` : undefined),
            ];
        },
    }),
    /** The engine knows clients, but not what each may do: whoever may ask for anything may ask for everything. */
    engineRule("info", {
        id: "no-authorization-plugin",
        severity: "low",
        // It needs a plugin of somebody else's, and a policy of the house.
        optional: true,
        title: "A plugin decides what each client may ask of the engine",
        fix: "install an authorization plugin and name it in `authorization-plugins`",
        benchmarks: ["CIS Docker 2.12", "Docker: Access authorization plugin"],
        controls: ["SC-54"],
        check: ({ info }) => info.get("Plugins", "Authorization").items.length > 0 ? undefined : "does whatever any client asks (authorization-plugins: not set)",
    }),
    /** Members of the socket's group are root without a password and without a trace. */
    engineRule("host", {
        id: "engine-commanders",
        severity: "medium",
        title: "Only agreed users may command the engine",
        fix: "take the user out of the socket's group (`gpasswd -d USER docker`), or name it in the parameter `users`",
        benchmarks: ["CIS Docker 1.1.2", "OWASP Docker Security Rule 1"],
        controls: ["SC-54"],
        parameters: { users: { type: "array", items: { type: "string" }, default: [], description: "users who may be in the socket's group" } },

        check({ all }, settings) {
            const agreed = settings["users"] as readonly string[];
            return each(all.get("host", "commanders").items, user => agreed.includes(user.text ?? "") ? undefined : `may be commanded by ${user.text ?? ""}, who is then root on its host`);
        },
    }),
    /** A published port goes through the engine's rules: without them filters of the host are all there is, or nothing is. */
    engineRule("config", {
        id: "engine-firewall-off",
        severity: "medium",
        title: "The engine writes the rules of the firewall that its networks need",
        fix: "take `iptables: false` and `ip6tables: false` out of daemon.json; rules of your own belong to the chain DOCKER-USER",
        benchmarks: ["CIS Docker 2.4", "Docker: Packet filtering and firewalls"],
        controls: ["SC-01", "SC-02"],
        check: ({ config }) => each(["iptables", "ip6tables"].map(name => config.get(name)), setting => setting.flag === false ? `keeps no network apart (${setting.path.at(-1) ?? ""}: false)` : undefined),
    }),
    /** On the bridge that containers are on where they say nothing every one reaches all the others. */
    engineRule("networks", {
        id: "default-bridge-open",
        severity: "medium",
        title: "Containers on the default bridge do not reach each other",
        fix: "set `\"icc\": false` in daemon.json, and put what belongs together on a network of its own",
        benchmarks: ["CIS Docker 2.2", "NIST SP 800-190 4.3.3"],
        controls: ["SC-01"],

        check({ all }) {
            const bridge = all.get("networks").items.find(network => network.get("Options", "com.docker.network.bridge.default_bridge").text === "true");
            const setting = bridge?.get("Options", "com.docker.network.bridge.enable_icc");
            return setting === undefined || setting.text === "false" ? undefined : { message: `lets all containers on the default bridge reach each other (icc: ${setting.text ?? "not set"})`, at: setting.path };
        },
    }),
    /** For each published port a process of root's copies what the kernel would forward, and hides the caller's address. */
    engineRule("config", {
        id: "userland-proxy",
        severity: "low",
        title: "The kernel forwards published ports, not a process of root's",
        fix: "set `\"userland-proxy\": false` in daemon.json",
        benchmarks: ["CIS Docker 2.16"],
        controls: ["SC-54"],

        check({ config, info }) {
            if (info.get("OSType").text === "windows") {
                throw new NotApplicable("a Windows engine has no such process");
            }
            const setting = config.get("userland-proxy");
            return setting.flag === false ? undefined : `forwards published ports by a process of root's (userland-proxy: ${setting.text ?? "not set"})`;
        },
    }),
];

/** The daemon's file has a list, its command line may have had several. */
function hostsOf(config: Value): readonly Value[] {
    const hosts = config.get("hosts");
    return hosts.known && hosts.present && !hosts.isList ? [hosts] : hosts.items;
}
