import { latestTag } from "./latest-tag";
import { unpinnedImage } from "./unpinned-image";
import type { Rule } from "../../rule";

export const IMAGES_RULES: readonly Rule[] = [
    latestTag,
    unpinnedImage,
];
