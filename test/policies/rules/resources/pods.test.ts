import { acceleratorOutsideLimits, restartPolicyUnfit } from "../../../../policies/rules/resources/pods";
import { namespaceWithoutLimitRange, namespaceWithoutQuota } from "../../../../policies/rules/resources/namespace-limits";
import { UNKNOWN, cronJob, deployment, manifest, resource, ruleTest, together } from "../../../support/rule-test";

// Rules of this file: "restart-policy-unfit", "accelerator-outside-limits", "namespace-without-limit-range", "namespace-without-quota".
const pod = (restartPolicy: unknown) => manifest(`{apiVersion: v1, kind: Pod, metadata: {name: once}, spec: {restartPolicy: ${String(restartPolicy)}, containers: []}}`);

ruleTest(restartPolicyUnfit, {
    passes: {
        "silence": deployment("api", { containers: [] }),
        "Always": deployment("api", { restartPolicy: "Always", containers: [] }),
        "a job that may end": cronJob("nightly", { restartPolicy: "OnFailure", containers: [] }),
        "a Pod that runs once": pod("Never"),
    },
    violates: {
        "a Deployment that ends": [
            deployment("api", { restartPolicy: "OnFailure", containers: [] }), 'pod of Deployment "api" has a restart policy that its controller does not take (restartPolicy: OnFailure)',
        ],
        "a job that says nothing": [cronJob("nightly", { containers: [] }), 'pod of CronJob "nightly" has a restart policy that a job does not take (restartPolicy: not set)'],
        "a job that never ends": [cronJob("nightly", { restartPolicy: "Always", containers: [] }), 'pod of CronJob "nightly" has a restart policy that a job does not take (restartPolicy: Always)'],
    },
    unknown: { "the policy": [deployment("api", { restartPolicy: UNKNOWN, containers: [] })] },
});

const gpu = (resources: unknown, env: unknown = []) => deployment("train", { containers: [{ name: "train", resources, env }] });
const TRAIN = 'container "train" of Deployment "train"';

ruleTest(acceleratorOutsideLimits, {
    passes: {
        "none": gpu({}),
        "a limit": gpu({ limits: { "nvidia.com/gpu": 1 } }, [{ name: "NVIDIA_VISIBLE_DEVICES", value: "all" }]),
        "a request that is the limit": gpu({ limits: { "amd.com/gpu": 1 }, requests: { "amd.com/gpu": "1" } }),
        "devices switched off": gpu({}, [{ name: "NVIDIA_VISIBLE_DEVICES", value: "void" }]),
        "processors": gpu({ requests: { cpu: 1 } }),
    },
    violates: {
        "devices without a limit": [gpu({}, [{ name: "NVIDIA_VISIBLE_DEVICES", value: "all" }]), `${TRAIN} takes accelerators past the scheduler (NVIDIA_VISIBLE_DEVICES: all)`],
        "a request alone": [gpu({ requests: { "nvidia.com/gpu": 1 } }), `${TRAIN} asks for nvidia.com/gpu other than by its limit (request: 1, limit: not set)`],
        "a larger limit": [gpu({ requests: { "nvidia.com/gpu": 1 }, limits: { "nvidia.com/gpu": 2 } }), `${TRAIN} asks for nvidia.com/gpu other than by its limit (request: 1, limit: 2)`],
    },
    unknown: {
        "the variables, and still refuses the request": [gpu({ requests: { "nvidia.com/gpu": 1 } }, UNKNOWN), `${TRAIN} asks for nvidia.com/gpu other than by its limit (request: 1, limit: not set)`],
    },
});

ruleTest(acceleratorOutsideLimits, {
    settings: { most: 2 },
    passes: { "as many as agreed": gpu({ limits: { "nvidia.com/gpu": 2 } }) },
    violates: { "more": [gpu({ limits: { "nvidia.com/gpu": 3 } }), `${TRAIN} has more of nvidia.com/gpu than was agreed (limit: 3, agreed: 2)`] },
    unknown: { "the number": [gpu({ limits: { "nvidia.com/gpu": UNKNOWN } })] },
});

const namespace = (name: string) => manifest(`{apiVersion: v1, kind: Namespace, metadata: {name: ${name}}}`);
const beside = (kind: string, where: string) => manifest(`{apiVersion: v1, kind: ${kind}, metadata: {name: x, namespace: ${where}}}`);

ruleTest(namespaceWithoutLimitRange, {
    passes: { "a limit range": together(namespace("shop"), beside("LimitRange", "shop")), "the cluster's own": namespace("kube-system"), "no namespace": deployment("api", { containers: [] }) },
    violates: {
        "none": [namespace("shop"), 'Namespace "shop" has no default limits for its containers (LimitRange: none)'],
        "one elsewhere": [together(namespace("shop"), beside("LimitRange", "other")), 'Namespace "shop" has no default limits for its containers (LimitRange: none)'],
    },
    unknown: { "where it is": [together(namespace("shop"), beside("LimitRange", UNKNOWN))] },
});

ruleTest(namespaceWithoutQuota, {
    passes: {
        "a quota": together(namespace("shop"), beside("ResourceQuota", "shop")),
        "a Pulumi program": together(
            resource("kubernetes:core/v1:Namespace", "shop", { metadata: { name: "shop" } }), resource("kubernetes:core/v1:ResourceQuota", "q", { metadata: { namespace: "shop" } }),
        ),
    },
    violates: { "a limit range only": [together(namespace("shop"), beside("LimitRange", "shop")), 'Namespace "shop" may take all of the cluster (ResourceQuota: none)'] },
    unknown: { "where it is": [together(namespace("shop"), beside("ResourceQuota", UNKNOWN))] },
});
