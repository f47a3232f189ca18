import { UNKNOWN, docker, ruleTest, service } from "../../support/rule-test";
import { pod, podRule, withContext, withPodContext } from "../../support/pod-security/rules";

const P = 'pod of Pod "p"';
const AT = (version: string) => ({ version });

ruleTest(podRule("pod-security-privileged"), {
    passes: {
        "silence": withContext(undefined), "null": withContext({ privileged: null }), "no": withContext({ privileged: false }),
        "Docker, which has no pods": docker("c", { privileged: true }), "Compose, which has none either": service({ image: "a:1", privileged: true }),
    },
    violates: {
        "yes": [withContext({ privileged: true }), `${P} runs container "c" privileged`],
        "containers of all lists": [
            pod({ initContainers: [{ name: "i", securityContext: { privileged: true } }], containers: [{ name: "c" }], ephemeralContainers: [{ name: "e", securityContext: { privileged: true } }] }),
            `${P} runs init container "i" privileged`, `${P} runs ephemeral container "e" privileged`,
        ],
        "a container without a name": [pod({ containers: [{ name: "c" }, { securityContext: { privileged: true } }] }), `${P} runs container number 2 privileged`],
    },
    unknown: {
        "a flag": [withContext({ privileged: UNKNOWN })],
        "a security context, beside a container that is privileged": [
            pod({ containers: [{ name: "a", securityContext: UNKNOWN }, { name: "b", securityContext: { privileged: true } }] }), `${P} runs container "b" privileged`,
        ],
        "a list of containers, beside one that is privileged": [pod({ initContainers: UNKNOWN, containers: [{ name: "c", securityContext: { privileged: true } }] }), `${P} runs container "c" privileged`],
        "a name, of a container that is privileged": [pod({ containers: [{ name: UNKNOWN, securityContext: { privileged: true } }, { securityContext: UNKNOWN }] }), `${P} runs container number 1 privileged`],
        "a pod": [pod(UNKNOWN)],
    },
});

ruleTest(podRule("pod-security-host-namespaces"), {
    passes: { "silence": pod({}), "no": pod({ hostNetwork: false, hostPID: null }) },
    violates: {
        "all of them": [
            pod({ hostNetwork: true, hostPID: true, hostIPC: true }), `${P} shares the network of its node (hostNetwork: true)`,
            `${P} shares the processes of its node (hostPID: true)`, `${P} shares the shared memory of its node (hostIPC: true)`,
        ],
    },
    unknown: { "one beside another": [pod({ hostNetwork: UNKNOWN, hostPID: true }), `${P} shares the processes of its node (hostPID: true)`] },
});

ruleTest(podRule("pod-security-host-ports"), {
    passes: { "no ports": pod({ containers: [{ name: "c" }] }), "a port of its own": pod({ containers: [{ name: "c", ports: [{ containerPort: 80 }, { hostPort: 0 }, null] }] }) },
    violates: {
        "ports of the node": [
            pod({ containers: [{ name: "c", ports: [{ hostPort: 80 }, { hostPort: 443 }] }] }), `${P} takes port 80 of its node for container "c"`, `${P} takes port 443 of its node for container "c"`,
        ],
    },
    unknown: { "one beside another": [pod({ containers: [{ name: "c", ports: [{ hostPort: UNKNOWN }, { hostPort: 80 }] }] }), `${P} takes port 80 of its node for container "c"`] },
});

ruleTest(podRule("pod-security-host-path-volumes"), {
    passes: { "other volumes": pod({ volumes: [{ name: "a", emptyDir: {} }, { name: "b", hostPath: null }, { name: "c" }, null] }) },
    violates: {
        "a path, even an empty one": [
            pod({ volumes: [{ name: "a", hostPath: { path: "/" } }, { name: "b", hostPath: {} }, { hostPath: {} }] }),
            `${P} has a path of its node as volume "a"`, `${P} has a path of its node as volume "b"`, `${P} has a path of its node as volume number 3`,
        ],
    },
    unknown: { "a source beside another": [pod({ volumes: [{ name: "a", hostPath: UNKNOWN }, { name: UNKNOWN, hostPath: {} }] }), `${P} has a path of its node as volume number 2`] },
});

ruleTest(podRule("pod-security-host-probes-and-lifecycle"), {
    passes: {
        "no host": pod({ containers: [{ name: "c", livenessProbe: { httpGet: { port: 80, host: "" } }, lifecycle: { preStop: { exec: {} } } }] }),
    },
    violates: {
        "hosts everywhere": [
            pod({
                containers: [
                    { name: "c", livenessProbe: { httpGet: { host: "a" } }, readinessProbe: { tcpSocket: { host: "b" } }, startupProbe: { httpGet: { host: "d" } } },
                    { name: "e", lifecycle: { postStart: { httpGet: { host: "f" } }, preStop: { tcpSocket: { host: "g" } } } },
                ],
            }),
            `${P} lets its node call "a" for container "c" (livenessProbe.httpGet.host)`, `${P} lets its node call "b" for container "c" (readinessProbe.tcpSocket.host)`,
            `${P} lets its node call "d" for container "c" (startupProbe.httpGet.host)`, `${P} lets its node call "f" for container "e" (lifecycle.postStart.httpGet.host)`,
            `${P} lets its node call "g" for container "e" (lifecycle.preStop.tcpSocket.host)`,
        ],
    },
    unknown: {
        "a probe beside another": [
            pod({ containers: [{ name: "c", livenessProbe: UNKNOWN, startupProbe: { tcpSocket: { host: "b" } } }] }), `${P} lets its node call "b" for container "c" (startupProbe.tcpSocket.host)`,
        ],
    },
});
ruleTest(podRule("pod-security-host-probes-and-lifecycle"), {
    settings: AT("1.33"), violates: {}, passes: { "hosts before 1.34": pod({ containers: [{ name: "c", livenessProbe: { httpGet: { host: "a" } } }] }) },
});

