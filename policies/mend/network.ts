import { exposureMend, networkMend, objectMend, remove, set, workloadMend, type Mend } from "./mend";
import type { Edit } from "./edits";
import type { ExposureView } from "../view/types";
import type { Path } from "../view/unfinished";

const LOOPBACK = "127.0.0.1";

/** Mends of who reaches what. */
export const NETWORK_MENDS: Readonly<Record<string, Mend>> = {
    "port-published": exposureMend({ breaks: "other machines no longer reach it: the edge has to" }, ontoLoopback),
    "port-on-all-addresses": exposureMend({ breaks: "other machines no longer reach it: the edge has to" }, ontoLoopback),
    "service-links": podSetting("enableServiceLinks", "a program that finds Services by these variables, and not by name, finds none"),
    "overlay-not-encrypted": objectMend({ breaks: "traffic between hosts takes more of their processors" }, (network, { platform }) =>
        platform === "compose" ? [set([...network.path, "driver_opts", "encrypted"], "true")] : platform === "docker" ? [set([...network.path, "options", "encrypted"], "true")] : []),
    "ingress-snippet": objectMend({ breaks: "the proxy no longer does what the snippet told it" }, (object, { at }) =>
        object.type !== "/ConfigMap" ? [remove(object, at)] : at.at(-1) === "allow-snippet-annotations" ? [set(at, "false")] : [remove(object, at)]),
    "host-port": exposureMend({ breaks: "whoever came by the node's port needs a Service" }, ({ path }) =>
        [remove({ path }, [...path, "hostPort"]), remove({ path }, [...path, "hostIP"])]),
    "default-bridge": workloadMend({ breaks: "containers outside the project that met it there no longer reach it" },
        (workload, { platform }) => platform === "compose" ? [remove(workload, workload.place("defaultBridge"))] : []),
    "network-not-internal": networkMend({ breaks: "a program that needs the outside, or whose port is published, no longer has it" },
        network => network.external ? [] : [set(network.place("internal"), true)]),
};

/** Something that pods do unless they say no. */
function podSetting(field: string, breaks: string): Mend {
    return workloadMend({ breaks }, workload => [set([...workload.path, field], false)]);
}

/** A publication on this machine's own address: for those who log in to it, and for a proxy beside it. */
function ontoLoopback(exposure: ExposureView, { platform, at }: { readonly platform: string; readonly at: Path }): readonly Edit[] {
    if (exposure.how === "all ports") {
        return [set(exposure.place("how"), false)];
    }
    if (exposure.how !== "published") {
        return [];
    }
    if (platform === "docker") {
        return [set([...at, "ip"], LOOPBACK)];
    }
    const { source } = exposure;
    if (platform !== "compose" || source === undefined) {
        return [];
    }
    if (source.isMapping) {
        return [set([...at, "host_ip"], LOOPBACK)];
    }
    const port = source.text ?? "";
    if (withoutVariables(port).split(":").length > 2 && port.startsWith("$")) {
        // The address is in a variable, and may be right where it is set.
        return [];
    }
    // Without a host's port, Docker chooses one: that is said by an empty place between the colons.
    const [, address = "", rest = port] = /^(\[[^\]]*\]:|[\d.]+:(?=[^:]*:))(.*)$/s.exec(port) ?? [];
    return [set(at, `${LOOPBACK}:${address === "" && !withoutVariables(rest).includes(":") ? ":" : ""}${rest}`)];
}

function withoutVariables(text: string): string {
    return text.replaceAll(/\$\{[^}]*\}/g, "");
}
