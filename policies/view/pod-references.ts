import { specOf } from "./service-account";
import { along, maybe } from "./way";
import type { Path } from "./unfinished";
import type { Value } from "./value";
import type { WorkloadView } from "./types";

export type ReferenceKind = "ConfigMap" | "PersistentVolumeClaim" | "Secret";

/** What a pod takes from another object of its namespace. */
export interface Reference {
    readonly kind: ReferenceKind;
    readonly name: string;
    /** Keys that must be there; none where the whole object is taken. */
    readonly keys: readonly string[];
    readonly optional: boolean;
    /** The variable that it becomes, `*` for all of them; undefined for files. */
    readonly variable: string | undefined;
    readonly path: Path;
}

const LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;

/** Everything that a pod takes: by variables, volumes, projections, and to pull its images. One that is not known throws when read. */
export function referencesOf(workload: WorkloadView): readonly Reference[] {
    const spec = specOf(workload);
    const containers = LISTS.flatMap(list => along(spec, list).items);
    return [
        ...containers.flatMap(container => along(container, "env").items.flatMap(variables)),
        ...containers.flatMap(container => along(container, "envFrom").items.flatMap(whole)),
        ...along(spec, "volumes").items.flatMap(files),
        ...along(spec, "imagePullSecrets").items.map(value => reference("Secret", value, "name")),
    ];
}

type Way = readonly [kind: ReferenceKind, ...keys: string[]];

/** What stands under these ways; a value that is not known stands for all of them, once. */
function under(value: Value, ways: readonly Way[]): (readonly [ReferenceKind, Value])[] {
    const found = ways.map(([kind, ...keys]) => [kind, along(value, ...keys)] as const).filter(([, each]) => maybe(each));
    return found.filter(([, each], at) => each.known || found.findIndex(([, other]) => other === each) === at);
}

function variables(variable: Value): Reference[] {
    return under(variable, [["Secret", "valueFrom", "secretKeyRef"], ["ConfigMap", "valueFrom", "configMapKeyRef"]])
        .map(([kind, value]) => reference(kind, value, "name", { keys: () => [value.get("key")], variable: () => variable.get("name").text ?? "" }));
}

function whole(source: Value): Reference[] {
    return under(source, [["Secret", "secretRef"], ["ConfigMap", "configMapRef"]])
        .map(([kind, value]) => reference(kind, value, "name", { variable: () => value.known ? "*" : value.text }));
}

function files(volume: Value): Reference[] {
    const direct = under(volume, [["Secret", "secret"], ["ConfigMap", "configMap"], ["PersistentVolumeClaim", "persistentVolumeClaim"]]);
    const projected = !volume.known ? [] : along(volume, "projected", "sources").items.flatMap(source => under(source, [["Secret", "secret"], ["ConfigMap", "configMap"]]));
    const keys = (value: Value) => () => value.get("items").items.map(item => item.get("key"));
    return [
        ...direct.map(([kind, value]) => reference(kind, value, FIELDS[kind], { keys: keys(value) })),
        ...projected.map(([kind, value]) => reference(kind, value, "name", { keys: keys(value) })),
    ];
}

/** How a volume names what it is made of. */
const FIELDS: Readonly<Record<ReferenceKind, string>> = { Secret: "secretName", ConfigMap: "name", PersistentVolumeClaim: "claimName" };

interface More {
    readonly keys?: () => readonly Value[];
    readonly variable?: () => string | undefined;
}

function reference(kind: ReferenceKind, value: Value, name: string, more: More = {}): Reference {
    return {
        kind,
        get name() { return value.get(name).text ?? ""; },
        get keys() { return (more.keys?.() ?? []).map(key => key.text ?? ""); },
        get optional() { return value.get("optional").flag === true; },
        get variable() { return more.variable?.(); },
        path: value.path,
    };
}
