import { BUILD_RULES } from "./builds";
import { CONTAINER_RULES } from "./containers";
import { ENGINE_RULES } from "./engine";
import { VOLUME_RULES } from "./volumes";
import type { Rule } from "../../rule";

export const DOCKER_RULES: readonly Rule[] = [
    BUILD_RULES,
    CONTAINER_RULES,
    ENGINE_RULES,
    VOLUME_RULES,
].flat();
