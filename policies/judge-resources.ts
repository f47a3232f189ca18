import { judge } from "./judge";
import { resourcePieces } from "./view/resources";
import type { JudgeOptions } from "./judge";
import type { Report } from "./report";
import type { Resource } from "./view/resources";

/**
 * Judges the resources of one Pulumi program, without an engine. Inputs may hold the SDK's secret envelopes and its marks
 * for what is not known at preview: those go to `unknown`, and hide nothing that is known to be wrong.
 */
export function judgeResources(resources: readonly Resource[], options: JudgeOptions = {}): Report {
    const report = judge(resources.flatMap(resource => resourcePieces(resource)), options);
    return { ...report, checked: { files: 0, documents: resources.length, subjects: report.checked.subjects } };
}
