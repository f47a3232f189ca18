import { engineRule, hasOption, linuxOnly } from "./define";
import { NotApplicable } from "../../view/unfinished";
import type { Rule } from "../../rule";

export const PRIVILEGE_RULES: readonly Rule[] = [
    /** Whoever breaks into the daemon, or out of a container through it, has its rights. */
    engineRule("info", {
        id: "engine-runs-as-root",
        severity: "medium",
        // A rootless engine lacks what some applications need: ports below 1024, AppArmor, overlay networks.
        optional: true,
        title: "The engine runs as a user without rights",
        fix: "install the engine in rootless mode where its limits allow it (`dockerd-rootless-setuptool.sh install`)",
        benchmarks: ["CIS Docker 2.1", "Docker: Rootless mode", "NIST SP 800-190 4.5.1"],
        controls: ["SC-54"],

        check({ info }) {
            linuxOnly(info);
            return hasOption(info, "rootless") ? undefined : "runs as root (SecurityOptions: no rootless)";
        },
    }),
    /** Without a mapping root inside a container is root on the host, and only other walls are in between. */
    engineRule("info", {
        id: "users-not-remapped",
        severity: "high",
        title: "The engine maps the users of containers to users of the host without rights",
        fix: "set `userns-remap` in daemon.json (`default` makes a user), or run the engine in rootless mode",
        benchmarks: ["CIS Docker 2.9", "Docker: Isolate containers with a user namespace", "NIST SP 800-190 4.4.3"],
        controls: ["SC-39", "SC-54"],

        check({ info }) {
            linuxOnly(info);
            return hasOption(info, "userns") || hasOption(info, "rootless") ? undefined : "gives containers the host's own users (SecurityOptions: neither userns nor rootless)";
        },
    }),
    /** Then a container that forgot to say so is protected as well. Engines tell it of themselves since version 23. */
    engineRule("info", {
        id: "privilege-gain-by-default",
        severity: "medium",
        title: "The engine keeps containers from gaining privileges unless they are allowed to",
        fix: "set `\"no-new-privileges\": true` in daemon.json",
        benchmarks: ["CIS Docker 2.14", "Docker: dockerd, --no-new-privileges"],
        controls: ["SC-39"],

        check({ info, config }) {
            linuxOnly(info);
            if (hasOption(info, "no-new-privileges") || config.get("no-new-privileges").flag === true) {
                return undefined;
            }
            if (!config.present && Number.parseInt(info.get("ServerVersion").text ?? "", 10) < 23) {
                throw new NotApplicable("the engine does not tell");
            }
            return "lets containers gain privileges where they do not say otherwise (no-new-privileges: not set)";
        },
    }),
    /** The filter keeps some forty calls of the kernel from every container that asks for nothing else. */
    engineRule("info", {
        id: "engine-seccomp-off",
        severity: "high",
        title: "The engine filters the system calls of containers",
        fix: "take `seccomp-profile: unconfined` out of daemon.json; a kernel without seccomp needs CONFIG_SECCOMP",
        benchmarks: ["CIS Docker 2.17", "Docker: Seccomp security profiles for Docker", "NIST SP 800-190 4.4.3"],
        controls: ["SC-40"],

        check({ info, config }) {
            linuxOnly(info);
            const options = info.get("SecurityOptions").items.map(option => option.text ?? "");
            const seccomp = options.find(option => option.split(",").includes("name=seccomp"));
            const off = seccomp?.includes("profile=unconfined") === true || config.get("seccomp-profile").text === "unconfined";
            return seccomp === undefined || off ? `filters no system calls by default (seccomp: ${off ? "unconfined" : "not supported"})` : undefined;
        },
    }),
    /** Another parent may have other limits, or none, and its containers escape what was set for the engine's. */
    engineRule("config", {
        id: "cgroup-parent-changed",
        severity: "low",
        title: "Containers are in the control group that is meant for them",
        fix: "take `cgroup-parent` out of daemon.json, unless the group was made with limits of its own",
        benchmarks: ["CIS Docker 2.10"],
        controls: ["SC-41"],
        parameters: { groups: { type: "array", items: { type: "string" }, default: ["docker", "/docker", "system.slice"], description: "control groups that may be the parent" } },

        check({ config }, settings) {
            const { text } = config.get("cgroup-parent");
            const groups = settings["groups"] as readonly string[];
            return text === undefined || text === "" || groups.includes(text) ? undefined : `puts containers into a control group of its own (cgroup-parent: ${text})`;
        },
    }),
    /** What is experimental may change or go with the next release, and was looked at by fewer people. */
    engineRule("info", {
        id: "experimental-engine",
        severity: "low",
        title: "The engine's experimental features are off",
        fix: "take `experimental` out of daemon.json",
        benchmarks: ["CIS Docker 2.18"],
        controls: ["SC-54"],
        check: ({ info }) => info.get("ExperimentalBuild").flag === true ? "has its experimental features on (experimental: true)" : undefined,
    }),
];
