import { RULES } from "../../../../policies/catalogue";
import { UNKNOWN, compose, deployment, docker, ruleTest, service, together } from "../../../support/rule-test";
import type { Cases } from "../../../support/rule-test";

const test = (id: string, cases: Cases): void => {
    ruleTest(RULES.find(rule => rule.id === id) ?? RULES[0] as never, cases);
};

test("anonymous-volume", {
    passes: {
        "named ones": service({ volumes: ["data:/data", { type: "volume", source: "data", target: "/more" }] }),
        "a path, a tmpfs": service({ volumes: ["./a:/a", { type: "bind", source: "/b", target: "/b" }, { type: "tmpfs", target: "/c" }] }),
        "a container": docker("api", { volumes: [{ volumeName: "data", containerPath: "/data" }, { hostPath: "/a", containerPath: "/a" }, { fromContainer: "b" }] }),
    },
    violates: {
        "short": [service({ volumes: ["/var/lib/data"] }), 'service "api" keeps data in a volume without a name (/var/lib/data)'],
        "long": [service({ volumes: [{ type: "volume", target: "/data" }] }), 'service "api" keeps data in a volume without a name (/data)'],
        "a container": [docker("api", { volumes: [{ containerPath: "/data" }], mounts: [{ type: "volume", target: "/more" }] }), 'Container "api" keeps data in a volume without a name (/data)', 'Container "api" keeps data in a volume without a name (/more)'],
    },
    unknown: { "its name": [docker("api", { volumes: [{ containerPath: "/data", volumeName: UNKNOWN }, { containerPath: "/x" }] }), 'Container "api" keeps data in a volume without a name (/x)'] },
});

test("shared-host-folder", {
    passes: {
        "folders of their own": compose({ services: { a: { volumes: ["./a:/x"] }, b: { volumes: ["./b:/x", "data:/y"] }, c: { volumes: ["data:/y"] } } }),
        "one service twice": compose({ services: { a: { volumes: ["./a:/x", "./a:/y"] } } }),
        "pods": deployment("api", { containers: [{ name: "a" }], volumes: [{ name: "h", hostPath: { path: "/a" } }] }),
    },
    violates: {
        "two services": [
            compose({ services: { a: { volumes: ["./code:/x"] }, b: { volumes: [{ type: "bind", source: "./code/", target: "/y" }] }, c: { volumes: ["./other:/x"] } } }),
            'service "a" shares the host\'s ./code with service "b"', 'service "b" shares the host\'s ./code with service "a"',
        ],
        "two containers": [
            together(docker("a", { volumes: [{ hostPath: "/srv", containerPath: "/x" }] }), docker("b", { volumes: [{ hostPath: "/srv", containerPath: "/x", readOnly: true }] })),
            'container "a" shares the host\'s /srv with container "b"', 'container "b" shares the host\'s /srv with container "a"',
        ],
    },
    unknown: {
        "one of the folders": [
            together(docker("a", { volumes: [{ hostPath: UNKNOWN, containerPath: "/y" }, { hostPath: "/srv", containerPath: "/x" }] }), docker("b", { volumes: [{ hostPath: "/srv", containerPath: "/x" }] })),
            'container "a" shares the host\'s /srv with container "b"', 'container "b" shares the host\'s /srv with container "a"',
        ],
    },
});
