import { each, workloadRule } from "../../rule";
import { secretsHeld } from "../../view/net/secrets-held";

/** Code that nobody has read can read what its container holds: a secret given to a sandbox is given away. */
export const secretInSandbox = workloadRule({
    id: "secret-in-sandbox",
    severity: "high",
    title: "A sandbox holds no secret",
    fix: "take the secret out, and let what starts the sandbox do what needs it",
    benchmarks: ["NIST SP 800-190 4.1.4"],
    controls: ["SC-44", "SC-33"],

    check(workload) {
        return workload.role === "sandbox" ? each(secretsHeld(workload), secret => `is a sandbox that holds the secret "${secret.name}"`) : undefined;
    },
});
