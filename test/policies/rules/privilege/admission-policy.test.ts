import { looseAdmissionPolicy } from "../../../../policies/rules/privilege/admission-policy";
import { UNKNOWN, manifest, resource, ruleTest } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Rules of this file: "loose-admission-policy".
const TIGHT = { privileged: false, allowPrivilegeEscalation: false, requiredDropCapabilities: ["ALL"], runAsUser: { rule: "MustRunAsNonRoot" }, volumes: ["configMap", "secret"] };
const PROFILES = { "seccomp.security.alpha.kubernetes.io/allowedProfileNames": "runtime/default" };
const psp = (spec: object, annotations: object | undefined = PROFILES, apiVersion = "policy/v1beta1"): Subject =>
    manifest(JSON.stringify({ apiVersion, kind: "PodSecurityPolicy", metadata: { name: "p", annotations }, spec: { ...TIGHT, ...spec } }));
const scc = (fields: object, name = "own"): Subject => manifest(JSON.stringify({
    apiVersion: "security.openshift.io/v1", kind: "SecurityContextConstraints", metadata: { name }, allowPrivilegeEscalation: false, requiredDropCapabilities: ["ALL"], runAsUser: { type: "MustRunAsRange" }, ...fields,
}));
const P = 'PodSecurityPolicy "p"';
const S = 'SecurityContextConstraints "own"';

ruleTest(looseAdmissionPolicy, {
    passes: {
        "a tight one": psp({}), "a tight one of OpenShift": scc({}), "what OpenShift brings": scc({ allowPrivilegedContainer: true }, "privileged"),
        "paths that can be read": psp({ volumes: ["hostPath"], allowedHostPaths: [{ pathPrefix: "/etc/ssl", readOnly: true }] }),
        "users from 1 on": psp({ runAsUser: { rule: "MustRunAs", ranges: [{ min: 1, max: 9 }] } }),
        "a default profile": psp({}, { "seccomp.security.alpha.kubernetes.io/defaultProfileName": "runtime/default" }),
        "a fixed user": scc({ runAsUser: { type: "MustRunAs", uid: 7 } }), "no volumes at all": psp({ volumes: undefined, allowedHostPaths: [{ pathPrefix: "/" }] }),
    },
    violates: {
        "privileged": [psp({ privileged: true }), `${P} admits privileged containers (privileged: true)`],
        "privileged, on OpenShift": [scc({ allowPrivilegedContainer: true }), `${S} admits privileged containers (allowPrivilegedContainer: true)`],
        "silence on escalation": [psp({ allowPrivilegeEscalation: undefined }), `${P} admits processes that gain privileges (allowPrivilegeEscalation: not set)`],
        "the host's namespaces": [
            psp({ hostPID: true, hostIPC: true, hostNetwork: true }), `${P} admits pods among the host's processes (hostPID: true)`,
            `${P} admits pods on the host's network (hostNetwork: true)`, `${P} admits pods that share the host's IPC (hostIPC: true)`,
        ],
        "every volume": [psp({ volumes: ["*"] }), `${P} admits paths of the host that can be written (volumes: *)`],
        "a path that can be written": [psp({ volumes: ["hostPath"], allowedHostPaths: [{ pathPrefix: "/dev" }] }), `${P} admits paths of the host that can be written (volumes: hostPath)`],
        "paths of the host, on OpenShift": [scc({ allowHostDirVolumePlugin: true }), `${S} admits paths of the host that can be written (allowHostDirVolumePlugin: true)`],
        "capabilities": [
            psp({ allowedCapabilities: ["NET_ADMIN"], requiredDropCapabilities: ["KILL"] }), `${P} does not take all capabilities away (requiredDropCapabilities: KILL)`,
            `${P} lets containers ask for capabilities (allowedCapabilities: NET_ADMIN)`,
        ],
        "nothing dropped": [psp({ requiredDropCapabilities: undefined }), `${P} does not take all capabilities away (requiredDropCapabilities: not set)`],
        "any user, of the old group": [psp({ runAsUser: { rule: "RunAsAny" } }, PROFILES, "extensions/v1beta1"), `${P} admits containers that run as root (runAsUser: RunAsAny)`],
        "nothing about users": [psp({ runAsUser: undefined }), `${P} admits containers that run as root (runAsUser: not set)`],
        "users from 0 on": [psp({ runAsUser: { rule: "MustRunAs", ranges: [{ min: 5, max: 9 }, { max: 1 }] } }), `${P} admits containers that run as root (runAsUser: MustRunAs)`],
        "user 0": [scc({ runAsUser: { type: "MustRunAs", uid: 0 } }), `${S} admits containers that run as root (runAsUser: MustRunAs)`],
        "a range from 0 on": [scc({ runAsUser: { type: "MustRunAsRange", uidRangeMin: 0 } }), `${S} admits containers that run as root (runAsUser: MustRunAsRange)`],
        "any profile": [psp({}, { "seccomp.security.alpha.kubernetes.io/allowedProfileNames": "runtime/default, *" }), `${P} admits containers without a seccomp profile (annotations: no profile)`],
        "no profile": [psp({}, {}), `${P} admits containers without a seccomp profile (annotations: no profile)`],
    },
    unknown: {
        "a setting, and still refuses another": [
            resource("kubernetes:policy/v1beta1:PodSecurityPolicy", "p", { metadata: { name: "p", annotations: PROFILES }, spec: { ...TIGHT, privileged: UNKNOWN, hostPID: true } }),
            `${P} admits pods among the host's processes (hostPID: true)`,
        ],
    },
});
