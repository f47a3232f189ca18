import { ACCESS_RULES } from "./access";
import { FILE_RULES } from "./files";
import { OPERATION_RULES } from "./operation";
import { PRIVILEGE_RULES } from "./privileges";
import { SWARM_RULES } from "./swarm";
import type { Rule } from "../../rule";

export const ENGINE_RULES: readonly Rule[] = [
    ACCESS_RULES,
    FILE_RULES,
    OPERATION_RULES,
    PRIVILEGE_RULES,
    SWARM_RULES,
].flat();
