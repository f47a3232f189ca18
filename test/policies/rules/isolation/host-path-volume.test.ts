import { hostPathVolume } from "../../../../policies/rules/isolation/host-path-volume";
import { UNKNOWN, compose, deployment, resource, ruleTest } from "../../../support/rule-test";

ruleTest(hostPathVolume, {
    passes: {
        "a plain volume": resource("docker:index/volume:Volume", "data", { name: "data" }),
        "a volume in memory": resource("docker:index/volume:Volume", "secrets", { driverOpts: { type: "tmpfs", device: "tmpfs", o: "size=1m" } }),
        "a plain volume of Compose": compose({ services: {}, volumes: { data: null } }),
        "a network file system": compose({ services: {}, volumes: { data: { driver_opts: { type: "nfs", o: "addr=10.0.0.1,rw", device: ":/export" } } } }),
        "a Deployment": deployment("api", { containers: [] }),
    },
    violates: {
        "a bound path": [resource("docker:index/volume:Volume", "data", { driverOpts: { type: "none", o: "bind", device: "/etc" } }), 'volume "data" is the host\'s /etc'],
        "a bound path in Compose": [compose({ services: {}, volumes: { data: { driver_opts: { type: "none", o: "rw,bind", device: "/srv" } } } }), 'volume "data" is the host\'s /srv'],
        "a path of another driver": [compose({ services: {}, volumes: { data: { driver: "local-persist", driver_opts: { mountpoint: "/srv" } } } }), 'volume "data" is the host\'s /srv'],
        "a disk": [compose({ services: {}, volumes: { data: { driver_opts: { type: "ext4", device: "/dev/sda1" } } } }), 'volume "data" is the host\'s /dev/sda1'],
    },
    unknown: { "the options": [resource("docker:index/volume:Volume", "data", { driverOpts: UNKNOWN })] },
});

ruleTest(hostPathVolume, {
    settings: { declared: ["/srv/files"] },
    passes: { "what is declared": compose({ services: {}, volumes: { data: { driver_opts: { type: "none", o: "bind", device: "/srv/files" } } } }) },
    violates: { "what is not": [compose({ services: {}, volumes: { data: { driver_opts: { type: "none", o: "bind", device: "/srv" } } } }), 'volume "data" is the host\'s /srv'] },
});
