import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

// Only ever previewed: then what the provider of random values will make is not known yet.
const later = new random.RandomPet("later").id;

// Known faults beside values that are not known.
new docker.Container("known", {
    image: pulumi.interpolate`registry.example/${later}`,
    privileged: true,
    envs: [pulumi.interpolate`A=${later}`],
    volumes: [{ hostPath: pulumi.interpolate`/srv/${later}`, containerPath: "/a" }, { hostPath: "/var/run/docker.sock", containerPath: "/b" }],
});

// Nobody can say yet whether it is at fault.
new docker.Container("open", {
    image: `registry.example/open:1.0@sha256:${"0123456789abcdef".repeat(4)}`,
    privileged: later.apply(name => name.length > 100),
    user: later,
    capabilities: { drops: ["ALL"], adds: [later] },
});
