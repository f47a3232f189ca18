import { aboutItems } from "../pod";
import { shown, textOf } from "../read";
import type { Part, Pod, Question } from "../pod";

/** A question about every capability that a container adds. Names are compared as they are: `CAP_` and small letters make others. */
export function aboutAdded({ containers }: Pod, allowed: readonly string[]): readonly Question[] {
    return containers.flatMap(({ called, value, context }: Part) => aboutItems(
        value.path,
        () => context("capabilities", "add").items,
        capability => allowed.includes(textOf(capability)) ? undefined : `adds the capability ${shown(capability)} to ${called}`,
    ));
}
