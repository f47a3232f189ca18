import { engineRule } from "./define";
import type { Rule } from "../../rule";

const DAY = 24 * 3600 * 1e9;

export const SWARM_RULES: readonly Rule[] = [
    /** It opens two ports to other machines, and keeps a copy of every secret. */
    engineRule("swarm", {
        id: "unused-swarm",
        severity: "low",
        title: "An engine is in a Swarm only where it runs services",
        fix: "leave the Swarm (`docker swarm leave --force`)",
        benchmarks: ["CIS Docker 5.1"],
        controls: ["SC-54"],

        check({ all, info }) {
            const services = all.get("services");
            const manager = info.get("Swarm", "ControlAvailable").flag === true;
            return manager && services.present && services.items.length === 0 ? "is in a Swarm that runs no service (Swarm: active)" : undefined;
        },
    }),
    /** One manager lost is the Swarm lost; an even number survives no more than one less; many are many places to break in. */
    engineRule("swarm", {
        id: "swarm-managers",
        severity: "medium",
        title: "A Swarm of several machines has three, five or seven managers",
        fix: "promote or demote machines until there are three, five or seven managers",
        benchmarks: ["CIS Docker 7.1", "Docker: Administer and maintain a swarm of Docker Engines"],
        controls: ["SC-54"],

        check({ info }) {
            const managers = info.get("Swarm", "Managers").number ?? 0;
            const nodes = info.get("Swarm", "Nodes").number ?? 0;
            // A Swarm of one machine has one manager, and nothing to lose it to.
            return nodes <= 1 || [3, 5, 7].includes(managers) ? undefined : `has ${managers} ${managers === 1 ? "manager" : "managers"} for ${nodes} machines`;
        },
    }),
    /** The managers' log holds every secret, and the key to it lies beside it unless somebody else keeps it. */
    engineRule("swarm", {
        id: "swarm-not-locked",
        severity: "medium",
        title: "A Swarm's managers must be unlocked after a start",
        fix: "run `docker swarm update --autolock=true` and keep the key elsewhere",
        benchmarks: ["CIS Docker 7.5", "Docker: Lock your swarm to protect its encryption key"],
        controls: ["SC-49"],
        check: ({ all }) => all.get("swarm", "Spec", "EncryptionConfig", "AutoLockManagers").flag === true ? undefined
            : "keeps the key of its Swarm beside what it locks (autolock: false)",
    }),
    /** A certificate that was stolen is good until it ends. */
    engineRule("swarm", {
        id: "swarm-long-certificates",
        severity: "low",
        title: "Certificates of a Swarm's machines are short-lived",
        fix: "run `docker swarm update --cert-expiry 720h`",
        benchmarks: ["CIS Docker 7.7"],
        controls: ["SC-54"],
        parameters: { days: { type: "integer", default: 90, description: "how many days a machine's certificate may be good for" } },

        check({ all }, settings) {
            const expiry = (all.get("swarm", "Spec", "CAConfig", "NodeCertExpiry").number ?? 90 * DAY) / DAY;
            return expiry <= Number(settings["days"]) ? undefined : `gives its Swarm's machines certificates for ${Math.round(expiry)} days (at most: ${String(settings["days"])})`;
        },
    }),
];
