import { BUILD_RULES } from "./builds";
import { ENGINE_RULES } from "./engine";
import type { Rule } from "../../rule";

export const DOCKER_RULES: readonly Rule[] = [
    BUILD_RULES,
    ENGINE_RULES,
].flat();
