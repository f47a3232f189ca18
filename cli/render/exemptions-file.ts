import type { Change, HardenedApplication } from "../../infra/model/hardened";
import type { RenderedFile } from "../../infra/render/rendered";
import { yamlLines } from "../../infra/render/yaml";
import { STANDARD_RULES } from "../../policies/catalogue";
import type { Exempted } from "../../policies/report/report";
import { judgeFiles } from "../check/judge-files";
import { applyOpenings } from "../openings";

export const EXEMPTIONS_FILE = "exemptions.yaml";

/** How long what a rendering opens is answered for: then somebody has to render, and so to read, again. */
const DAYS = 90;

/**
 * The exemptions of a rendering for `check --exemptions`: of what the rules find in it, that which was opened with a
 * reason, the operator's or a known one, and nothing else. Undefined where nothing found was opened.
 * @param composeFile the rendered Compose file; it is judged by the profile hardened
 * @param changes those of the rendering as well as those of `harden`
 */
export async function exemptionsFile(composeFile: string, application: HardenedApplication, changes: readonly Change[], today = new Date()): Promise<RenderedFile | undefined> {
    const judged = await judgeFiles([composeFile], { rules: STANDARD_RULES, exemptions: application.exemptions });
    const { exempted } = applyOpenings(judged, { name: application.name, changes });
    const end = new Date(today.getTime() + DAYS * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const items = new Map(exempted.map(finding => [`${finding.rule}\0${finding.subject.name}`, entry(finding, application, end)]));
    if (items.size === 0) {
        return undefined;
    }
    const head = "# Rendered by portcullis: what `portcullis check --exemptions` of this file need not find again, since it was opened with a reason.";
    const lines = yamlLines({ exemptions: [...items.values()] }, 0, text => text);
    return { path: EXEMPTIONS_FILE, content: `${[head, ...lines].join("\n")}\n`, mode: 0o644 };
}

function entry({ rule, subject, reason, expires }: Exempted, { exemptions }: HardenedApplication, end: string): Readonly<Record<string, string>> {
    const owner = exemptions.find(one => one.rule === rule && one.service === subject.name)?.owner;
    return { rule, service: subject.name, reason: reason.replaceAll(/\s+/g, " "), ...owner !== undefined && { owner }, expires: expires === "" ? end : expires };
}
