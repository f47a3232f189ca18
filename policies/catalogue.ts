import { POD_SECURITY_RULES } from "./pod-security";
import { ACCESS_RULES } from "./rules/access";
import { AVAILABILITY_RULES } from "./rules/availability";
import { DOCKER_RULES } from "./rules/docker";
import { DOCKERFILE_RULES } from "./rules/dockerfile";
import { ENGINE_RULES } from "./rules/engine";
import { IMAGES_RULES } from "./rules/images";
import { INGRESS_RULES } from "./rules/ingress";
import { ISOLATION_RULES } from "./rules/isolation";
import { METADATA_RULES } from "./rules/metadata";
import { NETWORK_RULES } from "./rules/network";
import { PRIVILEGE_RULES } from "./rules/privilege";
import { REACH_RULES } from "./rules/reach";
import { RESOURCES_RULES } from "./rules/resources";
import { SECRETS_RULES } from "./rules/secrets";
import type { Rule } from "./rule";

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
    ACCESS_RULES,
    AVAILABILITY_RULES,
    DOCKER_RULES,
    DOCKERFILE_RULES,
    ENGINE_RULES,
    IMAGES_RULES,
    INGRESS_RULES,
    ISOLATION_RULES,
    METADATA_RULES,
    NETWORK_RULES,
    POD_SECURITY_RULES,
    PRIVILEGE_RULES,
    REACH_RULES,
    RESOURCES_RULES,
    SECRETS_RULES,
].flat().sort((one, other) => one.id < other.id ? -1 : 1);

/** What is judged by where nobody says otherwise: all but those that suit only some houses. */
export const STANDARD_RULES: readonly Rule[] = RULES.filter(rule => rule.optional !== true);
