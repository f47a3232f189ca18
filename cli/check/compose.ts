import { judgeCompose } from "../../policies/sources";
import type { JudgeOptions } from "../../policies/judge";
import type { Report } from "../../policies/report/report";

/** Judges a Compose file as it was written. */
export async function judgeComposeFile(path: string, root: unknown, options: JudgeOptions): Promise<Report> {
    return judgeCompose(root, { ...options, path });
}
