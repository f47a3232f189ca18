import { defaultCredential } from "./default-credential";
import { secretInCommand } from "./secret-in-command";
import { secretInEnvironment } from "./secret-in-environment";
import { secretInLabel } from "./secret-in-label";
import type { Rule } from "../../rule";

export const SECRETS_RULES: readonly Rule[] = [
    defaultCredential,
    secretInCommand,
    secretInEnvironment,
    secretInLabel,
];
