import { resourcePieces } from "./view/resources";
import type { Resource } from "./view/resources";
import type { Piece } from "./view/types";

/** The part of the SDK that takes a resource's properties off the wire. */
export interface Deserializer {
    deserializeProperties: (properties: object, unwrapSecrets: boolean) => unknown;
}

/**
 * Makes the SDK take each message apart once, and not once for each policy: with some hundred of them that is most of what a
 * pack does. The same message gives the same properties, which no policy of this pack changes.
 */
export function rememberMessages(sdk: Deserializer): void {
    const { deserializeProperties } = sdk;
    const known = new WeakMap<object, unknown>();
    sdk.deserializeProperties = (properties, unwrapSecrets) => {
        if (unwrapSecrets) {
            return deserializeProperties(properties, unwrapSecrets);
        }
        const before = known.get(properties);
        const result = before ?? deserializeProperties(properties, unwrapSecrets);
        known.set(properties, result);
        return result;
    };
}

type Inputs = Resource["inputs"];

const pieces = new WeakMap<Inputs, readonly Piece[]>();

/** A resource as the SDK hands it to a policy. */
interface Registered {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly props: Inputs;
    readonly opts?: { readonly ignoreChanges?: readonly string[] };
}

/** What a resource shows to rules, made once for all of them; the inputs stand behind the SDK's proxy. */
export function piecesOf({ urn, type, name, props, opts }: Registered): readonly Piece[] {
    const inputs = behindProxies(props);
    const before = pieces.get(inputs);
    const made = before ?? resourcePieces({ urn, type, name, inputs, ignoreChanges: opts?.ignoreChanges });
    pieces.set(inputs, made);
    return made;
}

let stack: readonly Piece[] = [];

/** What all resources of a stack show: the same list as long as they are the same, so that what is made of it is made once. */
export function stackPieces(resources: readonly Registered[]): readonly Piece[] {
    const made = resources.flatMap(piecesOf);
    stack = made.length === stack.length && made.every((piece, at) => piece === stack[at]) ? stack : made;
    return stack;
}

/** The SDK's proxies break on lists that are gone through; what is behind them keeps secrets as the SDK's own objects. */
export function behindProxies(props: Inputs): Inputs {
    let inputs = props;
    while (inputs["__isSpecialProxy"] === true) {
        inputs = inputs["__getSpecialProxyTarget"] as Inputs;
    }
    return inputs;
}
