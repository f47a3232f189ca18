import { KUBE_LINTER, POLARIS } from "./corpus";
import { GATEKEEPER, KYVERNO } from "./engines";
import { CHECKOV, KICS, KUBESCAPE, KUBE_SCORE } from "./scanners";
import type { Meanings } from "./meant";

/** By tool and check, where the catalogue's entry holds more meanings than the check has, or the tool is configured for its fixtures. */
export const MEANT: Readonly<Record<string, Meanings>> = {
    "polaris": POLARIS, "kube-linter": KUBE_LINTER, "kube-score": KUBE_SCORE, "checkov": CHECKOV, "kics": KICS, "kubescape": KUBESCAPE, "kyverno": KYVERNO, "gatekeeper": GATEKEEPER,
};
