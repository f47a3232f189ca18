/** A difference between forms that no rule can help, and why. */
interface Difference {
    readonly family: "Docker" | "Kubernetes";
    readonly form: string;
    readonly rules: readonly string[];
    /** All of them where undefined. */
    readonly workloads?: readonly string[];
    readonly why: string;
}

export const DIFFERENCES: readonly Difference[] = [
    {
        family: "Docker", form: "Compose", rules: ["port-published", "port-on-all-addresses"], workloads: ["all ports"],
        why: "a Compose file cannot publish all ports: only `docker run -P` and the provider's publishAllPorts can",
    },
    {
        family: "Docker", form: "alone", rules: ["no-process-limit"],
        why: "the provider's Container has no field for it: without the toolkit's resource beside it, or limits of the engine's, there is none",
    },
];
