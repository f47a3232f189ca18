import { dockerfileOf } from "../../view/dockerfile/view";
import type { ObjectView } from "../../view/types";
import type { Fault } from "../../view/unfinished";

/** Steps of a Dockerfile that ask for the host's network, or for no protection. */
export function dockerfileFaults(view: ObjectView): readonly Fault[] {
    return dockerfileOf(view).instructions.filter(({ keyword }) => keyword === "RUN").flatMap(({ flags, path }) => flags.flatMap(({ name, value }) => {
        const message = name === "network" && value === "host" ? "has a step on the host's network (RUN --network=host)"
            : name === "security" && value === "insecure" ? "has a step without any protection (RUN --security=insecure)" : undefined;
        return message === undefined ? [] : [{ message, at: path }];
    }));
}
