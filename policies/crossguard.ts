import { RULES } from "./catalogue";
import { faultOf, matches } from "./exemptions";
import { judge } from "./judge";
import { mendOf, parametersOf } from "./mend";
import { mendInputs } from "./mend/pulumi";
import { behindProxies, piecesOf, stackPieces } from "./remembered";
import type {
    EnforcementLevel, Policies, PolicyConfigSchema, ResourceValidationArgs, ResourceValidationPolicy, StackValidationArgs, StackValidationPolicy,
} from "@pulumi/policy";
import type { Exemption } from "./exemptions";
import type { Remedy } from "./mend/plan";
import type { Report } from "./report/report";
import type { Rule, Settings } from "./rule";

/** Makes the SDK's own error for a value that is not known: it turns it into a notice beside the violations. */
export type NotKnown = (message: string) => Error;

/** Every rule as a policy of CrossGuard. */
export function crossguardPolicies(notKnown: NotKnown): Policies {
    return RULES.map(rule => rule.about === "stack" ? stackPolicy(rule, notKnown) : resourcePolicy(rule, notKnown));
}

function resourcePolicy(rule: Rule, notKnown: NotKnown): ResourceValidationPolicy {
    return {
        ...text(rule),
        validateResource(args, reportViolation) {
            const { exempt, settings } = configOf(rule, args);
            const report = judge(piecesOf(args), { rules: [rule], settings: { [rule.id]: settings } });
            settle(report, exempt, message => reportViolation(message), notKnown);
        },
        ...mendOf(rule.id) === undefined ? {} : {
            remediateResource(args: ResourceValidationArgs) {
                const { exempt, settings } = configOf(rule, args);
                const answered = ({ subject }: Remedy): boolean => exempt.some(one => matches(one, { rule: rule.id, subject, path: args.urn }) && faultOf(one, today()) === undefined);
                return mendInputs(rule, { urn: args.urn, type: args.type, name: args.name, inputs: behindProxies(args.props) }, settings, answered);
            },
        },
    };
}

function stackPolicy(rule: Rule, notKnown: NotKnown): StackValidationPolicy {
    return {
        ...text(rule),
        validateStack(args: StackValidationArgs, reportViolation) {
            const pieces = stackPieces(args.resources);
            const { exempt, settings } = configOf(rule, args);
            const report = judge(pieces, { rules: [rule], settings: { [rule.id]: settings } });
            settle(report, exempt, (message, urn) => reportViolation(message, urn), notKnown);
        },
    };
}

/** Part of every rule's configuration: findings that somebody answers for, for a time. */
const EXEMPT = {
    type: "array", default: [], description: "subjects that somebody answers for: why, who, and the last day that it holds (2027-03-01)",
    items: {
        type: "object", required: ["resource", "reason", "expires"], additionalProperties: false,
        properties: { resource: { type: "string" }, reason: { type: "string" }, owner: { type: "string" }, expires: { type: "string" } },
    },
} as const;

interface Configured {
    readonly exempt: readonly Exemption[];
    readonly settings: Settings;
}

function configOf(rule: Rule, args: Pick<ResourceValidationArgs, "getConfig">): Configured {
    const { exempt = [], ...settings } = args.getConfig<Settings & { exempt?: readonly Omit<Exemption, "rule">[] }>();
    return { exempt: exempt.map(exemption => ({ ...exemption, rule: rule.id })), settings };
}

function today(): string {
    return new Date().toISOString().slice(0, 10);
}

/**
 * Reports what is wrong, and only then what is not known: the SDK keeps violations that were reported before its error,
 * and shows the error as a notice. What cannot be judged ends the run.
 */
function settle(report: Report, exempt: readonly Exemption[], violate: (message: string, urn: string) => void, notKnown: NotKnown): void {
    for (const finding of report.findings) {
        const answers = exempt.filter(exemption => matches(exemption, finding)).map(exemption => faultOf(exemption, today()));
        if (answers.includes(undefined)) {
            continue;
        }
        const { benchmarks, message, remedy } = finding;
        const why = answers[0] === undefined ? "" : `; its exemption ${answers[0]}`;
        violate(`${message}; ${remedy}${benchmarks.length > 0 ? ` [${benchmarks.join("; ")}]` : ""}${why}`, finding.path);
    }
    const [error] = report.errors;
    if (error !== undefined) {
        throw new Error(error.message);
    }
    const [unknown] = report.unknown;
    if (unknown !== undefined) {
        throw notKnown(unknown.message);
    }
}

/** What weighs little, and none of the requirements asks for, is advice; what suits only some houses is for them to switch on. */
function levelOf(rule: Rule): EnforcementLevel {
    return rule.optional === true ? "disabled" : rule.severity === "low" && rule.controls.length === 0 ? "advisory" : "mandatory";
}

function text(rule: Rule): Pick<ResourceValidationPolicy, "name" | "description" | "severity" | "enforcementLevel" | "remediationSteps" | "tags" | "configSchema"> {
    return {
        name: rule.id,
        description: rule.title,
        severity: rule.severity,
        enforcementLevel: levelOf(rule),
        remediationSteps: rule.fix,
        tags: [...rule.benchmarks, ...rule.controls],
        configSchema: { properties: { ...parametersOf(rule), exempt: EXEMPT } } as unknown as PolicyConfigSchema,
    };
}
