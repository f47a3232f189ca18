import { engineRule } from "./define";
import { each } from "../../rule";
import { NotApplicable } from "../../view/unfinished";
import type { Rule } from "../../rule";

/** Drivers that engines had and gave up, or that are for tests: their faults are mended by nobody. */
const RETIRED: ReadonlySet<string> = new Set(["aufs", "devicemapper", "overlay", "vfs"]);

export const OPERATION_RULES: readonly Rule[] = [
    /** Too little tells nothing of an attack; debugging tells of requests, with what was in them. */
    engineRule("config", {
        id: "engine-log-level",
        severity: "low",
        title: "The engine logs what it does, and no more",
        fix: "set `\"log-level\": \"info\"` in daemon.json, or take it out, and take `debug` out",
        benchmarks: ["CIS Docker 2.3"],
        controls: ["SC-56"],

        check({ info, config }) {
            const { text = "info" } = config.get("log-level");
            const debug = config.get("debug").flag === true || info.get("Debug").flag === true;
            return text === "info" && !debug ? undefined : `logs ${debug || text === "debug" ? "more" : "less"} than it should (${text === "info" ? "debug: true" : `log-level: ${text}`})`;
        },
    }),
    /** Who takes a host over takes its logs with it. */
    engineRule("info", {
        id: "logs-stay-on-host",
        severity: "low",
        // A collector that reads the files is as good, and cannot be seen from here.
        optional: true,
        title: "What containers log goes to another machine",
        fix: "set `log-driver` to one that forwards (syslog, journald with a forwarder, fluentd, gelf, a cloud's own), or collect the files",
        benchmarks: ["CIS Docker 2.13"],
        controls: ["SC-57"],

        check({ info }) {
            const { text } = info.get("LoggingDriver");
            return text === undefined || ["", "json-file", "local", "none"].includes(text) ? `keeps logs on its host only (log-driver: ${text ?? "not set"})` : undefined;
        },
    }),
    engineRule("info", {
        id: "retired-storage-driver",
        severity: "medium",
        title: "The engine keeps layers by a driver that is still looked after",
        fix: "set `storage-driver` to overlay2 (or take it out) and fetch the images anew",
        benchmarks: ["CIS Docker 2.6", "CIS Docker 2.11", "Docker: Select a storage driver"],
        controls: ["SC-54"],

        check({ info, config }) {
            const { text = "" } = info.get("Driver");
            const sized = config.get("storage-opts").items.find(option => /^dm\.basesize=/.test(option.text ?? ""));
            return RETIRED.has(text) ? `keeps layers by a driver that nobody looks after any more (${text})`
                : sized === undefined ? undefined : { message: `changes how large a container may grow (storage-opts: ${sized.text ?? ""})`, at: sized.path };
        },
    }),
    /** A process that opens files or starts children without end takes its host's share as well. */
    engineRule("config", {
        id: "no-default-ulimits",
        severity: "low",
        // Containers may bound themselves, and there are rules for that.
        optional: true,
        title: "The engine gives containers limits where they set none",
        fix: "set `default-ulimits` in daemon.json, e.g. nofile and nproc",
        benchmarks: ["CIS Docker 2.8"],
        controls: ["SC-41"],
        check: ({ config }) => config.get("default-ulimits").entries.length > 0 ? undefined : "gives containers no limits of files and processes (default-ulimits: not set)",
    }),
    /** Otherwise every update of the engine is an outage, and is put off. A Swarm moves its tasks instead. */
    engineRule("info", {
        id: "no-live-restore",
        severity: "low",
        title: "Containers go on while the engine is started again",
        fix: "set `\"live-restore\": true` in daemon.json",
        benchmarks: ["CIS Docker 2.15", "Docker: Live restore"],
        controls: ["SC-54"],

        check({ info }) {
            if (info.get("Swarm", "LocalNodeState").text === "active" || info.get("OSType").text === "windows") {
                throw new NotApplicable("live restore and a Swarm exclude each other");
            }
            return info.get("LiveRestoreEnabled").flag === true ? undefined : "stops its containers when it is stopped itself (live-restore: not set)";
        },
    }),
    /** A full disk stops the host: what containers write should fill their own. */
    engineRule("host", {
        id: "engine-data-on-root",
        severity: "low",
        title: "What the engine keeps is on a file system of its own",
        fix: "mount a file system at the engine's data-root (/var/lib/docker)",
        benchmarks: ["CIS Docker 1.1.1"],
        controls: ["SC-54"],
        check: ({ all, info }) => all.get("host", "separateData").flag === false
            ? `keeps its data on the host's root file system (${info.get("DockerRootDir").text ?? ""})` : undefined,
    }),
    engineRule("info", {
        id: "outdated-engine",
        severity: "medium",
        title: "The engine is of a version that still gets mends",
        fix: "update the engine",
        benchmarks: ["CIS Docker 1.2.2", "NIST SP 800-190 4.5.2"],
        controls: ["SC-62"],
        parameters: { least: { type: "string", default: "", description: "the oldest version that is allowed, e.g. 28.2; empty: not judged" } },

        check({ info }, settings) {
            const least = String(settings["least"]);
            const { text = "" } = info.get("ServerVersion");
            return least === "" || !isOlder(text, least) ? undefined : `is of version ${text} (at least: ${least})`;
        },
    }),
    /** Old images keep old faults ready to be started; stopped containers keep data and secrets. */
    engineRule("info", {
        id: "engine-leftovers",
        severity: "low",
        // How much is too much is a matter of what the machine is for.
        optional: true,
        title: "Images and containers that nobody uses are taken away",
        fix: "run `docker container prune` and `docker image prune --all` from time to time",
        benchmarks: ["CIS Docker 6.1", "CIS Docker 6.2"],
        controls: ["SC-59"],
        parameters: { most: { type: "integer", default: 10, description: "how many stopped containers, and how many images without a container, there may be" } },

        check({ all, info }, settings) {
            const most = Number(settings["most"]);
            const used = new Set(all.get("containers").items.map(container => container.get("Image").text)).size;
            const left = [["stopped containers", info.get("ContainersStopped").number ?? 0], ["images that no container uses", (info.get("Images").number ?? 0) - used]] as const;
            return each(left.map(([what, count]) => ({ path: info.path, what, count })), ({ what, count }) => count > most ? `keeps ${count} ${what} (at most: ${most})` : undefined);
        },
    }),
];

function isOlder(version: string, least: string): boolean {
    const numbers = (text: string) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);
    const own = numbers(version);
    const wanted = numbers(least);
    const at = wanted.findIndex((part, index) => part !== (own[index] ?? 0));
    return at >= 0 && (own[at] ?? 0) < (wanted[at] ?? 0);
}
