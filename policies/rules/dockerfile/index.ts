import { ACCOUNT_RULES } from "./accounts";
import { CONFIGURATION_RULES } from "./configuration";
import { COPY_RULES } from "./copies";
import { HYGIENE_RULES } from "./hygiene";
import { IGNORE_RULES } from "./ignores";
import { PACKAGE_RULES } from "./packages";
import { SECRET_RULES } from "./secrets";
import { STAGE_RULES } from "./stages";
import { STEP_RULES } from "./steps";
import { USER_RULES } from "./user";
import { VERIFICATION_RULES } from "./verification";
import type { Rule } from "../../rule";

export const DOCKERFILE_RULES: readonly Rule[] = [
    ACCOUNT_RULES,
    CONFIGURATION_RULES,
    COPY_RULES,
    HYGIENE_RULES,
    IGNORE_RULES,
    PACKAGE_RULES,
    SECRET_RULES,
    STAGE_RULES,
    STEP_RULES,
    USER_RULES,
    VERIFICATION_RULES,
].flat();
