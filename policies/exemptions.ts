import type { Exempted, Finding } from "./report/report";

/** A finding that somebody answers for, for a time. */
export interface Exemption {
    readonly rule: string;
    /** The subject's name: of the service, the workload, the container or the resource. `resource` is another word for it. */
    readonly service?: string;
    readonly resource?: string;
    readonly reason?: string;
    readonly owner?: string;
    /** The last day that it holds, `2027-03-01`. */
    readonly expires?: string;
    /** Where the exemption was written, for findings about itself. */
    readonly place?: { readonly path: string; readonly line: number; readonly column: number };
}

export interface Sorted {
    readonly findings: readonly Finding[];
    readonly exempted: readonly Exempted[];
}

const ID = "ungoverned-exemption";
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Takes exempted findings out. An exemption that expired, lacks a reason or an end, or matches nothing, is itself a finding. */
export function exempt(found: readonly Finding[], options: { readonly exemptions?: readonly Exemption[]; readonly today?: string }): Sorted {
    const today = options.today ?? new Date().toISOString().slice(0, 10);
    const findings: Finding[] = [];
    const exempted: Exempted[] = [];
    const used = new Set<Exemption>();
    const valid = (options.exemptions ?? []).filter(exemption => faultOf(exemption, today) === undefined);
    for (const one of found) {
        const by = valid.find(exemption => matches(exemption, one));
        if (by === undefined) {
            findings.push(one);
        } else {
            used.add(by);
            exempted.push({ ...one, reason: by.reason ?? "", expires: by.expires ?? "" });
        }
    }
    for (const exemption of options.exemptions ?? []) {
        const fault = faultOf(exemption, today) ?? (used.has(exemption) ? undefined : "matches no finding");
        if (fault !== undefined) {
            findings.push(ungoverned(exemption, fault));
        }
    }
    return { findings, exempted };
}

/** What is wrong with an exemption, as the end of a sentence about it; undefined for one that holds on this day, `2027-03-01`. */
export function faultOf(exemption: Exemption, today: string): string | undefined {
    if (nameOf(exemption) === "") {
        return "names no service or resource";
    }
    if ((exemption.reason ?? "").trim() === "") {
        return "gives no reason";
    }
    if (!DAY.test(exemption.expires ?? "")) {
        return `has no end date (expires: ${exemption.expires ?? "not set"})`;
    }
    return (exemption.expires ?? "") < today ? `has expired (${exemption.expires ?? ""})` : undefined;
}

function nameOf(exemption: Exemption): string {
    return exemption.service ?? exemption.resource ?? "";
}

/** Whether an exemption is of this finding's rule and subject. */
export function matches(exemption: Exemption, found: Pick<Finding, "path" | "rule" | "subject">): boolean {
    const name = nameOf(exemption);
    const { subject, path } = found;
    return exemption.rule === found.rule
        && [subject.name, subject.container, `${subject.kind}/${subject.name}`, path].includes(name) && name !== "";
}

function ungoverned(exemption: Exemption, fault: string): Finding {
    const place = exemption.place ?? { path: "", line: 0, column: 0 };
    return {
        rule: ID, severity: "medium",
        message: `exemption of ${exemption.rule} for "${nameOf(exemption)}" ${fault}`,
        ...place, document: 0,
        subject: { kind: "Exemption", name: nameOf(exemption), namespace: "", container: "" },
        benchmarks: [], controls: ["SC-68"],
        remedy: "write rule, service, reason and a day in `expires` that is still to come, or take the exemption out",
    };
}
