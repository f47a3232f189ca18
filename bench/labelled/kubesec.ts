import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { documentsOf } from "./case";
import type { Case } from "./case";

/** What a file's name says, which check it is about, and whether it fails it. */
const LABELS: readonly (readonly [RegExp, string, boolean])[] = [
    [/^score-0-cap-sys-admin/, "CapSysAdmin", true], [/^score-0-cap-chown/, "CapSysAdmin", false],
    [/^score-0-cap-/, "CapDropAny", true], [/^score-1-cap-drop-all/, "CapDropAll", false],
    [/host-network/, "HostNetwork", true], [/host-pid/, "HostPID", true], [/docker-socket/, "DockerSock", true], [/privileged/, "Privileged", true],
    [/apparmor-unconfined/, "ApparmorUnconfined", true], [/apparmor-nonunconfined/, "ApparmorUnconfined", false], [/apparmor-nonunconfined/, "ApparmorAny", false],
    [/apparmor-empty/, "ApparmorAny", true],
    [/seccomp-unconfined/, "SeccompUnconfined", true], [/seccomp-nonunconfined/, "SeccompUnconfined", false], [/seccomp-nonunconfined/, "SeccompAny", false],
    [/seccomp-empty/, "SeccompAny", true],
    [/run-as-non-root/, "RunAsNonRoot", false], [/run-as-user-1\./, "RunAsUser", true], [/run-as-user-10001/, "RunAsUser", false],
    [/run-as-group-1\./, "RunAsGroup", true], [/run-as-group-10001/, "RunAsGroup", false], [/ro-root-fs/, "ReadOnlyRootFilesystem", false],
    [/(?:empty|invalid)-security-context|statefulset-no-sec|daemonset-v1|statefulset-v1/, "ReadOnlyRootFilesystem", true],
    [/(?:empty|invalid)-security-context|statefulset-no-sec|daemonset-v1|statefulset-v1/, "RunAsNonRoot", true],
    [/resource-limit-cpu/, "LimitsCPU", false], [/resource-limit-memory/, "LimitsMemory", false],
    [/resource-limit-cpu/, "LimitsMemory", true], [/resource-limit-memory/, "LimitsCPU", true],
    [/statefulset-volumeclaimtemplate/, "VolumeClaimRequestsStorage", false],
    [/automount-sa-set-to-false/, "AutomountServiceAccountToken", false], [/pod-default/, "AutomountServiceAccountToken", true],
    [/hostUsers-set-to-false/, "HostUsers", false], [/pod-default/, "HostUsers", true],
    [/^score-[25]-.*-serviceaccount/, "ServiceAccountName", false], [/-default\.yml/, "ServiceAccountName", true], [/allowPrivilegeEscalation/, "AllowPrivilegeEscalation", true],
    [/^critical-double/, "Privileged", true], [/^critical-double/, "AllowPrivilegeEscalation", true],
];

/** kubesec: the file's name says what is set in it, and its tests whether that passes. A label is about the whole file. */
export function kubesecCases(folder: string): Case[] {
    const root = join(folder, "controlplaneio__kubesec/test/asset");
    const files = existsSync(root) ? readdirSync(root, { recursive: true, encoding: "utf8" }).filter(name => /\.ya?ml$/.test(name)).sort() : [];
    return files.flatMap(name => LABELS.filter(([pattern]) => pattern.test(name))
        .map(([, check, bad]) => ({ tool: "kubesec", check, name, documents: documentsOf(join(root, name)), bad })));
}
