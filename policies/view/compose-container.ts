import { deviceOf, mountOf, namedTexts, oneOrMore, words } from "./compose-syntax";
import { boundedLogs } from "./docker";
import { capabilities, positive, securityOption, tmpfsOptions } from "./engine";
import type { Value } from "./value";
import type { ContainerView, Seen, Tmpfs, WorkloadView } from "./types";

/** The container that a Compose service is. */
export function composeContainer(seen: Seen, service: Value, workload: WorkloadView): ContainerView {
    const options = () => service.get("security_opt");
    const limits = (name: string) => service.get("deploy", "resources", "limits", name);
    return {
        ...seen,
        workload, source: service, slot: "container",
        nonRootRequired: false,
        seccompByDefault: true,
        get image() { return service.get("build").present ? undefined : service.get("image").text; },
        get privileged() { return service.get("privileged").flag === true; },
        get user() { return service.get("user").text; },
        get readOnlyRoot() { return service.get("read_only").flag; },
        get addedCapabilities() { return capabilities(service.get("cap_add")); },
        get droppedCapabilities() { return capabilities(service.get("cap_drop")); },
        get noNewPrivileges() { return securityOption(options(), "noNewPrivileges") as boolean | undefined; },
        get seccomp() { return securityOption(options(), "seccomp") as string | undefined; },
        get apparmor() { return securityOption(options(), "apparmor") as string | undefined; },
        get selinux() { return securityOption(options(), "selinux") as string | undefined; },
        get memoryLimited() { return positive(service.get("mem_limit")) || positive(limits("memory")); },
        get cpuLimited() { return positive(service.get("cpus")) || positive(service.get("cpu_quota")) || positive(limits("cpus")); },
        get processLimited() { return positive(service.get("pids_limit")) || positive(limits("pids")) || hasProcessUlimit(service); },
        get environment() { return namedTexts(service.get("environment")); },
        get arguments() { return [...words(service.get("entrypoint")), ...words(service.get("command")), ...words(service.get("healthcheck").get("test"))]; },
        get labels() { return namedTexts(service.get("labels")); },
        get tmpfs() { return [...shortTmpfs(service), ...longTmpfs(service)]; },
        get devices() { return service.get("devices").items.map(item => ({ get text() { return deviceOf(item); }, path: item.path })); },
        get healthCheck() { return healthCheck(service.get("healthcheck")); },
        get boundedLogs() { return boundedLogs(service.get("logging", "driver").text, service.get("logging", "options")); },
    };
}

function hasProcessUlimit(service: Value): boolean {
    const limit = service.get("ulimits", "nproc");
    return limit.present && positive(limit.isMapping ? limit.get("hard") : limit);
}

function shortTmpfs(service: Value): Tmpfs[] {
    return oneOrMore(service.get("tmpfs")).map(value => {
        const options = () => tmpfsOptions((value.text ?? "").split(":").slice(1).join(":"));
        return {
            get target() { return (value.text ?? "").split(":", 1)[0] ?? ""; },
            get bounded() { return options().bounded; },
            get executable() { return options().executable; },
            get loosened() { return options().loosened; },
            path: value.path,
        };
    });
}

function longTmpfs(service: Value): Tmpfs[] {
    return service.get("volumes").items.filter(value => !value.known || value.isMapping && value.get("type").text === "tmpfs").map(value => ({
        get target() { return mountOf(value).target; },
        get bounded() { return positive(value.get("tmpfs", "size")); },
        executable: false,
        path: value.path,
    }));
}

function healthCheck(check: Value): ContainerView["healthCheck"] {
    if (!check.present) {
        return undefined;
    }
    const test = check.get("test");
    const first = test.present && test.isList ? test.items[0]?.text : test.text;
    if (check.get("disable").flag === true || first === "NONE") {
        return "disabled";
    }
    // Only times are set: the test is the image's own, if it has one.
    return test.present ? "set" : undefined;
}
