import assert from "node:assert/strict";

import { flagsOf } from "../../../cli/audit/docker/daemon";

describe("a daemon's command line in the words of its file", () => {
    const cases: Readonly<Record<string, readonly [line: string, expected: object]>> = {
        "nothing": ["", {}],
        "hosts, long and short": ["-H fd:// --host=tcp://0.0.0.0:2375 -H=unix:///run/docker.sock", { hosts: ["fd://", "tcp://0.0.0.0:2375", "unix:///run/docker.sock"] }],
        "switches": ["--tlsverify --icc=false --userland-proxy=false --live-restore --iptables=0", { tlsverify: true, icc: false, "userland-proxy": false, "live-restore": true, iptables: false }],
        "a switch before another option": ["-D --log-level error", { debug: true, "log-level": "error" }],
        "lists and mappings": ["--insecure-registry a:5000 --insecure-registry b:5000 --default-ulimit nofile=64:128 --log-opt max-size=10m", { "insecure-registries": ["a:5000", "b:5000"], "default-ulimits": { nofile: "64:128" }, "log-opts": { "max-size": "10m" } }],
        "values": ["--userns-remap default --cgroup-parent=/docker -s overlay2", { "userns-remap": "default", "cgroup-parent": "/docker", "storage-driver": "overlay2" }],
    };
    for (const [title, [line, expected]] of Object.entries(cases)) {
        it(title, () => {
            assert.deepEqual(flagsOf(line.split(" ").filter(word => word !== "")), expected);
        });
    }
});
