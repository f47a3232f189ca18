import { RULES } from "./catalogue";
import { judge } from "./judge";
import { resourcePieces } from "./view/resources";
import type {
    Policies, PolicyConfigSchema, ResourceValidationArgs, ResourceValidationPolicy, StackValidationArgs, StackValidationPolicy,
} from "@pulumi/policy";
import type { Report } from "./report/report";
import type { Inputs, Rule, Settings } from "./rule";

/** Makes the SDK's own error for a value that is not known: it turns it into a notice beside the violations. */
export type NotKnown = (message: string) => Error;

/** Every rule as a policy of CrossGuard. */
export function crossguardPolicies(notKnown: NotKnown): Policies {
    return RULES.map(rule => rule.about === "stack" ? stackPolicy(rule, notKnown) : resourcePolicy(rule, notKnown));
}

function resourcePolicy(rule: Rule, notKnown: NotKnown): ResourceValidationPolicy {
    const { mend } = rule;
    return {
        ...text(rule),
        validateResource(args, reportViolation) {
            const report = judge(piecesOf(args), { rules: [rule], settings: { [rule.id]: args.getConfig<Settings>() } });
            settle(report, message => reportViolation(message), notKnown);
        },
        ...mend === undefined ? {} : {
            remediateResource: (args: ResourceValidationArgs) => mendable(args.type) ? mend(args.props as Inputs, args.type) : undefined,
        },
    };
}

function stackPolicy(rule: Rule, notKnown: NotKnown): StackValidationPolicy {
    return {
        ...text(rule),
        validateStack(args: StackValidationArgs, reportViolation) {
            const pieces = args.resources.flatMap(piecesOf);
            const report = judge(pieces, { rules: [rule], settings: { [rule.id]: args.getConfig<Settings>() } });
            settle(report, (message, urn) => reportViolation(message, urn), notKnown);
        },
    };
}

/** Rules mend what the provider of single Docker containers takes; other inputs have other names. */
function mendable(type: string): boolean {
    return type === "docker:index/container:Container";
}

function piecesOf({ urn, type, name, props }: Pick<ResourceValidationArgs, "urn" | "type" | "name" | "props">): ReturnType<typeof resourcePieces> {
    return resourcePieces({ urn, type, name, inputs: props });
}

/**
 * Reports what is wrong, and only then what is not known: the SDK keeps violations that were reported before its error,
 * and shows the error as a notice. What cannot be judged ends the run.
 */
function settle(report: Report, violate: (message: string, urn: string) => void, notKnown: NotKnown): void {
    for (const finding of report.findings) {
        const { benchmarks } = finding;
        violate(`${finding.message}; ${finding.remedy}${benchmarks.length > 0 ? ` [${benchmarks.join("; ")}]` : ""}`, finding.path);
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

function text(rule: Rule): Pick<ResourceValidationPolicy, "name" | "description" | "severity" | "remediationSteps" | "tags" | "configSchema"> {
    return {
        name: rule.id,
        description: rule.title,
        severity: rule.severity,
        remediationSteps: rule.fix,
        tags: [...rule.benchmarks, ...rule.controls],
        ...rule.parameters === undefined ? {} : { configSchema: { properties: { ...rule.parameters } } as PolicyConfigSchema },
    };
}
