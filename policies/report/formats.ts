import { toGithub } from "./github";
import { toJson } from "./json";
import { toJunit } from "./junit";
import { toMarkdown } from "./markdown";
import { toSarif } from "./sarif";
import { toText } from "./text";
import type { Report } from "./report";
import type { TextOptions } from "./text";

export const FORMATS = ["text", "json", "sarif", "junit", "github", "markdown"] as const;
export type Format = typeof FORMATS[number];

/** The report in one of its formats. */
export function formatReport(report: Report, format: Format, options: TextOptions & { readonly version: string }): string {
    switch (format) {
        case "text":
            return toText(report, options);
        case "json":
            return toJson(report);
        case "sarif":
            return toSarif(report, options.version);
        case "junit":
            return toJunit(report);
        case "github":
            return toGithub(report);
        case "markdown":
            return toMarkdown(report);
    }
}
