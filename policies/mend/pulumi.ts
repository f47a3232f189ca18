import { resourcePieces, type Resource } from "../view/resources";
import { applyEdits, Untouchable } from "./edits";
import { remediesOf } from "./plan";
import type { Inputs, Rule, Settings } from "../rule";

/** Types of resources whose inputs are mended: what the providers of Docker and Kubernetes take. */
const MENDED = /^(?:docker:index\/(?:container:Container|network:Network|service:Service)|kubernetes:(?!helm|kustomize|yaml).*)$/;

/**
 * Inputs of a resource as one rule would have them; undefined where there is nothing to change, or nobody can tell what
 * would be right. Secrets and values that are not known yet stay what they are.
 * @param exempt names of subjects that somebody answers for
 */
export function mendInputs(rule: Rule, resource: Resource, settings: Settings, exempt: readonly string[] = []): Inputs | undefined {
    if (!MENDED.test(resource.type)) {
        return undefined;
    }
    const remedies = remediesOf(resourcePieces(resource), { rules: [rule], settings: { [rule.id]: settings } })
        .filter(({ subject }) => !exempt.includes(subject.name) && !exempt.includes(subject.container));
    const mended = remedies.reduce((edits, remedy) => mendable(resource.inputs, [...edits, ...remedy.edits]) ? [...edits, ...remedy.edits] : edits, [] as typeof remedies[number]["edits"]);
    return mended.length === 0 ? undefined : applyEdits(resource.inputs, mended) as Inputs;
}

/** One part that may not be changed keeps no other from being mended. */
function mendable(inputs: Inputs, edits: Parameters<typeof applyEdits>[1]): boolean {
    try {
        applyEdits(inputs, edits);
        return true;
    } catch (error) {
        if (error instanceof Untouchable) {
            return false;
        }
        throw error;
    }
}
