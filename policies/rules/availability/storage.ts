import { each, objectRule, textsOf, together } from "../../rule";
import { kinds } from "../../view/scaled";
import type { Value } from "../../view/value";
import type { ObjectView } from "../../view/types";
import type { Fault } from "../../view/unfinished";

const STATEFUL_SETS = kinds("apps/StatefulSet");

/** Without its service pods have no names of their own, and without modes and sizes no volumes: they then wait for ever. */
export const statefulSetUnfit = objectRule({
    id: "stateful-set-unfit",
    severity: "low",
    title: "A StatefulSet names its service, and each of its claims a size and a mode for one pod",
    fix: "set serviceName, and for each claim resources.requests.storage and ReadWriteOnce or ReadWriteOncePod",
    benchmarks: ["Kubernetes: StatefulSets"],
    controls: [],
    types: STATEFUL_SETS,

    check(object) {
        const service = object.value.get("spec", "serviceName");
        const named = (): Fault[] => (service.text ?? "") === "" ? [{ message: "names no service (serviceName: not set)", at: service.path }] : [];
        return together(named, () => together(...claimsOf(object).map(claim => () => claimFaults(claim))));
    },
});

function claimsOf(object: ObjectView): readonly Value[] {
    return STATEFUL_SETS.includes(object.type) ? object.value.get("spec", "volumeClaimTemplates").items : [object.value];
}

function claimFaults(claim: Value): readonly Fault[] {
    const name = () => claim.get("metadata", "name").text ?? "";
    const size = (): Fault[] => {
        const storage = claim.get("spec", "resources", "requests", "storage");
        return storage.present ? [] : [{ message: `asks for no size in its claim "${name()}" (requests.storage: not set)`, at: storage.path }];
    };
    const modes = (): Fault[] => {
        const given = claim.get("spec", "accessModes");
        const list = given.items.map(item => item.text ?? "");
        return list.length > 0 && list.every(mode => mode === "ReadWriteOnce" || mode === "ReadWriteOncePod") ? []
            : [{ message: `has a claim "${name()}" that is not for one pod alone (accessModes: ${list.join(", ") || "not set"})`, at: given.path }];
    };
    return together(size, modes);
}

/** The default class is whatever the cluster's owner chose last: where data lies, and whether it is encrypted, is then chance. */
export const storageClassNotAgreed = objectRule({
    id: "storage-class-not-agreed",
    severity: "low",
    optional: true,
    title: "Every claim names an agreed storage class",
    fix: "set storageClassName",
    benchmarks: ["Kubernetes: Storage Classes"],
    controls: ["SC-49"],
    types: ["/PersistentVolumeClaim", ...STATEFUL_SETS],
    parameters: { agreed: { type: "array", items: { type: "string" }, default: [], description: "storage classes that may be used; any that is named where empty" } },

    check(object, settings) {
        const agreed = textsOf(settings, "agreed");
        return each(claimsOf(object).map(claim => ({ path: [...claim.path, "spec", "storageClassName"], claim })), ({ claim }) => {
            const old = claim.get("metadata", "annotations", "volume.beta.kubernetes.io/storage-class");
            const name = (claim.get("spec", "storageClassName").text ?? old.text) || undefined;
            return name !== undefined && (agreed.length === 0 || agreed.includes(name)) ? undefined
                : `asks for storage of a class that was not agreed (storageClassName: ${name ?? "not set"})`;
        });
    },
});
