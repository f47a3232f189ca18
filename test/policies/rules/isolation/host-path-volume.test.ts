import { hostPathVolume } from "../../../../policies/rules/isolation/host-path-volume";
import { UNKNOWN, compose, deployment, manifest, resource, ruleTest } from "../../../support/rule-test";

ruleTest(hostPathVolume, {
    passes: {
        "a plain volume": resource("docker:index/volume:Volume", "data", { name: "data" }),
        "a volume in memory": resource("docker:index/volume:Volume", "secrets", { driverOpts: { type: "tmpfs", device: "tmpfs", o: "size=1m" } }),
        "a plain volume of Compose": compose({ services: {}, volumes: { data: null } }),
        "a network file system": compose({ services: {}, volumes: { data: { driver_opts: { type: "nfs", o: "addr=10.0.0.1,rw", device: ":/export" } } } }),
        "a Deployment": deployment("api", { containers: [] }),
        "storage of a cluster": manifest("apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: data}\nspec: {csi: {driver: d}}\n---\napiVersion: v1\nkind: PersistentVolume\nmetadata: {name: disk}\nspec: {local: {path: /mnt/disks/1}}"),
    },
    violates: {
        "a bound path": [resource("docker:index/volume:Volume", "data", { driverOpts: { type: "none", o: "bind", device: "/etc" } }), 'volume "data" is the host\'s /etc'],
        "a bound path in Compose": [compose({ services: {}, volumes: { data: { driver_opts: { type: "none", o: "rw,bind", device: "/srv" } } } }), 'volume "data" is the host\'s /srv'],
        "a path of another driver": [compose({ services: {}, volumes: { data: { driver: "local-persist", driver_opts: { mountpoint: "/srv" } } } }), 'volume "data" is the host\'s /srv'],
        "storage of a cluster": [manifest("apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: data}\nspec: {hostPath: {path: /srv}}"), 'PersistentVolume "data" is the host\'s /srv'],
        "local storage of the host's own": [manifest("apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: data}\nspec: {local: {path: /etc/kubernetes}}"), 'PersistentVolume "data" is the host\'s /etc/kubernetes'],
        "a disk": [compose({ services: {}, volumes: { data: { driver_opts: { type: "ext4", device: "/dev/sda1" } } } }), 'volume "data" is the host\'s /dev/sda1'],
    },
    unknown: { "storage of a cluster": [resource("kubernetes:core/v1:PersistentVolume", "data", { spec: { hostPath: { path: UNKNOWN } } })], "the options": [resource("docker:index/volume:Volume", "data", { driverOpts: UNKNOWN })] },
});

ruleTest(hostPathVolume, {
    settings: { declared: ["/srv/files"] },
    passes: { "what is below what is declared": manifest("apiVersion: v1\nkind: PersistentVolume\nspec: {hostPath: {path: /srv/files/a}}"), "what is declared": compose({ services: {}, volumes: { data: { driver_opts: { type: "none", o: "bind", device: "/srv/files" } } } }) },
    violates: { "what is not": [compose({ services: {}, volumes: { data: { driver_opts: { type: "none", o: "bind", device: "/srv" } } } }), 'volume "data" is the host\'s /srv'] },
});
