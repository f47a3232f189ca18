import { existsSync, readFileSync } from "node:fs";

import { CORE_SCHEMA, YAMLException, dump, load } from "js-yaml";
import { z } from "zod";

import type { Problem } from "../model/problem";

const imageLock = z.strictObject({
    digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    user: z.string().optional(),
    entrypoint: z.array(z.string()).optional(),
    command: z.array(z.string()).optional(),
    ports: z.array(z.string()).optional(),
    volumes: z.array(z.string()).optional(),
});
const lock = z.strictObject({ images: z.record(z.string(), imageLock) });

/** What `portcullis pin` found out of an image: its digest, and how it starts. */
export type ImageLock = z.infer<typeof imageLock>;
/** images.lock.yaml: by reference as the Compose file has it. */
export type Lock = Readonly<Record<string, ImageLock>>;

/**
 * Reads images.lock.yaml; no file is an empty lock. One that cannot be read is a problem, never an empty lock.
 */
export function readLock(file: string): { lock: Lock; problems: readonly Problem[] } {
    if (!existsSync(file)) {
        return { lock: {}, problems: [] };
    }
    const wrong = (got: string): { lock: Lock; problems: Problem[] } => ({
        lock: {}, problems: [{ place: { file, line: 1, column: 1 }, subject: "images.lock.yaml", fault: "cannot be read", got, remedy: "run `portcullis pin` again" }],
    });
    try {
        const checked = lock.safeParse(load(readFileSync(file, "utf8"), { schema: CORE_SCHEMA }));
        return checked.success ? { lock: checked.data.images, problems: [] } : wrong(checked.error.issues[0]?.message ?? "wrong form");
    } catch (error) {
        return wrong(error instanceof YAMLException ? error.reason : String(error));
    }
}

/** The text of images.lock.yaml, sorted, so that a change shows as one. */
export function formatLock(images: Lock): string {
    const sorted = Object.fromEntries(Object.entries(images).toSorted(([one], [other]) => one < other ? -1 : 1));
    return `# Written by \`portcullis pin\`: what each image reference was when it was pinned.\n${dump({ images: sorted }, { lineWidth: -1 })}`;
}
