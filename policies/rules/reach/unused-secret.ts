import { across, some, stackRule } from "../../rule";
import { unfinished } from "../../view/net/known";
import { mountedVolumes, secretVolumes, secretsHeld } from "../../view/net/secrets-held";
import { objectsOf } from "../../view/stack";
import type { Stack } from "../../view/stack";
import type { Seen, WorkloadView } from "../../view/types";
import type { Value } from "../../view/value";

interface Given extends Seen {
    readonly fault: () => string | undefined;
}

/** A secret that nobody uses can only leak; it is often what was left when its user went. */
export const unusedSecret = stackRule({
    id: "unused-secret",
    severity: "low",
    title: "Every secret that is given is used",
    fix: "take the secret out, or mount it in the one container that needs it",
    benchmarks: ["NIST SP 800-190 4.1.4"],
    controls: ["SC-33"],

    check(stack) {
        return across([...ofProjects(stack), ...ofPods(stack)], "secrets", given => given.fault());
    },
});

/** Secrets of a Compose project: of services, and of what they are built with. */
function ofProjects(stack: Stack): readonly Given[] {
    return objectsOf(stack, "compose:project").flatMap(project => {
        const services = stack.workloads.filter(({ platform, origin }) => platform === "compose" && origin === project.origin);
        const uses = () => services.flatMap(service => [...secretsHeld(service), ...buildSecrets(service.source)]);
        const secrets = project.value.known && project.value.isMapping ? project.value.get("secrets").entries : [];
        return secrets.map(([name, value]): Given => ({
            ...seenAt(project, value),
            fault: () => some(uses(), use => use.name === name) ? undefined : `has a secret that no service uses (${name})`,
        }));
    });
}

function buildSecrets(service: Value): readonly { readonly name: string }[] {
    const build = service.get("build");
    return build.present && build.isMapping
        ? build.get("secrets").items.map(item => ({ get name() { return (item.isMapping ? item.get("source") : item).text ?? ""; } })) : [];
}

/** Volumes of pods with a Secret in them that no container mounts. */
function ofPods(stack: Stack): readonly Given[] {
    return stack.workloads.filter(({ platform }) => platform === "kubernetes").flatMap(workload => {
        try {
            return ofPod(workload);
        } catch (error) {
            const doubt = unfinished(error);
            return [{ ...seenAt(workload, workload.source), fault: () => { throw doubt; } }];
        }
    });
}

function ofPod(workload: WorkloadView): readonly Given[] {
    const spec = workload.source.get("spec");
    const isMounted = (volume: Value): boolean => {
        const mounted = mountedVolumes(spec);
        return mounted.size > 0 && mounted.has(volume.get("name").text ?? "");
    };
    return secretVolumes(spec).flatMap(({ volume, secrets }) => secrets.map((secret): Given => ({
        ...seenAt(workload, volume),
        fault: () => isMounted(volume) ? undefined : `has a volume with the secret "${secret.name}" that no container mounts`,
    })));
}

function seenAt({ origin, subject, label, path }: Seen, value: Value): Seen {
    return { origin, subject, label, path, place: () => [...value.path] };
}
