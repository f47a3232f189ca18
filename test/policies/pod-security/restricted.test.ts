import { UNKNOWN, ruleTest } from "../../support/rule-test";
import { pod, podRule, withContext, withPodContext } from "../../support/pod-security/rules";

const P = 'pod of Pod "p"';
const WINDOWS = { os: { name: "windows" } };
const MAYBE_WINDOWS = { os: { name: UNKNOWN } };

ruleTest(podRule("pod-security-allow-privilege-escalation"), {
    passes: {
        "no": withContext({ allowPrivilegeEscalation: false }), "Windows": withContext({}, WINDOWS), "no containers": pod({}),
        "no, whatever system it is": withContext({ allowPrivilegeEscalation: false }, MAYBE_WINDOWS),
    },
    violates: {
        "yes": [withContext({ allowPrivilegeEscalation: true }), `${P} lets container "c" gain privileges (allowPrivilegeEscalation is true)`],
        "silence": [pod({ initContainers: [null], containers: [{ name: "c" }] }), `${P} lets init container number 1 gain privileges (allowPrivilegeEscalation is not set)`, `${P} lets container "c" gain privileges (allowPrivilegeEscalation is not set)`],
        "silence on Linux": [withContext(null, { os: { name: "linux" } }), `${P} lets container "c" gain privileges (allowPrivilegeEscalation is not set)`],
    },
    unknown: {
        "one container beside another": [pod({ containers: [{ securityContext: UNKNOWN }, { name: "c" }] }), `${P} lets container "c" gain privileges (allowPrivilegeEscalation is not set)`],
        "which system it is": [withContext({}, MAYBE_WINDOWS)],
        "neither system nor flag": [withContext({ allowPrivilegeEscalation: UNKNOWN }, MAYBE_WINDOWS)],
    },
});
ruleTest(podRule("pod-security-allow-privilege-escalation"), {
    settings: { version: "v1.24" }, passes: {},
    violates: { "Windows, before 1.25": [withContext({}, WINDOWS), `${P} lets container "c" gain privileges (allowPrivilegeEscalation is not set)`] },
});
ruleTest(podRule("pod-security-allow-privilege-escalation"), { settings: { version: "v1.7" }, passes: { "everything, before 1.8": withContext({}) }, violates: {} });

ruleTest(podRule("pod-security-capabilities-restricted"), {
    passes: {
        "none": withContext({ capabilities: { drop: ["X", "ALL"], add: ["NET_BIND_SERVICE"] } }), "Windows": withContext({}, WINDOWS),
        "all dropped, whatever else is": withContext({ capabilities: { drop: [UNKNOWN, "ALL"] } }),
    },
    violates: {
        "silence": [withContext(undefined), `${P} leaves container "c" its capabilities (drop is not set)`],
        "not all": [withContext({ capabilities: { drop: ["NET_RAW", "all"] } }), `${P} leaves container "c" its capabilities (drop is ["NET_RAW", "all"])`],
        "one added": [withContext({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } }), `${P} adds the capability "CHOWN" to container "c"`],
    },
    unknown: {
        "what is dropped, beside what is added": [withContext({ capabilities: { drop: [UNKNOWN, "X"], add: ["CHOWN"] } }), `${P} adds the capability "CHOWN" to container "c"`],
        "what is added, beside what is not dropped": [withContext({ capabilities: { add: UNKNOWN } }), `${P} leaves container "c" its capabilities (drop is not set)`],
        "which system it is": [withContext({}, MAYBE_WINDOWS)],
    },
});
ruleTest(podRule("pod-security-capabilities-restricted"), { settings: { version: "v1.21" }, passes: { "everything, before 1.22": withContext({}) }, violates: {} });
ruleTest(podRule("pod-security-capabilities-restricted"), {
    settings: { version: "v1.22" }, passes: {}, violates: { "Windows, before 1.25": [withContext({}, WINDOWS), `${P} leaves container "c" its capabilities (drop is not set)`] },
});

ruleTest(podRule("pod-security-proc-mount-restricted"), {
    passes: { "the default": withContext({ procMount: "Default" }), "silence": withContext({}) },
    violates: { "users of its own": [withContext({ procMount: "Unmasked" }, { hostUsers: false }), `${P} sets procMount of container "c" to "Unmasked"`] },
    unknown: { "what is seen": [withContext({ procMount: UNKNOWN })] },
});
ruleTest(podRule("pod-security-proc-mount-restricted"), { settings: { version: "v1.34" }, passes: { "everything, before 1.35": withContext({ procMount: "Unmasked" }) }, violates: {} });

ruleTest(podRule("pod-security-restricted-volumes"), {
    passes: {
        "allowed ones": pod({ volumes: [{ configMap: {} }, { csi: {} }, { image: {} }, { ephemeral: {} }] }),
        "a name only, which is an emptyDir": pod({ volumes: [{ name: "a" }, { name: "b", hostPath: null }, null] }),
        "a source that Kubernetes does not know": pod({ volumes: [{ name: "a", somethingElse: {} }] }),
        "an allowed one beside another": pod({ volumes: [{ name: "a", emptyDir: {}, nfs: {} }, { name: "b", emptyDir: {}, nfs: UNKNOWN }] }),
        "an allowed one that is not known": pod({ volumes: [{ name: "a", configMap: UNKNOWN }] }),
    },
    violates: {
        "others": [pod({ volumes: [{ name: "a", nfs: {} }, { name: "b", hostPath: {}, iscsi: {} }] }), `${P} has volume "a" of the type nfs`, `${P} has volume "b" of the type hostPath and iscsi`],
    },
    unknown: {
        "a source beside another": [pod({ volumes: [{ name: "a", nfs: UNKNOWN }, { name: "b", rbd: {} }] }), `${P} has volume "b" of the type rbd`],
        "an allowed source of a volume that has another": [pod({ volumes: [{ name: "a", nfs: {}, emptyDir: UNKNOWN }] })],
        "a second one of a volume that is refused": [pod({ volumes: [{ name: "a", nfs: {}, rbd: UNKNOWN }, UNKNOWN] }), `${P} has volume "a" of the type nfs`],
    },
});

