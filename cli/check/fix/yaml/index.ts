import { YAMLException, loadAll } from "js-yaml";

import { Untouchable, applyEdits, changesOf, same, type Edit } from "../../../../policies/mend/edits";
import { KUBECTL } from "../../documents";
import { Anchors } from "./anchors";
import { Editor } from "./edit";
import { placed } from "./places";
import { Refusal, spliced, type Splice } from "./splice";
import { styleOf } from "./style";
import { treesOf } from "./tree";

export { Refusal } from "./splice";

/**
 * A YAML or JSON text with edits made in place; every other character stays as it was.
 * @param edits by document of the text, from 0
 * @returns a text that says exactly what the edits say, read as kubectl reads it
 * @throws Refusal where the text is written in a way that an edit cannot be made in
 */
export function editYaml(text: string, edits: ReadonlyMap<number, readonly Edit[]>): string {
    const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
    // A last line without an end gets one as long as lines come and go.
    const open = /\n$/.test(text) ? "" : text.includes("\r\n") ? "\r\n" : "\n";
    const body = text.slice(mark.length) + open;
    const before = read(text.slice(mark.length));
    const roots = treesOf(body);
    const style = styleOf(body, roots);
    const splices: Splice[] = [];
    const expected = [...before];
    for (const [at, wanted] of edits) {
        const root = roots[at];
        if (root === undefined) {
            throw new Refusal("is an empty document");
        }
        const { edits: own, shared } = touched(() => placed(new Anchors(root), before[at], wanted));
        const editor = new Editor(body, style);
        editor.document(root, changesOf(own));
        splices.push(...editor.splices);
        expected[at] = touched(() => applyEdits(before[at], [...wanted, ...shared]));
    }
    const edited = spliced(body, splices);
    const result = edited.endsWith(open) ? edited.slice(0, edited.length - open.length) : edited;
    if (!same(touched(() => read(result)), expected)) {
        throw new Refusal("is written in a way that is not edited");
    }
    return mark + result;
}

/** Of a key that is there twice the last counts, as for the judge. */
function read(text: string): unknown[] {
    return loadAll(text, { schema: KUBECTL, json: true });
}

function touched<Result>(make: () => Result): Result {
    try {
        return make();
    } catch (error) {
        if (error instanceof Untouchable) {
            throw new Refusal(error.message);
        }
        throw error instanceof YAMLException ? new Refusal("is written in a way that is not edited") : error;
    }
}
