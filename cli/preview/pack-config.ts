import type { Report } from "../../policies/report/report";

/**
 * Where the engine keeps volumes. Engines before 26 mount a single file of a volume only from there; whoever may name a
 * volume reaches the same files by its name.
 */
const ENGINE_VOLUMES = "/var/lib/docker/volumes";

interface PackExemption {
    readonly resource: string;
    readonly reason: string;
    readonly expires: string;
}

interface PackRule {
    readonly exempt: readonly PackExemption[];
    readonly declared?: readonly string[];
}

/**
 * How the pack is to judge: as the stack's own configuration says, and what it need not refuse again, the subjects that
 * somebody answers for.
 */
export function packConfig({ exempted }: Pick<Report, "exempted">, configured: Readonly<Record<string, unknown>> = {}): Record<string, PackRule> {
    const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const rules = [...new Set(["host-path-mounted", ...exempted.map(({ rule }) => rule)])];
    const given = (rule: string): Partial<PackRule> => typeof configured[rule] === "object" ? configured[rule] as Partial<PackRule>
        : configured[rule] === undefined ? {} : { enforcementLevel: configured[rule] } as Partial<PackRule>;
    return Object.assign({ ...configured }, Object.fromEntries(rules.map(rule => [rule, {
        ...given(rule),
        // What hardening.yaml opens has no end of its own: it is judged anew at every update, so that it holds for this one.
        exempt: [...given(rule).exempt ?? [], ...exempted.filter(finding => finding.rule === rule).map(({ subject, reason, expires }) => ({ resource: subject.name, reason, expires: expires === "" ? tomorrow : expires }))],
        ...(rule === "host-path-mounted" && { declared: [...given(rule).declared ?? [], ENGINE_VOLUMES] }),
    }])));
}
