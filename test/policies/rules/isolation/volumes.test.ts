import { VOLUME_RULES } from "../../../../policies/rules/isolation/volumes";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, compose, deployment, docker, ruleTest, service, swarm, together } from "../../../support/rule-test";

const POD = 'pod of Deployment "api"';
const volumes = (...list: unknown[]) => deployment("api", { containers: [], volumes: list });

ruleTest(ruleIn(VOLUME_RULES, "volume-type-not-allowed"), {
    passes: {
        "the harmless ones": volumes(...["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"].map(type => ({ name: type, [type]: {} }))),
        "one with only a name, which is an emptyDir": volumes({ name: "a" }, { name: "b", nfs: null }),
        "those that other rules speak of": volumes({ name: "a", hostPath: { path: "/x" } }, { name: "b", flexVolume: { driver: "x/y" } }),
        "Compose": service({ volumes: ["data:/data"] }),
    },
    violates: { "others": [volumes({ name: "a", nfs: { server: "s" } }, { name: "b", gitRepo: {} }), `${POD} has a volume of the type nfs`, `${POD} has a volume of the type gitRepo`] },
    unknown: { "one beside another": [volumes(UNKNOWN, { name: "a", nfs: UNKNOWN }), `${POD} has a volume of the type nfs`] },
});
ruleTest(ruleIn(VOLUME_RULES, "volume-type-not-allowed"), {
    settings: { allowed: ["nfs"] },
    passes: { "what is allowed here": volumes({ name: "a", nfs: {} }) },
    violates: { "what is not": [volumes({ name: "a" }), `${POD} has a volume of the type emptyDir`] },
});

const mounted = (mountPropagation: unknown) => deployment("api", { containers: [{ name: "api", volumeMounts: [{ name: "v", mountPath: "/x", mountPropagation }] }] });
ruleTest(ruleIn(VOLUME_RULES, "shared-mount-propagation"), {
    passes: {
        "silence": service({ volumes: ["./a:/a:ro", "data:/d", { type: "bind", source: "/x", target: "/x" }] }), "private": docker("api", { mounts: [{ type: "bind", bindOptions: { propagation: "rprivate" } }] }),
        "a pod's own": mounted("None"), "a folder of that name": service({ volumes: ["./shared:/shared"] }),
    },
    violates: {
        "Docker": [docker("api", { mounts: [{ type: "bind", bindOptions: { propagation: "shared" } }] }), 'container "api" passes mounts on to its host (propagation: shared)'],
        "Swarm": [swarm("api", { mounts: [{ type: "bind", bindOptions: { propagation: "rslave" } }] }), 'Swarm service "api" receives its host\'s mounts (propagation: rslave)'],
        "both forms of Compose": [
            service({ volumes: ["./a:/a:ro,rshared", { type: "bind", source: "/x", target: "/x", bind: { propagation: "slave" } }] }),
            'service "api" passes mounts on to its host (propagation: rshared)', 'service "api" receives its host\'s mounts (propagation: slave)',
        ],
        "a pod, up": [mounted("Bidirectional"), `${POD} passes mounts on to its host (propagation: Bidirectional)`],
        "a pod, down": [mounted("HostToContainer"), `${POD} receives its host's mounts (propagation: HostToContainer)`],
    },
    unknown: {
        "a container beside another": [
            deployment("api", { containers: [UNKNOWN, { name: "api", volumeMounts: [{ name: "v", mountPropagation: "Bidirectional" }] }] }), `${POD} passes mounts on to its host (propagation: Bidirectional)`,
        ],
        "one beside another": [docker("api", { mounts: [UNKNOWN, { bindOptions: { propagation: "shared" } }] }), 'container "api" passes mounts on to its host (propagation: shared)'],
    },
});

