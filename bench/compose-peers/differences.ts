import { isFailure, readDocuments } from "../../cli/check/documents";
import type { PeerFinding } from "./peers";

/** A difference that is meant, and why. */
interface Explained {
    readonly rule: RegExp;
    readonly message?: RegExp;
    /** Whether only services that are built here are meant. */
    readonly built?: true;
    readonly reason: string;
}

/** What peers find and the rules here do not, on purpose. */
const EXPLAINED: readonly Explained[] = [
    { rule: /^CL-00(?:04|19)$|^service-image-require-explicit-tag$/, built: true, reason: "it is built here: the name is what the result is called, and nothing is pulled by it" },
    { rule: /^service-image-require-explicit-tag$|^no-unbound-port-interfaces$/, message: /\$\{?\w+/, reason: "the peer reads no variables: with the defaults and the .env file there is a tag, or an address" },
    { rule: /^no-duplicate-exported-ports$/, message: /port "80"|port "443"/, reason: "a port without a number on the host collides with none, nor do services of profiles that exclude one another" },
    { rule: /^no-duplicate-exported-ports$/, reason: "one finding for each pair, at the other service of it" },
    { rule: /^CL-0020$/, message: /'\w+_(?:PATH|FILE)'|'DATABASE_PASSWORD'|'--secrets'/, reason: "the value is the path of a file, which is how secrets should be handed over" },
    { rule: /^CL-0020$/, message: /_DSN'/, reason: "the value is an address without a password, or 0" },
    { rule: /^CL-0020$/, message: /'API_KEY(?:_READ_ONLY)?'/, reason: "the value says that there is none (invalid)" },
    { rule: /^CL-0020$/, message: /'(?:POSTGRES_PASSWORD|TAIGA_SECRET_KEY|EMAIL_HOST_PASSWORD|RABBITMQ_PASS)'/, reason: "the file is a part of another, which Compose refuses by itself: reported as an error, exit status 3" },
];

/** Why a peer's finding has none of ours beside it; undefined where nobody knows. */
export function reasonFor(finding: PeerFinding): string | undefined {
    return EXPLAINED.find(({ rule, message, built }) => rule.test(finding.rule) && message?.test(finding.message) !== false && (built !== true || isBuilt(finding)))?.reason;
}

function isBuilt({ file, service }: PeerFinding): boolean {
    const read = readDocuments(file);
    const root = isFailure(read) ? undefined : read.documents[0] as { readonly services?: Readonly<Record<string, { readonly build?: unknown } | null>> } | undefined;
    return (root?.services?.[service]?.build ?? undefined) !== undefined;
}

/** Cases of KICS that are judged otherwise here, by query and file, and why. */
export const KICS_DIFFERENCES: Readonly<Record<string, string>> = {
    ...same("an argument of a stage says nothing to FROM: the builder finds no image there", "image_version_not_explicit/negative1", "image_version_not_explicit/negative5", "image_version_using_latest/negative1"),
    ...same("an image from scratch runs as root unless it says otherwise", "missing_user_instruction/negative1", "missing_user_instruction/negative4"),
    ...same("`latest` is no version of a package either", "npm_install_without_pinned_version/negative1", "npm_install_without_pinned_version/negative2"),
    ...same("cd in a step of its own does nothing at all", "run_command_cd_instead_of_workdir/negative2"),
    ...same("a step for PowerShell that the default shell reads is a pipe of that shell", "shell_running_a_pipe_without_pipefail_flag/negative1", "shell_running_a_pipe_without_pipefail_flag/negative2"),
    ...same("another package manager's index is refreshed for nothing", "update_instruction_alone/negative5", "update_instruction_alone/negative7"),
    ...same("an earlier stage waits for an answer as the last one does", "missing_zypper_non_interactive_switch/negative2"),
    ...same("the cache is in a stage that is no part of the image", "yum_clean_all_missing/positive1", "yum_clean_all_missing/positive2"),
    "container_traffic_not_bound_to_host_interface/negative4.yaml": "the address is written where Compose takes a port: it refuses the file, or listens on every address",
    "container_traffic_not_bound_to_host_interface/negative5.yaml": "the address is written where Compose takes a port: it refuses the file, or listens on every address",
    "container_traffic_not_bound_to_host_interface/negative6.yaml": "the address is written where Compose takes a port: it refuses the file, or listens on every address",
    "volume_has_sensitive_host_directory/negative1.yaml": "a relative path is one of the host too, and it is writable",
    "volume_has_sensitive_host_directory/negative3.yaml": "a relative path is one of the host too, and it is writable",
    "volume_has_sensitive_host_directory/negative2.yaml": "the volume is a path of the host, whichever the variable says",
};

function same(reason: string, ...cases: readonly string[]): Record<string, string> {
    return Object.fromEntries(cases.map(name => [`${name}.dockerfile`, reason]));
}