ruleTest(podRule("pod-security-capabilities-baseline"), {
    passes: { "none": withContext({ capabilities: { add: null, drop: ["X"] } }), "a usual one": withContext({ capabilities: { add: ["CHOWN", "SYS_CHROOT"] } }) },
    violates: {
        "others, and those that are misspelt": [
            withContext({ capabilities: { add: ["NET_RAW", "CHOWN", "CAP_CHOWN", "chown", null] } }),
            ...["NET_RAW", "CAP_CHOWN", "chown", ""].map(name => `${P} adds the capability "${name}" to container "c"`),
        ],
    },
    unknown: { "one beside another": [withContext({ capabilities: { add: [UNKNOWN, "NET_RAW"] } }), `${P} adds the capability "NET_RAW" to container "c"`], "all": [withContext({ capabilities: UNKNOWN })] },
});

const APPARMOR = "container.apparmor.security.beta.kubernetes.io/";
ruleTest(podRule("pod-security-apparmor-profile"), {
    passes: {
        "silence": withContext({ appArmorProfile: null }), "the runtime's own": withContext({ appArmorProfile: { type: "RuntimeDefault" } }),
        "one of the node": withPodContext({ appArmorProfile: { type: "Localhost" } }),
        "annotations": pod({}, { [`${APPARMOR}a`]: "runtime/default", [`${APPARMOR}b`]: "localhost/x", [`${APPARMOR}c`]: "", [`${APPARMOR}d`]: null, other: "unconfined" }),
    },
    violates: {
        "fields": [
            pod({ securityContext: { appArmorProfile: {} }, containers: [{ name: "c", securityContext: { appArmorProfile: { type: "Unconfined" } } }] }),
            `${P} sets the AppArmor profile of the pod to ""`, `${P} sets the AppArmor profile of container "c" to "Unconfined"`,
        ],
        "annotations": [pod({}, { [`${APPARMOR}a`]: "unconfined", [`${APPARMOR}b`]: "localhost" }), `${P} sets the AppArmor profile of container "a" to "unconfined" in an annotation`, `${P} sets the AppArmor profile of container "b" to "localhost" in an annotation`],
    },
    unknown: {
        "an annotation beside another": [pod({}, { [`${APPARMOR}a`]: UNKNOWN, [`${APPARMOR}b`]: "x" }), `${P} sets the AppArmor profile of container "b" to "x" in an annotation`],
        "the pod, beside an annotation": [pod(UNKNOWN, { [`${APPARMOR}b`]: "x" }), `${P} sets the AppArmor profile of container "b" to "x" in an annotation`],
        "annotations, beside a field": [pod({ securityContext: { appArmorProfile: { type: "x" } } }, UNKNOWN), `${P} sets the AppArmor profile of the pod to "x"`],
    },
});

ruleTest(podRule("pod-security-selinux-options"), {
    passes: { "a container's type": withContext({ seLinuxOptions: { type: "container_engine_t", level: "s0", user: "", role: null } }), "silence": withPodContext({ seLinuxOptions: {} }) },
    violates: {
        "type, user and role": [
            pod({ securityContext: { seLinuxOptions: { type: "spc_t" } }, containers: [{ name: "c", securityContext: { seLinuxOptions: { user: "u", role: "r" } } }] }),
            `${P} sets the SELinux type of the pod to "spc_t"`, `${P} sets the SELinux user of container "c" to "u"`, `${P} sets the SELinux role of container "c" to "r"`,
        ],
    },
    unknown: { "a type beside a user": [withContext({ seLinuxOptions: { type: UNKNOWN, user: "u" } }), `${P} sets the SELinux user of container "c" to "u"`] },
});
ruleTest(podRule("pod-security-selinux-options"), {
    settings: AT("v1.30"), passes: {},
    violates: { "a type that came later": [withContext({ seLinuxOptions: { type: "container_engine_t" } }), `${P} sets the SELinux type of container "c" to "container_engine_t"`] },
});

