import { perService, serviceProblem } from "../draft";

/**
 * Keys that the model has no field for cannot be carried over; left out in silence they would change what the
 * application is. Those that only matter while developing or building are the exception.
 */
export const refuseUnsupported = perService("refuse-unsupported", ({ source }, draft) => ({
    problems: source.unsupported.filter(key => !HARMLESS.has(key)).map(key => serviceProblem(draft, source.name, [key], {
        fault: "is not supported", remedy: `take it out, or leave the service out with services.${source.name}.enabled: false`,
    })),
}));

/** Without effect on what runs: building, watching files, how the CLI prints. */
const HARMLESS = new Set(["develop", "attach", "annotations", "label_file", "pull_policy", "profiles", "scale", "extends", "stop_grace_period", "links"]);