ruleTest(podRule("pod-security-run-as-non-root"), {
    passes: {
        "by the pod": withPodContext({ runAsNonRoot: true }), "by the container": withContext({ runAsNonRoot: true }), "users of its own": withContext({ runAsNonRoot: false }, { hostUsers: false }),
        "no root, whoever the users are": withContext({ runAsNonRoot: true }, { hostUsers: UNKNOWN }),
    },
    violates: {
        "silence": [pod({ containers: [{ name: "c" }] }), `${P} lets container "c" run as root (runAsNonRoot is not set)`],
        "the pod, once for all its containers": [
            pod({ securityContext: { runAsNonRoot: false }, containers: [{ name: "c" }, { name: "d", securityContext: { runAsNonRoot: true } }] }), `${P} lets its containers run as root (runAsNonRoot of the pod is false)`,
        ],
        "a container against its pod": [pod({ securityContext: { runAsNonRoot: true }, containers: [{ name: "c", securityContext: { runAsNonRoot: false } }] }), `${P} lets container "c" run as root (runAsNonRoot is false)`],
    },
    unknown: {
        "the pod, beside a container": [
            pod({ securityContext: UNKNOWN, containers: [{ name: "c" }, { name: "d", securityContext: { runAsNonRoot: false } }] }), `${P} lets container "d" run as root (runAsNonRoot is false)`,
        ],
        "whose users they are": [withContext({}, { hostUsers: UNKNOWN })],
    },
});
ruleTest(podRule("pod-security-run-as-non-root"), {
    settings: { version: "v1.34" }, passes: {},
    violates: { "users of its own, before 1.35": [withContext({}, { hostUsers: false }), `${P} lets container "c" run as root (runAsNonRoot is not set)`] },
});

ruleTest(podRule("pod-security-run-as-user"), {
    passes: { "silence": withContext({}), "another": withContext({ runAsUser: 1 }), "users of its own": withContext({ runAsUser: 0 }, { hostUsers: false }) },
    violates: {
        "root": [
            pod({ securityContext: { runAsUser: 0 }, initContainers: [{ name: "c", securityContext: { runAsUser: 0 } }], containers: [{ securityContext: { runAsUser: 5 } }] }),
            `${P} runs the pod as root (runAsUser: 0)`, `${P} runs init container "c" as root (runAsUser: 0)`,
        ],
    },
    unknown: { "the pod beside a container": [pod({ securityContext: { runAsUser: UNKNOWN }, containers: [{ name: "c", securityContext: { runAsUser: 0 } }] }), `${P} runs container "c" as root (runAsUser: 0)`] },
});
ruleTest(podRule("pod-security-run-as-user"), { settings: { version: "v1.22" }, passes: { "everything, before 1.23": withContext({ runAsUser: 0 }) }, violates: {} });
ruleTest(podRule("pod-security-run-as-user"), {
    settings: { version: "v1.34" }, passes: {}, violates: { "users of its own, before 1.35": [withContext({ runAsUser: 0 }, { hostUsers: false }), `${P} runs container "c" as root (runAsUser: 0)`] },
});

ruleTest(podRule("pod-security-seccomp-profile-restricted"), {
    passes: { "the pod's": withPodContext({ seccompProfile: { type: "RuntimeDefault" } }), "its own": withContext({ seccompProfile: { type: "Localhost" } }), "Windows": withContext({}, WINDOWS) },
    violates: {
        "silence": [withContext({}), `${P} gives container "c" no seccomp profile`],
        "the pod's, once for all its containers": [withPodContext({ seccompProfile: {} }), `${P} sets the seccomp profile of the pod to ""`],
        "a container against its pod": [
            pod({ securityContext: { seccompProfile: { type: "RuntimeDefault" } }, containers: [{ name: "c", securityContext: { seccompProfile: { type: "Unconfined" } } }] }), `${P} sets the seccomp profile of container "c" to "Unconfined"`,
        ],
    },
    unknown: {
        "the pod's, beside a container's": [
            pod({ securityContext: { seccompProfile: UNKNOWN }, containers: [{ name: "c" }, { name: "d", securityContext: { seccompProfile: { type: "x" } } }] }), `${P} sets the seccomp profile of container "d" to "x"`,
        ],
        "which system it is": [withContext({}, MAYBE_WINDOWS)],
    },
});
ruleTest(podRule("pod-security-seccomp-profile-restricted"), { settings: { version: "v1.18" }, passes: { "everything, before 1.19": withContext({}) }, violates: {} });
ruleTest(podRule("pod-security-seccomp-profile-restricted"), {
    settings: { version: "v1.24" }, passes: {}, violates: { "Windows, before 1.25": [withContext({}, WINDOWS), `${P} gives container "c" no seccomp profile`] },
});
