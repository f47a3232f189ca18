import type { ImageFact } from "../fact";
import { AI } from "./ai";
import { APPLICATIONS } from "./applications";
import { BASES } from "./bases";
import { BITNAMI } from "./bitnami";
import { CACHES } from "./caches";
import { DOCUMENTS } from "./documents";
import { OBJECTS } from "./objects";
import { OBSERVABILITY } from "./observability";
import { POPULAR } from "./popular";
import { QUEUES } from "./queues";
import { RELATIONAL } from "./relational";
import { SEARCH } from "./search";
import { SUITES } from "./suites";
import { TOOLS } from "./tools";
import { WEB } from "./web";

/** Every fact. Of two for the same repository the one with the first matching `tags` is used. */
export const FACTS: readonly ImageFact[] = [
    ...RELATIONAL,
    ...DOCUMENTS,
    ...OBJECTS,
    ...CACHES,
    ...QUEUES,
    ...SEARCH,
    ...AI,
    ...WEB,
    ...OBSERVABILITY,
    ...APPLICATIONS,
    ...TOOLS,
    ...SUITES,
    ...POPULAR,
    ...BITNAMI,
    ...BASES,
];
