import { perService, serviceProblem } from "../draft";
import { numericIdentity } from "../start";

/**
 * Root in a container is root of the host's kernel once anything else gives way. The user must be known: a program
 * started as a user that its image did not expect fails in ways nobody can foresee.
 */
export const runWithoutRoot = perService("run-without-root", ({ source, declared, known }, draft) => {
    if (declared.root !== undefined) {
        return { spec: { user: { uid: 0, gid: 0 } }, opened: [{ what: "runs as root", reason: declared.root.reason }] };
    }
    const user = known.user;
    if (user !== undefined && user.uid !== 0) {
        const before = numericIdentity(source.user)?.uid === user.uid ? [] : [`runs as ${source.user ?? "the image's user"}, now ${user.uid}:${user.gid}`];
        return { spec: { user }, closed: before };
    }
    const because = known.rootReason === undefined ? "" : ` (${known.rootReason})`;
    return {
        problems: [serviceProblem(draft, source.name, ["user"], {
            fault: `is not known to run without root${because}`,
            got: source.user ?? source.image ?? "built from source",
            remedy: `write services.${source.name}.user: "uid:gid" in hardening.yaml, or services.${source.name}.root: {reason: …}`,
        })],
    };
});
