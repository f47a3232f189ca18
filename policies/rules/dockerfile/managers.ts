import type { BuildCommand } from "../../view/dockerfile/run";

/** A program that installs packages, and how its command lines are read. */
interface Manager {
    readonly programs: RegExp;
    /** Words before the packages that make it an installation. */
    readonly installs: RegExp;
    /** Options whose value is the next word. */
    readonly takesValue: RegExp;
    /** Whether a package names its version, or none can be named. */
    readonly pinned: RegExp;
}

/** What one command installs. */
export interface Installation {
    readonly command: BuildCommand;
    /** The key of `MANAGERS`. */
    readonly manager: ManagerName;
    readonly packages: readonly string[];
    /** All words of the command, joined. */
    readonly text: string;
}

/** What is a file, an address, a variable or an option's value names its version elsewhere, or nobody knows it here. */
const ELSEWHERE = "[$*]|^\\.|\\/|^\\w+\\+|\\.(?:deb|rpm|apk|whl|tgz|tar\\.gz|zip|gem)$";

const MANAGERS = {
    apt: { programs: /^(?:apt|apt-get|aptitude)$/, installs: /^install$/, takesValue: /^(?:-[toc]|--(?:target-release|default-release|option|config-file))$/, pinned: new RegExp(`=|${ELSEWHERE}|-$`) },
    apk: { programs: /^apk$/, installs: /^add$/, takesValue: /^(?:-[tXp]|--(?:virtual|repository|root|keys-dir|repositories-file|arch))$/, pinned: new RegExp(`[=~<>@]|^!|${ELSEWHERE}`) },
    dnf: { programs: /^(?:dnf5?|microdnf|tdnf)$/, installs: /^(?:install|reinstall|in)$/, takesValue: /^(?:-[cx]|--(?:enablerepo|disablerepo|repo|setopt|releasever|installroot|exclude|nodocs-x))$/, pinned: new RegExp(`-\\d+(?:[.:~^-]|$)|[<>=]|^@|${ELSEWHERE}`) },
    yum: { programs: /^yum$/, installs: /^(?:install|localinstall|reinstall)$/, takesValue: /^(?:-[cx]|--(?:enablerepo|disablerepo|repo|setopt|releasever|installroot|exclude))$/, pinned: new RegExp(`-\\d+(?:[.:~^-]|$)|[<>=]|^@|${ELSEWHERE}`) },
    zypper: { programs: /^zypper$/, installs: /^(?:install|in)$/, takesValue: /^(?:-[tr]|--(?:type|repo|from|name|root|gpg-x))$/, pinned: new RegExp(`[=<>~]|^@|${ELSEWHERE}`) },
    pip: { programs: /^(?:pip|pip3|pip\d\.\d+|pipx)$/, installs: /^install$/, takesValue: /^(?:-[rcifte]|--(?:requirement|constraint|index-url|extra-index-url|find-links|target|prefix|editable|trusted-host|root|platform|python-version|timeout|retries|progress-bar|only-binary|no-binary|cache-dir|python|group))$/, pinned: new RegExp(`[=<>~!@]|${ELSEWHERE}`) },
    npm: { programs: /^(?:npm|pnpm)$/, installs: /^(?:install|i|add)$/, takesValue: /^(?:-C|--(?:registry|prefix|cache|loglevel|workspace|omit|include|tag))$/, pinned: /^(?!@?[^@]+(?:@(?:latest|next|beta))?$)|[$*]|^\.|^https?:|^git|^file:|\.tgz$/ },
    yarn: { programs: /^yarn$/, installs: /^add$/, takesValue: /^--(?:registry|cwd|cache-folder)$/, pinned: /^(?!@?[^@]+(?:@(?:latest|next|beta))?$)|[$*]|^\.|^https?:|^git|^file:|\.tgz$/ },
    gem: { programs: /^gem$/, installs: /^(?:install|i)$/, takesValue: /^(?:-[vinPs]|--(?:version|install-dir|bindir|platform|source|trust-policy|document))$/, pinned: new RegExp(`:\\d|${ELSEWHERE}`) },
    go: { programs: /^go$/, installs: /^(?:install|get)$/, takesValue: /^-(?:ldflags|tags|mod|o|gcflags)$/, pinned: /@(?!latest$|main$|master$)|\$|^\.|^[^./]+$/ },
    cargo: { programs: /^cargo$/, installs: /^install$/, takesValue: /^--(?:version|vers|git|path|root|features|rev|tag|branch|target|bin|profile|registry|index)$/, pinned: /@\d|\$/ },
} as const satisfies Readonly<Record<string, Manager>>;

export type ManagerName = keyof typeof MANAGERS;

/** Options by which a whole command names a version, or a place that does. */
const PINNED_BY_OPTION: Readonly<Partial<Record<ManagerName, RegExp>>> = {
    gem: /(?:^| )(?:-v|--version)[ =]?\S/, cargo: /--(?:version|vers|git|path)\b/, pip: /(?:^| )(?:-r|--requirement|-c|--constraint|--require-hashes|-e|--editable)[ =]?/,
};

/** What a command installs; undefined where it installs nothing. */
export function installationOf(command: BuildCommand): Installation | undefined {
    const { name, words } = asModule(command);
    const manager = (Object.keys(MANAGERS) as ManagerName[]).find(key => MANAGERS[key].programs.test(name));
    if (manager === undefined) {
        return undefined;
    }
    const { installs, takesValue } = MANAGERS[manager];
    const plain = words.filter((word, at) => !word.startsWith("-") && !takesValue.test(words[at - 1] ?? ""));
    const verb = plain.findIndex(word => installs.test(word));
    const early = manager === "yarn" || manager === "npm" ? 1 : 0;
    return verb === -1 || verb > early ? undefined : { command, manager, packages: plain.slice(verb + 1), text: words.join(" ") };
}

/** `python3 -m pip install …` is pip. */
function asModule({ name, words }: BuildCommand): Pick<BuildCommand, "name" | "words"> {
    const at = /^python(?:\d(?:\.\d+)?)?$/.test(name) ? words.indexOf("-m") : -1;
    return at === -1 ? { name, words } : { name: words[at + 1] ?? "", words: words.slice(at + 2) };
}

/** The packages of an installation that name no version. */
export function unpinnedOf({ manager, packages, text }: Installation): readonly string[] {
    return PINNED_BY_OPTION[manager]?.test(text) === true ? [] : packages.filter(one => one !== "" && !MANAGERS[manager].pinned.test(one));
}

/** Whether it is the kind that a distribution's package manager makes. */
export function isSystems(manager: ManagerName): boolean {
    return ["apt", "apk", "dnf", "yum", "zypper"].includes(manager);
}