ruleTest(podRule("pod-security-sysctls"), {
    passes: { "safe ones": withPodContext({ sysctls: [{ name: "net.ipv4.tcp_notsent_lowat", value: "1" }, { name: "kernel.shm_rmid_forced" }] }) },
    violates: { "others": [withPodContext({ sysctls: [{ name: "kernel.msgmax" }, null] }), `${P} sets the sysctl "kernel.msgmax"`, `${P} sets the sysctl ""`] },
    unknown: { "one beside another": [withPodContext({ sysctls: [{ name: UNKNOWN }, { name: "kernel.msgmax" }] }), `${P} sets the sysctl "kernel.msgmax"`] },
});
ruleTest(podRule("pod-security-sysctls"), {
    settings: AT("v1.29"), passes: { "one of that time": withPodContext({ sysctls: [{ name: "net.ipv4.tcp_fin_timeout" }] }) },
    violates: { "one that came later": [withPodContext({ sysctls: [{ name: "net.ipv4.tcp_rmem" }] }), `${P} sets the sysctl "net.ipv4.tcp_rmem"`] },
});

ruleTest(podRule("pod-security-proc-mount"), {
    passes: { "the default": withContext({ procMount: "Default" }), "null": withContext({ procMount: null }), "users of its own": withContext({ procMount: "Unmasked" }, { hostUsers: false }) },
    violates: {
        "all of it": [withContext({ procMount: "Unmasked" }), `${P} sets procMount of container "c" to "Unmasked"`],
        "with the node's users": [withContext({ procMount: "" }, { hostUsers: true }), `${P} sets procMount of container "c" to ""`],
    },
    unknown: { "whose users they are": [withContext({ procMount: "Unmasked" }, { hostUsers: UNKNOWN })], "what is seen": [withContext({ procMount: UNKNOWN })] },
});
ruleTest(podRule("pod-security-proc-mount"), {
    settings: AT("v1.34"), passes: {}, violates: { "users of its own, before 1.35": [withContext({ procMount: "Unmasked" }, { hostUsers: false }), `${P} sets procMount of container "c" to "Unmasked"`] },
});

ruleTest(podRule("pod-security-seccomp-profile-baseline"), {
    passes: {
        "silence": withContext({ seccompProfile: null }), "profiles": pod({ securityContext: { seccompProfile: { type: "RuntimeDefault" } }, containers: [{ securityContext: { seccompProfile: { type: "Localhost" } } }] }),
        "annotations, since 1.19": pod({ containers: [{ name: "c" }] }, { "seccomp.security.alpha.kubernetes.io/pod": "unconfined" }),
    },
    violates: {
        "none": [
            pod({ securityContext: { seccompProfile: { type: "Unconfined" } }, containers: [{ name: "c", securityContext: { seccompProfile: {} } }] }),
            `${P} sets the seccomp profile of the pod to "Unconfined"`, `${P} sets the seccomp profile of container "c" to ""`,
        ],
    },
    unknown: { "one beside another": [pod({ securityContext: { seccompProfile: UNKNOWN }, containers: [{ name: "c", securityContext: { seccompProfile: { type: "x" } } }] }), `${P} sets the seccomp profile of container "c" to "x"`] },
});
const SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";
ruleTest(podRule("pod-security-seccomp-profile-baseline"), {
    settings: AT("v1.18"),
    passes: {
        "fields, before 1.19": withContext({ seccompProfile: { type: "Unconfined" } }),
        "annotations": pod({ containers: [{ name: "c" }] }, { "seccomp.security.alpha.kubernetes.io/pod": "docker/default", [`${SECCOMP}c`]: "localhost/x", [`${SECCOMP}d`]: "unconfined" }),
        "an annotation that is fit, whoever it is for": pod({ containers: [{ name: UNKNOWN }] }, { [`${SECCOMP}c`]: "runtime/default" }),
    },
    violates: {
        "annotations": [
            pod({ initContainers: [{ name: "c" }] }, { "seccomp.security.alpha.kubernetes.io/pod": "unconfined", [`${SECCOMP}c`]: null }),
            `${P} sets the seccomp profile of the pod to "unconfined" in an annotation`, `${P} sets the seccomp profile of container "c" to "" in an annotation`,
        ],
    },
    unknown: {
        "an annotation": [pod({ containers: [{ name: "c" }] }, { [`${SECCOMP}c`]: UNKNOWN, "seccomp.security.alpha.kubernetes.io/pod": "x" }), `${P} sets the seccomp profile of the pod to "x" in an annotation`],
        "whom it is for": [pod({ containers: [{ name: UNKNOWN }] }, { [`${SECCOMP}c`]: "unconfined" })],
    },
});

ruleTest(podRule("pod-security-windows-host-process"), {
    passes: { "silence": withContext({ windowsOptions: {} }), "no": withPodContext({ windowsOptions: { hostProcess: false } }) },
    violates: {
        "pod and container": [
            pod({ securityContext: { windowsOptions: { hostProcess: true } }, containers: [{ name: "c", securityContext: { windowsOptions: { hostProcess: true } } }] }),
            `${P} runs the pod as a process of its Windows node`, `${P} runs container "c" as a process of its Windows node`,
        ],
    },
    unknown: { "the pod beside a container": [pod({ securityContext: UNKNOWN, containers: [{ name: "c", securityContext: { windowsOptions: { hostProcess: true } } }] }), `${P} runs container "c" as a process of its Windows node`] },
});
