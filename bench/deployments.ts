import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A source of numbers from 0 up to 1 that gives the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
    let state = seed;
    return () => {
        state = state + 0x6d2b79f5 | 0;
        let mixed = Math.imul(state ^ state >>> 15, 1 | state);
        mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
        return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
    };
}

const HARDENED = `        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          runAsNonRoot: true
          runAsUser: 10001
          capabilities:
            drop: [ALL]
          seccompProfile:
            type: RuntimeDefault`;
const INSECURE = [
    "        securityContext:\n          privileged: true",
    "        securityContext:\n          runAsUser: 0",
    "        securityContext:\n          capabilities:\n            add: [SYS_ADMIN]",
    "        securityContext:\n          allowPrivilegeEscalation: true",
];
const POD_FAULTS = ["      hostNetwork: true", "      hostPID: true", "      volumes:\n      - name: engine\n        hostPath:\n          path: /var/run/docker.sock"];

/**
 * Writes so many Deployments, a file each: of ten, four are as people write them, two are insecure, two are hardened; every
 * tenth has a privileged init container and every fifteenth three containers. The same seed writes the same.
 */
export function writeDeployments(folder: string, count: number, seed = 7): void {
    const random = seeded(seed);
    mkdirSync(folder, { recursive: true });
    for (let at = 0; at < count; at++) {
        writeFileSync(join(folder, `app-${String(at).padStart(5, "0")}.yaml`), deployment(at, random));
    }
}

function deployment(at: number, random: () => number): string {
    const kind = random();
    const insecure = kind < 0.22;
    const containers = Array.from({ length: random() < 0.06 ? 3 : 1 }, (_, index) => container(`app-${at}-${index}`, kind, random));
    const init = random() < 0.1 ? ["      initContainers:", "      - name: prepare", "        image: busybox:1.36.1", "        securityContext:", "          privileged: true"] : [];
    const fault = insecure && random() < 0.5 ? [POD_FAULTS[Math.floor(random() * POD_FAULTS.length)] ?? ""] : [];
    return [
        "apiVersion: apps/v1", "kind: Deployment", "metadata:", `  name: app-${at}`, `  namespace: team-${at % 40}`, "  labels:", `    app: app-${at}`,
        "spec:", `  replicas: ${1 + at % 3}`, "  selector:", "    matchLabels:", `      app: app-${at}`, "  template:", "    metadata:", "      labels:", `        app: app-${at}`,
        "    spec:", `      serviceAccountName: app-${at}`, ...fault, ...init, "      containers:", ...containers, "",
    ].join("\n");
}

function container(name: string, kind: number, random: () => number): string {
    const hardened = kind > 0.6;
    const image = kind < 0.22 && random() < 0.4 ? "registry.example/app:latest" : `registry.example/app:1.${Math.floor(random() * 90)}.0${hardened ? `@sha256:${"0123456789abcdef".repeat(4)}` : ""}`;
    const secret = random() < 0.05 ? ["        - name: DB_PASSWORD", "          value: k3Zp9-qX2vLw"] : [];
    const limits = hardened || random() < 0.5 ? ["        resources:", "          requests:", "            cpu: 100m", "            memory: 64Mi", "          limits:", "            cpu: 500m", "            memory: 256Mi"] : [];
    const context = hardened ? [HARDENED] : kind < 0.22 ? [INSECURE[Math.floor(random() * INSECURE.length)] ?? ""] : [];
    const probe = hardened ? ["        livenessProbe:", "          httpGet:", "            path: /healthz", "            port: 8080", "        readinessProbe:", "          httpGet:", "            path: /ready", "            port: 8080"] : [];
    return [
        `      - name: ${name}`, `        image: ${image}`, "        ports:", "        - containerPort: 8080", "        env:", "        - name: LOG_LEVEL", "          value: info",
        ...secret, ...limits, ...context, ...probe,
    ].join("\n");
}
