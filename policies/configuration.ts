import { RULES } from "./catalogue";
import { parametersOf } from "./mend";
import type { Exemption } from "./exemptions";
import type { Parameters, Rule, Settings } from "./rule";
import type { Path } from "./view/unfinished";

/** Levels of enforcement, as CrossGuard has them. */
export const LEVELS = ["advisory", "disabled", "mandatory", "remediate"] as const;
export type Level = typeof LEVELS[number];

/** How rules are to be judged, of the same file that `pulumi … --policy-pack-config` takes. */
export interface Configuration {
    readonly rules: readonly Rule[];
    readonly settings: Readonly<Record<string, Settings>>;
    /** Rules whose findings are shown and fail nothing. */
    readonly advisory: ReadonlySet<string>;
    readonly exemptions: readonly (Exemption & { readonly at: Path })[];
}

/** What is wrong with a configuration, and where in it. */
export interface ConfigurationFault {
    readonly at: Path;
    readonly message: string;
}

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Reads a configuration: by rule its level, or a mapping of `enforcementLevel`, the rule's own parameters and `exempt`; `all`
 * is a level for the rules that are not named.
 * @param base what is judged, and with which settings, where the configuration says nothing
 * @param given the parsed file
 */
export function readConfiguration(base: Pick<Configuration, "rules" | "settings">, given: unknown): Configuration | readonly ConfigurationFault[] {
    if (!isMapping(given)) {
        return [{ at: [], message: "is not a mapping of rules; write e.g. { \"latest-tag\": \"advisory\" }" }];
    }
    const faults = Object.entries(given).flatMap(([name, value]) => faultsOf(name, value));
    if (faults.length > 0) {
        return faults;
    }
    const levels = new Map(Object.entries(given).map(([name, value]) => [name, levelIn(value)] as const));
    const all = levels.get("all");
    // A rule that is named without a level is switched on: why else would it be given parameters?
    const levelOf = (rule: Rule): Level => levels.has(rule.id) ? levels.get(rule.id) ?? "mandatory" : base.rules.includes(rule) ? all ?? "mandatory" : "disabled";
    const rules = RULES.filter(rule => levelOf(rule) !== "disabled");
    return {
        rules,
        settings: Object.fromEntries(rules.map(({ id }) => [id, { ...base.settings[id], ...parametersIn(given[id]) }])),
        advisory: new Set(rules.filter(rule => levelOf(rule) === "advisory").map(({ id }) => id)),
        exemptions: Object.entries(given).flatMap(([rule, value]) => exemptionsIn(rule, value)),
    };
}

function isMapping(value: unknown): value is Mapping {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function levelIn(value: unknown): Level | undefined {
    return (isMapping(value) ? value["enforcementLevel"] : value) as Level | undefined;
}

function parametersIn(value: unknown): Settings {
    return Object.fromEntries(Object.entries(isMapping(value) ? value : {}).filter(([key]) => !OWN_KEYS.has(key)));
}

/** What every rule can be told; anything else is a parameter of its own. */
const OWN_KEYS: ReadonlySet<string> = new Set(["enforcementLevel", "exempt"]);

function exemptionsIn(rule: string, value: unknown): Configuration["exemptions"] {
    const listed = isMapping(value) && Array.isArray(value["exempt"]) ? value["exempt"] as Omit<Exemption, "rule">[] : [];
    return listed.map((exemption, at) => ({ ...exemption, rule, at: [rule, "exempt", at] }));
}

function faultsOf(name: string, value: unknown): ConfigurationFault[] {
    const rule = RULES.find(({ id }) => id === name);
    if (rule === undefined && name !== "all") {
        return [{ at: [name], message: "is no rule; `portcullis explain` lists them" }];
    }
    const level = levelIn(value);
    const levels = level === undefined || LEVELS.includes(level) ? [] : [{ at: [name], message: `has a level that is not known (${JSON.stringify(level)}); write ${LEVELS.join(", ")}` }];
    if (!isMapping(value)) {
        return typeof value === "string" ? levels : [{ at: [name], message: "is neither a level nor a mapping" }];
    }
    return [...levels, ...exemptFaults(name, value["exempt"]), ...Object.entries(parametersIn(value)).flatMap(([key, given]) => parameterFaults(name, rule === undefined ? {} : parametersOf(rule), key, given))];
}

function exemptFaults(name: string, exempt: unknown): ConfigurationFault[] {
    const at = [name, "exempt"];
    if (exempt === undefined || Array.isArray(exempt) && exempt.length === 0) {
        return [];
    }
    if (!Array.isArray(exempt)) {
        return [{ at, message: "is not a list" }];
    }
    return exempt.flatMap((item: unknown, index) => {
        const texts = isMapping(item) && typeof item["resource"] === "string" && Object.entries(item).every(([key, text]) => EXEMPT_KEYS.has(key) && typeof text === "string");
        return texts ? [] : [{ at: [...at, index], message: "is not { resource, reason, owner, expires }, each a text" }];
    });
}

const EXEMPT_KEYS: ReadonlySet<string> = new Set(["resource", "reason", "owner", "expires"]);

function parameterFaults(name: string, parameters: Parameters, key: string, given: unknown): ConfigurationFault[] {
    const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
    if (parameter === undefined) {
        const known = Object.keys(parameters);
        return [{ at: [name, key], message: `is no parameter of ${name}, which has ${known.length === 0 ? "none" : known.join(", ")}` }];
    }
    const right = parameter.type === "array" ? Array.isArray(given) && given.every(item => typeof item === "string")
        : parameter.type === "integer" ? Number.isInteger(given) : typeof given === parameter.type;
    return right ? [] : [{ at: [name, key], message: `is not ${parameter.type === "array" ? "a list of texts" : parameter.type === "integer" ? "a whole number" : "true or false"}` }];
}