ruleTest(ruleIn(VOLUME_RULES, "volumes-from-container"), {
    passes: { "none": service({}), "volumes": docker("api", { volumes: [{ volumeName: "data", containerPath: "/x" }] }), "a pod": volumes({ name: "a" }) },
    violates: {
        "Docker": [docker("api", { volumes: [{ fromContainer: "db" }] }), 'container "api" takes over every mount of db'],
        "Compose": [service({ volumes_from: ["db:ro", "container:other"] }), 'service "api" takes over every mount of db', 'service "api" takes over every mount of container:other'],
    },
    unknown: { "one beside another": [service({ volumes_from: [UNKNOWN, "db"] }), 'service "api" takes over every mount of db'] },
});

ruleTest(ruleIn(VOLUME_RULES, "shared-volume"), {
    passes: {
        "a volume of one service": compose({ services: { a: { volumes: ["data:/a", "data:/b"] }, b: { volumes: ["other:/a"] } } }),
        "paths of the host, and volumes without a name": compose({ services: { a: { volumes: ["./d:/a", "/b"] }, b: { volumes: ["./d:/a", "/b"] } } }),
        "pods": together(volumes({ name: "a" }), volumes({ name: "a" })),
    },
    violates: {
        "one of two forms": [
            compose({ services: { a: { volumes: ["data:/a"] }, b: { volumes: [{ type: "volume", source: "data", target: "/x" }] }, c: { volumes: ["other:/a"] } } }),
            'service "a" shares the volume data with service "b"', 'service "b" shares the volume data with service "a"',
        ],
        "Docker's two fields": [
            together(docker("a", { volumes: [{ volumeName: "data", containerPath: "/x" }] }), docker("b", { mounts: [{ type: "volume", source: "data", target: "/x" }] })),
            'container "a" shares the volume data with container "b"', 'container "b" shares the volume data with container "a"',
        ],
    },
    unknown: {
        "one of three": [
            together(...["a", "b"].map(name => docker(name, { volumes: [{ volumeName: "data", containerPath: "/x" }] })), docker("c", { volumes: [UNKNOWN] })),
            'container "a" shares the volume data with container "b"', 'container "b" shares the volume data with container "a"',
        ],
    },
});
ruleTest(ruleIn(VOLUME_RULES, "shared-volume"), {
    settings: { shared: ["data"] },
    passes: { "what is meant": compose({ services: { a: { volumes: ["data:/a"] }, b: { volumes: ["data:/a"] } } }) },
    violates: { "what is not": [compose({ services: { a: { volumes: ["logs:/a"] }, b: { volumes: ["logs:/a"] } } }), 'service "a" shares the volume logs with service "b"', 'service "b" shares the volume logs with service "a"'] },
});

const part = (mount: object, volume: object) => deployment("api", { containers: [{ name: "api", volumeMounts: [{ name: "v", mountPath: "/x", ...mount }] }], volumes: [{ name: "v", ...volume }] });
ruleTest(ruleIn(VOLUME_RULES, "sub-path-on-host-volume"), {
    passes: {
        "a claim": part({ subPath: "a" }, { persistentVolumeClaim: { claimName: "c" } }), "the whole folder": part({}, { hostPath: { path: "/srv" } }),
        "one that is only read": part({ subPath: "a", readOnly: true }, { hostPath: { path: "/srv" } }),
    },
    violates: {
        "a part": [part({ subPath: "a/b" }, { hostPath: { path: "/srv" } }), `${POD} mounts a/b inside the node's volume v, writable`],
        "a part by a variable": [part({ subPathExpr: "$(POD)" }, { hostPath: { path: "/srv" } }), `${POD} mounts $(POD) inside the node's volume v, writable`],
    },
    unknown: {
        "another volume, another mount and another container": [
            deployment("api", {
                containers: [UNKNOWN, { name: "api", volumeMounts: [UNKNOWN, { name: "v", mountPath: "/x", subPath: "a" }] }], volumes: [UNKNOWN, { name: UNKNOWN }, { name: "v", hostPath: { path: "/srv" } }],
            }),
            `${POD} mounts a inside the node's volume v, writable`,
        ],
        "the part": [part({ subPath: UNKNOWN }, { hostPath: { path: "/srv" } })], "the volume": [part({ subPath: "a" }, { hostPath: UNKNOWN })],
    },
});
