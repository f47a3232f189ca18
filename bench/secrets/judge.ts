import { optionsAt } from "../../policies/view/command";
import { secretReason } from "../../policies/view/secret";
import type { Named } from "./entries";

/** What the rules would say of an entry: the reason why it is a secret, undefined where nothing is seen. */
export function isSecret({ where, name, value }: Pick<Named, "name" | "value" | "where">): string | undefined {
    if (where !== "command") {
        const reason = secretReason(name, value);
        return where === "label" && reason === "its value looks random" ? undefined : reason;
    }
    const words = value.split("\n").map(word => ({ name: "", value: JSON.parse(word) as string, secret: false, path: [] }));
    for (const [at, word] of words.entries()) {
        const option = optionsAt(words, at).find(each => secretReason(each.name, each.value) === "by its name");
        const reason = option?.name ?? secretReason("", word.value);
        if (reason !== undefined) {
            return reason;
        }
    }
    return undefined;
}
