import { noProcessLimit } from "../../../../policies/rules/resources/no-process-limit";
import { UNKNOWN, deployment, docker, resource, ruleTest, service, swarm, together } from "../../../support/rule-test";

const SILENT = "may start any number of processes (limit: not set)";
const limit = (container: string, pids: unknown) => resource("pulumi-nodejs:portcullis:ProcessLimit", "limit", { container, pids });

ruleTest(noProcessLimit, {
    passes: {
        "a limit beside a Docker container": together(docker("api", {}), limit("api", 100)),
        "a ulimit": docker("api", { ulimits: [{ name: "nproc", soft: 100, hard: 100 }] }),
        "pids_limit": service({ pids_limit: 100 }),
        "a limit under deploy": service({ deploy: { resources: { limits: { pids: 100 } } } }),
        "a ulimit of Compose": service({ ulimits: { nproc: 100 } }),
        "a pod, whose processes the kubelet bounds": deployment("api", { containers: [{ name: "api" }] }),
    },
    violates: {
        "silence": [docker("api", {}), `container "api" ${SILENT}`],
        "a limit beside another container": [together(docker("api", {}), docker("web", {}), limit("api", 100)), `container "web" ${SILENT}`],
        "a limit of nought": [together(docker("api", {}), limit("api", 0)), `container "api" ${SILENT}`],
        "none, as Compose spells it": [service({ pids_limit: -1 }), `service "api" ${SILENT}`],
        "a Swarm service, whose resource cannot say it": [
            swarm("api", {}),
            'Swarm service "api" cannot be given a process limit: its resource has no field for it, so the engine\'s `default-ulimits` are needed',
        ],
        "a container beside a pod": [together(deployment("api", { containers: [{ name: "api" }] }), docker("web", {})), `container "web" ${SILENT}`],
    },
    unknown: { "the ulimits of one, and still refuses the other": [together(docker("api", { ulimits: UNKNOWN }), docker("web", {})), `container "web" ${SILENT}`] },
});
