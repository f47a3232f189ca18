import { createRequire } from "node:module";

import * as policy from "@pulumi/policy";

import { crossguardPolicies } from "./crossguard";
import { rememberMessages } from "./remembered";
import type { Deserializer } from "./remembered";

/** Exported by the SDK, and left out of its declarations. */
interface SdkInternals {
    readonly UnknownValueError: new (mark: string, path: readonly string[]) => Error;
}

const { UnknownValueError } = policy as unknown as SdkInternals;
/** The SDK's mark for a text that is not known: its error takes nothing else. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

rememberMessages(createRequire(__filename)("@pulumi/policy/deserialize") as Deserializer);

new policy.PolicyPack("portcullis", {
    description: "What makes containers insecure, in Pulumi programs for Docker and Kubernetes",
    enforcementLevel: "mandatory",
    policies: crossguardPolicies(message => Object.assign(new UnknownValueError(UNKNOWN_TEXT, []), { message: `${message}; it is judged again at update` })),
});
