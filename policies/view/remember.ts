/** A view whose getters work their value out once: dozens of rules read the same ones. */
export abstract class Remembering {
    /** By getter, what came of it; see `rememberGetters`. */
    readonly made: unknown[] = [];
}

/** What a getter threw: asked again it throws the same. */
class Thrown {
    constructor(readonly error: unknown) {}
}

const NOTHING = Symbol("undefined");

/** Makes every getter of a class keep its first value, or error, in each object. Called once, after the class. */
export function rememberGetters(view: abstract new (...words: never[]) => Remembering): void {
    const prototype = view.prototype as object;
    const getters = Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, { get }]) => get === undefined ? [] : [[name, get] as const]);
    for (const [at, [name, get]] of getters.entries()) {
        Object.defineProperty(prototype, name, {
            configurable: true,
            get(this: Remembering) {
                const known = this.made[at] ?? (this.made[at] = outcome(() => get.call(this) as unknown));
                if (known instanceof Thrown) {
                    throw known.error as Error;
                }
                return known === NOTHING ? undefined : known;
            },
        });
    }
}

function outcome(make: () => unknown): unknown {
    try {
        return make() ?? NOTHING;
    } catch (error) {
        return new Thrown(error);
    }
}
