import { perService } from "../draft";

/** Without this a setuid program in the image gives back what dropping root and capabilities took. */
export const forbidNewPrivileges = perService("forbid-new-privileges", ({ declared, spec }) => declared.new_privileges === undefined
    ? { spec: { noNewPrivileges: true }, closed: spec.noNewPrivileges ? [] : ["gaining privileges through setuid programs"] }
    : { spec: { noNewPrivileges: false }, opened: [{ what: "setuid programs may gain privileges", reason: declared.new_privileges.reason }] });
