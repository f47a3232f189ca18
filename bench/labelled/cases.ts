import { join } from "node:path";

import { checkovCases } from "./checkov";
import { gatekeeperCases } from "./gatekeeper";
import { kicsManifestCases } from "./kics";
import { kubeLinterCases } from "./kube-linter";
import { kubeScoreCases } from "./kube-score";
import { kubesecCases } from "./kubesec";
import { kyvernoCases } from "./kyverno";
import { namesOf } from "./meaning";
import { polarisCases } from "./polaris";
import { regolibraryCases } from "./regolibrary";
import type { Case } from "./case";

/**
 * All cases of the fixtures that are there.
 * @param folder copies of Polaris, kube-linter and kubesec
 * @param more copies of the others, if any
 */
export function casesBelow(folder: string, catalogue: string, more?: string): Case[] {
    const known = [...polarisCases(folder), ...kubeLinterCases(folder), ...kubesecCases(folder)];
    return more === undefined ? known : [
        ...known, ...kyvernoCases(join(more, "kyverno")), ...gatekeeperCases(join(more, "gatekeeper")), ...kubeScoreCases(join(more, "kube-score"), namesOf(catalogue, "kube-score")),
        ...checkovCases(join(more, "checkov")), ...kicsManifestCases(join(more, "kics"), namesOf(catalogue, "kics")), ...regolibraryCases(join(more, "regolibrary")),
    ];
}
