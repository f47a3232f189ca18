import { resourcePieces, type Resource } from "../view/resources";
import { applyEdits, Untouchable, type Edit } from "./edits";
import { remediesOf, type Remedy } from "./plan";
import type { Inputs, Rule, Settings } from "../rule";

/** Types of resources whose inputs are mended: what the providers of Docker and Kubernetes take. */
const MENDED = /^(?:docker:index\/(?:container:Container|network:Network|service:Service)|kubernetes:(?!helm|kustomize|yaml).*)$/;

/**
 * Inputs of a resource as one rule would have them; undefined where there is nothing to change, or nobody can tell what
 * would be right. Secrets and values that are not known yet stay what they are.
 * @param answered whether somebody answers for what a remedy is for
 */
export function mendInputs(rule: Rule, resource: Resource, settings: Settings, answered: (remedy: Remedy) => boolean = () => false): Inputs | undefined {
    if (!MENDED.test(resource.type)) {
        return undefined;
    }
    const remedies = remediesOf(resourcePieces(resource), { rules: [rule], settings: { [rule.id]: settings } }).filter(remedy => !answered(remedy));
    let mended: readonly Edit[] = [];
    for (const { edits } of remedies) {
        mended = mendable(resource.inputs, [...mended, ...edits]) ? [...mended, ...edits] : mended;
    }
    return mended.length === 0 ? undefined : applyEdits(resource.inputs, mended) as Inputs;
}

/** One part that may not be changed keeps no other from being mended. */
function mendable(inputs: Inputs, edits: readonly Edit[]): boolean {
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
