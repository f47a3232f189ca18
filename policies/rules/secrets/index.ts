import { secretInConfigMap, secretInManifest } from "./config-maps";
import { defaultCredential } from "./default-credential";
import { defaultCredentialInSecret } from "./default-credential-in-secret";
import { DOCKER_SECRET_RULES } from "./docker";
import { REFERENCE_RULES } from "./references";
import { secretInCommand } from "./secret-in-command";
import { secretInEnvironment } from "./secret-in-environment";
import { secretInLabel } from "./secret-in-label";
import { unencryptedStorage } from "./storage";
import type { Rule } from "../../rule";

export const SECRETS_RULES: readonly Rule[] = [
    defaultCredential,
    defaultCredentialInSecret,
    ...DOCKER_SECRET_RULES,
    ...REFERENCE_RULES,
    secretInCommand,
    secretInConfigMap,
    secretInEnvironment,
    secretInLabel,
    secretInManifest,
    unencryptedStorage,
];
