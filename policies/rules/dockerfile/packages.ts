import { dockerfileRule, faultsIn, quoted } from "./define";
import { installationOf, isSystems, unpinnedOf } from "./managers";
import { chainOf } from "../../view/dockerfile/model";
import { pairsOf } from "../../view/dockerfile/instruction";
import { commandsOf, runsOf } from "../../view/dockerfile/run";
import type { Installation } from "./managers";
import type { Rule } from "../../rule";
import type { Dockerfile } from "../../view/dockerfile/model";
import type { BuildCommand, Run } from "../../view/dockerfile/run";
import type { Path } from "../../view/unfinished";

type Located = Installation & { readonly path: Path };

function installationsOf(commands: readonly BuildCommand[]): readonly Located[] {
    return commands.flatMap(command => {
        const found = installationOf(command);
        return found === undefined ? [] : [{ ...found, path: command.path }];
    });
}

/** What a RUN carries out, as one text. */
function textOf({ instruction }: Run): string {
    return [instruction.text, ...instruction.heredocs.map(({ text }) => text)].join("\n");
}

/** Words that say yes to every question, by manager. */
const UNATTENDED: Readonly<Record<string, RegExp>> = {
    apt: /(?:^| )(?:-[a-zA-Z]*y[a-zA-Z]*|--yes|--assume-yes|-qq\S*|--force-yes|-q=2)(?: |$)|(?:^| )(?:-q|--quiet) (?:.* )?(?:-q|--quiet)(?: |$)|Assume-Yes["' ]*[= ]["' ]*(?:true|1)/,
    dnf: /(?:^| )(?:-[a-zA-Z]*y[a-zA-Z]*|--assumeyes)(?: |$)|assumeyes=(?:1|True|true)/,
    yum: /(?:^| )(?:-[a-zA-Z]*y[a-zA-Z]*|--assumeyes)(?: |$)|assumeyes=(?:1|True|true)/,
    zypper: /(?:^| )(?:-[a-zA-Z]*[ny][a-zA-Z]*|--non-interactive|--no-confirm)(?: |$)/,
};

/** What each manager leaves in the image: what keeps it out, and the folders that a step may remove or mount instead. */
const CACHES: Readonly<Record<string, { readonly kept: RegExp; readonly folders: readonly string[] }>> = {
    apt: { kept: /(?!)/, folders: ["/var/lib/apt", "/var/cache/apt"] },
    apk: { kept: /--no-cache\b/, folders: ["/var/cache/apk", "/etc/apk/cache"] },
    dnf: { kept: /\bclean\s+(?:all|packages)\b/, folders: ["/var/cache"] },
    yum: { kept: /\bclean\s+(?:all|packages)\b/, folders: ["/var/cache"] },
    zypper: { kept: /\bzypper\b[^;&|\n]{0,200}\b(?:clean|cc)\b/, folders: ["/var/cache"] },
    pip: { kept: /--no-cache-dir\b|PIP_NO_CACHE_DIR=|pip\d?\s+cache\s+purge/, folders: ["/root/.cache", "~/.cache", "$HOME/.cache"] },
};

/** Whether a step leaves none of a manager's cache behind. */
function cleansUp(run: Run, { kept, folders }: { readonly kept: RegExp; readonly folders: readonly string[] }): boolean {
    const below = (path: string) => folders.some(folder => path.startsWith(folder) && !(folder === "/var/lib/apt" && /^\/var\/lib\/apt\/(?!lists|\*|\{|$)/.test(path)));
    const mounted = run.instruction.flags.some(({ name, value }) => name === "mount" && (/(?:^|,)type=tmpfs/.test(value) || value.split(",").some(part => /^(?:target|dst|destination)=/.test(part)
        && (below(part.slice(part.indexOf("=") + 1)) || /cache/.test(part)))));
    return mounted || kept.test(textOf(run)) || run.commands.some(({ name, words }) => name === "rm" && words.some(below));
}

export const PACKAGE_RULES: readonly Rule[] = [
    /** The same file makes another image tomorrow. */
    dockerfileRule({
        id: "unpinned-package",
        severity: "low",
        title: "Every package that a build installs is named with its version",
        fix: "name the version (`curl=8.5.0-2`, `requests==2.32.3`, `left-pad@1.3.0`), or install from a lock file",
        benchmarks: ["NIST SP 800-190 4.1.1"],
        controls: ["SC-42"],
        optional: true,

        check: file => faultsIn(installationsOf(commandsOf(file)), installation => {
            const found = unpinnedOf(installation);
            return found.length === 0 ? undefined : `installs packages without a version (${installation.command.name}: ${quoted(found.join(", "))})`;
        }),
    }),
    /** Every program more is one that an intruder finds there. */
    dockerfileRule({
        id: "needless-packages",
        severity: "low",
        title: "Only the packages that are named are installed, not those that they recommend",
        fix: "add `--no-install-recommends` (apt-get) or `--no-recommends` (zypper)",
        benchmarks: ["CIS Docker 4.3", "NIST SP 800-190 4.1.2"],
        controls: ["RAGFLOW-IMAGE-04", "SC-42"],
        optional: true,

        check(file) {
            const switchedOff = runsOf(file).some(run => /Install-Recommends\W+(?:0|false|no)/i.test(textOf(run)));
            return switchedOff ? [] : faultsIn(installationsOf(commandsOf(file)), ({ manager, packages, text, command }) => {
                const kept = manager === "apt" ? !/--no-install-recommends|Install-Recommends=(?:0|false)/i.test(text) : manager === "zypper" && !/--no-recommends/.test(text);
                return kept && packages.length > 0 ? `installs what packages only recommend (${command.name} install: --no-${manager === "apt" ? "install-" : ""}recommends is not set)` : undefined;
            });
        },
    }),
    /** Whoever cannot answer waits for ever, or the build fails. */
    dockerfileRule({
        id: "install-waits-for-input",
        severity: "low",
        title: "No installation waits for an answer",
        fix: "add `-y` (apt-get, dnf, yum), or `--non-interactive` (zypper)",
        benchmarks: ["Docker: Building best practices"],
        controls: ["SC-42"],

        check: file => faultsIn(installationsOf(commandsOf(file)), ({ manager, text, command }) => {
            const answered = UNATTENDED[manager]?.test(text) !== false || command.before.startsWith("|");
            return answered ? undefined : `has an installation that waits for an answer (${command.name} install)`;
        }),
    }),
    /** Its output and options are for people, and change. */
    dockerfileRule({
        id: "interactive-package-tool",
        severity: "low",
        title: "Builds use apt-get, not apt",
        fix: "write `apt-get` or `apt-cache`",
        benchmarks: ["Docker: Building best practices"],
        controls: [],
        optional: true,
        check: file => faultsIn(commandsOf(file), ({ name }) => name === "apt" ? "uses the package tool that is made for people (apt)" : undefined),
    }),
    /** A cached layer keeps an index of months ago, and with it the packages that had holes then. */
    dockerfileRule({
        id: "package-index-alone",
        severity: "low",
        title: "A package index is refreshed in the step that installs from it",
        fix: "join them: `RUN apt-get update && apt-get install -y …`",
        benchmarks: ["CIS Docker 4.7"],
        controls: ["SC-42"],

        check: file => runsOf(file).flatMap(run => faultsIn(run.commands, command => isRefresh(command) && !run.commands.some(other => follows(other, command))
            ? `refreshes the package index in a step that installs nothing (${command.name} ${command.words.find(word => !word.startsWith("-")) ?? command.words[0] ?? ""})` : undefined)),
    }),
    /** What is upgraded depends on the day, and the base image's next version has it anyway. */
    dockerfileRule({
        id: "system-upgraded-in-build",
        severity: "low",
        title: "No build upgrades the whole distribution",
        fix: "build upon a newer version of the base image, and upgrade single packages where that has to wait",
        benchmarks: ["Docker: Building best practices"],
        controls: [],
        optional: true,
        check: file => faultsIn(commandsOf(file), command => isUpgrade(command) ? `upgrades the whole distribution (${command.name} ${command.words.find(word => /^-Syu|^[a-z]/.test(word)) ?? ""})` : undefined),
    }),
    /** It makes the image larger, and tells what else was installed. */
    dockerfileRule({
        id: "package-cache-kept",
        severity: "low",
        title: "No package manager's cache stays in the image",
        fix: "take it away in the step that fills it (`rm -rf /var/lib/apt/lists/*`, `--no-cache`, `dnf clean all`, `--no-cache-dir`), or mount it (`--mount=type=cache`)",
        benchmarks: ["CIS Docker 4.3"],
        controls: ["SC-42"],
        optional: true,

        check(file) {
            const chain = new Set(chainOf(file.final));
            const withoutPip = hasVariable(file, "PIP_NO_CACHE_DIR");
            return runsOf(file).filter(({ stage }) => chain.has(stage)).flatMap(run => faultsIn(installationsOf(run.commands), ({ manager, command }) => {
                const cache = CACHES[manager];
                return cache === undefined || manager === "pip" && withoutPip || cleansUp(run, cache) ? undefined : `leaves the package manager's cache in the image (${command.name})`;
            }));
        },
    }),
];

/** Words that refresh an index and install nothing, by program. */
const REFRESHES: Readonly<Record<string, RegExp>> = {
    apt: /^update$/, "apt-get": /^update$/, aptitude: /^update$/, apk: /^update$/, zypper: /^(?:refresh|ref|update|up)$/,
    yum: /^(?:makecache|check-update|update)$/, dnf: /^(?:makecache|check-update|update)$/, microdnf: /^(?:makecache|update)$/,
};

function isRefresh({ name, words }: BuildCommand): boolean {
    const plain = words.filter(word => !word.startsWith("-"));
    if (name === "pacman") {
        return words.some(word => /^-Syy?u?$/.test(word)) && plain.length === 0;
    }
    return Object.hasOwn(REFRESHES, name) && plain.length === 1 && REFRESHES[name]?.test(plain[0] ?? "") === true;
}

/** Whether a command uses the index that another one refreshed. */
function follows(other: BuildCommand, refresh: BuildCommand): boolean {
    const installation = installationOf(other);
    const family = (name: string) => name.replace(/^apt.*/, "apt").replace(/^(?:micro)?dnf$|^yum$/, "dnf");
    const uses = installation !== undefined && isSystems(installation.manager)
        || other.words.some(word => /^(?:upgrade|dist-upgrade|full-upgrade|build-dep|source|download|satisfy|groupinstall|patch|dup|dist-up|group|module)$/.test(word) || /^-S[a-z]*$/.test(word) && other !== refresh && !isRefresh(other));
    return uses && family(other.name) === family(refresh.name);
}

function isUpgrade({ name, words }: BuildCommand): boolean {
    const plain = words.filter(word => !word.startsWith("-"));
    const [verb = ""] = plain;
    switch (name) {
        case "apt":
        case "apt-get":
        case "aptitude":
            return /^(?:upgrade|dist-upgrade|full-upgrade|safe-upgrade)$/.test(verb) && plain.length === 1;
        case "apk":
            return verb === "upgrade" && plain.length === 1;
        case "yum":
        case "dnf":
        case "microdnf":
            return /^(?:update|upgrade|distro-sync)$/.test(verb) && plain.length === 1;
        case "zypper":
            return /^(?:update|up|dist-upgrade|dup|patch)$/.test(verb) && plain.length === 1;
        case "pacman":
            return words.some(word => /^-S[a-z]*u/.test(word));
        default:
            return false;
    }
}

function hasVariable(file: Dockerfile, name: string): boolean {
    return file.instructions.some(instruction => instruction.keyword === "ENV" && pairsOf(instruction).some(pair => pair.name === name && !/^(?:0|false|no|off)?$/i.test(pair.value ?? "")));
}
