import { ACCOUNT_RULES } from "./accounts";
import { BINDING_RULES } from "./bindings";
import { RIGHTS_RULES } from "./rights";
import { TOKEN_RULES } from "./tokens";
import { WILDCARD_RULES } from "./wildcards";
import type { Rule } from "../../rule";

export const ACCESS_RULES: readonly Rule[] = [...ACCOUNT_RULES, ...BINDING_RULES, ...RIGHTS_RULES, ...TOKEN_RULES, ...WILDCARD_RULES];
