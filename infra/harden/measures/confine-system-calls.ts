import { perService } from "../draft";

/** System calls are filtered for everybody, most narrowly where code from strangers runs. AppArmor is the host's to load. */
export const confineSystemCalls = perService("confine-system-calls", ({ declared, spec }) => {
    const seccomp = declared.seccomp ?? (spec.role === "sandbox" ? "strict" : "default");
    return {
        spec: { seccomp, ...(declared.apparmor !== undefined && { apparmor: declared.apparmor }) },
        closed: [
            ...(spec.seccomp === "unconfined" ? ["unconfined system calls"] : []),
            ...(seccomp === "strict" ? ["system calls outside the strict profile"] : []),
        ],
    };
});
