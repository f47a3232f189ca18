import type { ImageFact } from "../fact";
import { CACHES } from "./caches";
import { DOCUMENTS } from "./documents";
import { RELATIONAL } from "./relational";
import { WEB } from "./web";

/** Every fact. Of two for the same repository the one with the first matching `tags` is used. */
export const FACTS: readonly ImageFact[] = [
    ...RELATIONAL,
    ...DOCUMENTS,
    ...CACHES,
    ...WEB,
];
