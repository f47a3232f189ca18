const container = (...inputs: readonly string[]): string => `resources:\n${inputs.map(one => `  - {type: "docker:index/container:Container", name: api, urn: u, inputs: ${one}}\n`).join("")}`;
const swarm = (inputs: string): string => `resources:\n  - {type: "docker:index/service:Service", name: api, urn: u, inputs: ${inputs}}\n`;
const resource = (type: string, inputs: string): string => `resources:\n  - {type: "${type}", name: api, urn: u, inputs: ${inputs}}\n`;
const pod = (spec: string): string => resource("kubernetes:core/v1:Pod", `{metadata: {name: api}, spec: ${spec}}`);

/** What rules mend beside what their pages refuse, by rule: Compose files, manifests and resources as on the pages. */
export const CASES: Readonly<Record<string, readonly string[]>> = {
    "privileged-container": [container("{image: a, privileged: true}", "{image: a}"), pod("{initContainers: [{name: a, securityContext: {privileged: true}}]}")],
    "writable-root": [container("{image: a}", "{readOnly: false}"), swarm("{taskSpec: {containerSpec: {image: a}}}"), pod("{containers: [{name: a}]}")],
    "capabilities-not-dropped": [container("{}", "{capabilities: {adds: [CHOWN], drops: [KILL]}}"), swarm("{taskSpec: {containerSpec: {image: a, capDrops: [CHOWN]}}}")],
    "capability-added": [container("{capabilities: {adds: [SYS_ADMIN, NET_BIND_SERVICE]}}")],
    "new-privileges-allowed": [
        container("{}", '{securityOpts: ["seccomp=strict.json", "no-new-privileges:false"]}'),
        "services:\n  api:\n    image: api:1.0\n    security_opt:\n      # what the house asks for\n      - 'no-new-privileges:false' # for sudo\n      - seccomp:strict.json\n",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec:\n  containers:\n  - name: api\n    image: api:1.0\n    securityContext: {capabilities: {add: [SYS_ADMIN]}}\n",
    ],
    "apparmor-unconfined": ["apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\n  annotations: {container.apparmor.security.beta.kubernetes.io/api: unconfined}\nspec:\n  containers:\n  - {name: api, image: 'api:1.0'}\n"],
    "seccomp-unconfined": [container('{securityOpts: ["seccomp=unconfined"]}'), pod("{securityContext: {seccompProfile: {type: Unconfined}}, containers: [{name: a}]}")],
    "root-user": [
        container("{}", "{user: node}"), swarm("{taskSpec: {containerSpec: {image: a}}}"), pod("{securityContext: {runAsUser: 0}, containers: [{name: a}]}"),
        "# settings: {root-user: {mendUser: 20000}}\nservices:\n  api:\n    image: api:1.0\n",
    ],
    "user-namespace-host": [container("{usernsMode: host}")],
    "host-network": [container("{networkMode: host}")],
    "host-pid": [container("{pidMode: host}"), pod("{hostPID: true, containers: [{name: a}]}")],
    "docker-socket-mounted": [
        container('{volumes: [{hostPath: /var/run/docker.sock, containerPath: /s}, {volumeName: data, containerPath: /d}]}'),
        "apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec:\n  containers:\n  - name: api\n    volumeMounts:\n    - name: run\n      mountPath: /host/run\n    - {name: data, mountPath: /data}\n  volumes:\n  - name: run\n    hostPath: {path: /run}\n  - name: data\n    emptyDir: {}\n",
    ],
    "host-path-writable": ["services:\n  api:\n    image: api:1.0\n    volumes:\n      - {type: bind, source: ./data, target: /data}\n      - ./more:/more:z\n"],
    "shared-mount-propagation": [resource("docker:index/service:Service", "{taskSpec: {containerSpec: {image: a, mounts: [{type: bind, source: /d, target: /d, bindOptions: {propagation: rshared}}]}}}")],
    "overlay-not-encrypted": [
        "services:\n  api:\n    image: api:1.0\n    networks: [back]\nnetworks:\n  back: {driver: overlay, internal: true}\n",
        resource("docker:index/network:Network", "{driver: overlay}"),
    ],
    "port-published": [
        container("{publishAllPorts: true, ports: [{internal: 80, external: 8080}, {internal: 81, ip: 127.0.0.1}]}"),
        "services:\n  api:\n    image: api:1.0\n    ports:\n      - target: 80\n        published: \"8080\"\n      - \"[::]:8081:81\"\n      - 0.0.0.0:8082:82/udp\n      - 83\n      - ${ADDRESS:-0.0.0.0}:8084:84\n      - ${PORT:-8085}:85\n",
    ],
    "no-memory-limit": [
        container("{}"), swarm("{taskSpec: {containerSpec: {image: a}}}"),
        "# settings: {no-memory-limit: {mendMebibytes: 2048}}\nservices:\n  api:\n    image: api:1.0\n    deploy:\n      resources:\n        limits: {cpus: '1'}\n",
    ],
    "no-cpu-limit": [container("{}"), swarm("{taskSpec: {containerSpec: {image: a}}}"), "# settings: {no-cpu-limit: {mendMillis: 1500}}\napiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec: {containers: [{name: api}]}\n"],
    "unbounded-logs": [container("{}", "{logDriver: json-file, logOpts: {max-file: '5'}}"), swarm("{taskSpec: {containerSpec: {image: a}}}")],
    "unbounded-tmpfs": [
        container("{tmpfs: {/tmp: '', /run: 'mode=0700'}, mounts: [{type: tmpfs, target: /t}]}"),
        "services:\n  api:\n    image: api:1.0\n    tmpfs: /tmp\n  other:\n    image: api:1.0\n    tmpfs: [\"/run:mode=0700\"]\n    volumes:\n      - {type: tmpfs, target: /t}\n",
    ],
    "no-restart-policy": [container("{}"), swarm("{taskSpec: {containerSpec: {image: a}, restartPolicy: {condition: none}}}")],
    "no-file-limit": [container("{}")],
    "logging-off": [container("{logDriver: none}")],
    "raw-network-kept": ["services:\n  api:\n    image: api:1.0\n    cap_drop: [ALL]\n    cap_add: [CHOWN, NET_RAW]\n"],
    "windows-host-process": [pod("{securityContext: {windowsOptions: {hostProcess: true}}, containers: [{name: a}]}")],
    "retired-service-account-field": [pod("{serviceAccount: api, containers: [{name: a}]}")],
};
