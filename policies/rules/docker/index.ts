import { BUILD_RULES } from "./builds";
import { CONTAINER_RULES } from "./containers";
import { ENGINE_RULES } from "./engine";
import type { Rule } from "../../rule";

export const DOCKER_RULES: readonly Rule[] = [
    BUILD_RULES,
    CONTAINER_RULES,
    ENGINE_RULES,
].flat();
