import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

import { deploy, prepareProgram } from "../../infra/program";
import type { Prepared } from "../../infra/system/prepare";
import { STANDARD_RULES } from "../../policies/catalogue";
import { judgeResources } from "../../policies/sources";
import type { Report } from "../../policies/report/report";
import { applyImagePins, applyOpenings } from "../openings";
import { EXIT, printLine, problemLine } from "../output";
import { type Preview, runPreview as runInProcess } from "../preview/run";
import { resourceTree, showResource } from "../preview/show";
import { type PolicyConfig, readPolicyConfig } from "../check/policy-config";
import { describeChanges } from "../preview/changes";
import { packConfig } from "../preview/pack-config";
import { describeReport } from "../preview/findings";
import { readStack } from "../stack";
import { oneOf, parseWords } from "../usage";

const USAGE = `usage: portcullis preview [--stack NAME] [--system DIR] [--target docker] [--format text|json]
                          [--write-policy-config FILE]

Runs the Pulumi program in this process, without engine, CLI or login, and judges what it registers.
  --stack NAME    the stack whose Pulumi.NAME.yaml holds the settings (prod)
  --system DIR    this system instead of the stack's: a folder with a hardening.yaml or a Compose file, or a Compose file
  --target NAME   instead of the stack's: docker
  --format NAME   text or json
  --write-policy-config FILE
                  for \`pulumi preview --policy-pack policies --policy-pack-config FILE\`: the stack's configuration of the
                  rules, with what hardening.yaml answers for as exemptions`;

/** `portcullis preview`: exit 0 without a finding, 1 with one, 2 for bad input, 3 where something could not be judged. */
export async function runPreview(argv: string[]): Promise<number> {
    const { values } = parseWords({
        args: argv,
        options: {
            stack: { type: "string", default: "prod" }, system: { type: "string" }, target: { type: "string" },
            format: { type: "string", default: "text" }, "write-policy-config": { type: "string" }, help: { type: "boolean" },
        },
    }, USAGE);
    if (values.help === true) {
        printLine(USAGE);
        return EXIT.clean;
    }
    const format = oneOf("--format", values.format, ["text", "json"]);
    const previewed = await previewSystem({
        stack: values.stack,
        ...(values.system !== undefined && { system: resolve(values.system) }),
        ...(values.target !== undefined && { target: oneOf("--target", values.target, ["docker", "kubernetes"]) }),
    });
    printLine(format === "json" ? toJson(previewed) : toText(previewed));
    if (values["write-policy-config"] !== undefined) {
        writeFileSync(values["write-policy-config"], `${JSON.stringify(packConfig(previewed.report, previewed.policyConfig?.file), undefined, 2)}\n`);
    }
    const { findings, errors } = previewed.report;
    return errors.length > 0 ? EXIT.unfinished : findings.some(({ level }) => level !== "advisory") ? EXIT.findings : EXIT.clean;
}

export interface PreviewRequest {
    readonly stack: string;
    /** Absolute; the stack's own where nothing is said. */
    readonly system?: string;
    readonly target?: string;
    /** Whether a deployment follows: then what only a preview may show is refused. */
    readonly deploying?: boolean;
    /** Measures to leave out: tests only. */
    readonly without?: readonly string[];
}

/** A system as it would be deployed, and the verdict on it. */
export interface PreviewedSystem {
    readonly prepared: Prepared;
    readonly preview: Preview;
    readonly report: Report;
    /** What the stack's `portcullis:policyConfig` says of the rules, if it names a file. */
    readonly policyConfig?: PolicyConfig;
}

/**
 * Prepares, registers and judges, all in this process.
 * @throws ProblemsError where the system cannot be hardened
 */
export async function previewSystem(request: PreviewRequest): Promise<PreviewedSystem> {
    const root = process.cwd();
    const stack = readStack(root, request.stack);
    const setting = (key: string): string | undefined => stack.config[`portcullis:${key}`];
    const prepared = prepareProgram({
        root,
        system: request.system ?? setting("system") ?? ".",
        target: request.target ?? setting("target") ?? "docker",
        environment: setting("environment"),
        deploying: request.deploying ?? false,
        variables: process.env,
        ...(request.without && { without: request.without }),
    });
    const preview = await runInProcess(() => deploy(prepared), {
        project: "portcullis", stack: request.stack, config: stack.config, secretKeys: [],
    });
    const file = setting("policyConfig");
    const policyConfig = file === undefined ? undefined : readPolicyConfig(resolve(root, file), { rules: STANDARD_RULES, settings: {} });
    const judged = judgeResources(preview.resources, { ...policyConfig, exemptions: [...prepared.application.exemptions, ...policyConfig?.exemptions ?? []] });
    const report = applyImagePins(applyOpenings(judged, prepared.application), prepared.application);
    return { prepared, preview, report, ...policyConfig !== undefined && { policyConfig } };
}

function toJson({ preview, report }: PreviewedSystem): string {
    return JSON.stringify({ resources: preview.resources.map(showResource), policies: report, outputs: {} }, null, 2);
}

function toText({ prepared, preview, report }: PreviewedSystem): string {
    const { application, notes } = prepared;
    const sections: (readonly [title: string, lines: readonly string[]])[] = [
        [`Resources (${preview.resources.length})`, resourceTree(preview.resources)],
        ["Closed", describeChanges(application.changes, "closed")],
        ["Opened", describeChanges(application.changes, "opened")],
        ["Assumed", notes],
        ["Before production", application.beforeProduction.map(problemLine)],
        ["Findings", describeReport(report)],
    ];
    const shown = sections.filter(([, lines]) => lines.length > 0).map(([title, lines]) => `${title}\n${lines.map(line => `  ${line}`).join("\n")}`);
    const summary = `${application.name}: ${application.services.length} services, ${preview.resources.length} resources, ${report.findings.length} findings, `
        + `${report.exempted.length} exempted, environment ${application.environment}`;
    return [...shown, summary].join("\n\n");
}
