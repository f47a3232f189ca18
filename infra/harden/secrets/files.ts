import type { ConfigFile, SecretFile } from "../../model/hardened";
import type { Problem } from "../../model/problem";
import type { FileReference } from "../../model/service";
import { hasSecret } from "../../model/text";
import { type Draft, type DraftService, serviceProblem } from "../draft";
import type { SecretBook } from "./book";
import { settleMarks } from "./mark";

/** What a service's references to Compose `secrets` and `configs` come to. */
export interface Files {
    readonly secrets: readonly SecretFile[];
    readonly configs: readonly ConfigFile[];
    readonly problems: readonly Problem[];
}

type Found = Partial<{ readonly secret: SecretFile; readonly config: ConfigFile; readonly problem: Problem }>;

/** Compose's own `secrets` and `configs`: files already, or contents that become files. */
export function filesOf({ source }: DraftService, draft: Draft, book: SecretBook): Files {
    const found = [
        ...source.secrets.map(reference => secretOf(reference, source.name, draft, book)),
        ...source.configs.map(reference => configOf(reference, source.name, draft, book)),
    ];
    return {
        secrets: found.flatMap(({ secret }) => secret ?? []),
        configs: found.flatMap(({ config }) => config ?? []),
        problems: found.flatMap(({ problem }) => problem ?? []),
    };
}

function secretOf(reference: FileReference, service: string, draft: Draft, book: SecretBook): Found {
    const known = draft.application.secrets.find(({ key }) => key === reference.source);
    const target = targetOf(reference, "/run/secrets/");
    if (known?.content !== undefined) {
        return { secret: { secret: book.nameForText(settled(known.content, service, draft, book), reference.source, service), target } };
    }
    if (known?.environment !== undefined) {
        return { secret: { secret: book.nameFor(known.environment, draft.application.secretValues[known.environment] ?? undefined, service), target } };
    }
    return known?.file === undefined
        ? { problem: outside(draft, service, "secrets", reference) }
        : { secret: { secret: book.addFile(known.key, known.file), target } };
}

function configOf(reference: FileReference, service: string, draft: Draft, book: SecretBook): Found {
    const known = draft.application.configs.find(({ key }) => key === reference.source);
    const target = targetOf(reference, "/");
    const mode = reference.mode ?? 0o444;
    if (known?.content !== undefined) {
        const content = settled(known.content, service, draft, book);
        return hasSecret(content)
            ? { secret: { secret: book.nameForText(content, reference.source, service), target } }
            : { config: { target, content, mode } };
    }
    return known?.file === undefined
        ? { problem: outside(draft, service, "configs", reference) }
        : { config: { target, file: known.file, mode } };
}

function settled(content: string, service: string, draft: Draft, book: SecretBook): string {
    return settleMarks(content, new Set(), draft, value => book.nameFor(value.variable, value.text, service));
}

function outside(draft: Draft, service: string, key: "secrets" | "configs", reference: FileReference): Problem {
    return serviceProblem(draft, service, [key], { fault: "refers to one that is not in the Compose file", got: reference.source, remedy: "give it there as a file" });
}

function targetOf({ source, target }: FileReference, base: string): string {
    return target === undefined ? `${base}${source}` : target.startsWith("/") ? target : `${base}${target}`;
}
