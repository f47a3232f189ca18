import { barePod, noNameLookupOptions, noPriorityClass } from "../../../../policies/rules/availability/pods";
import { statefulSetUnfit, storageClassNotAgreed } from "../../../../policies/rules/availability/storage";
import { cronJobWithoutDeadline, finishedJobKept, recreateStrategy } from "../../../../policies/rules/availability/updates";
import { UNKNOWN, cronJob, deployment, manifest, resource, ruleTest } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Rules of this file: "bare-pod", "no-priority-class", "no-name-lookup-options", "stateful-set-unfit", "storage-class-not-agreed",
// "recreate-strategy", "cron-job-without-deadline", "finished-job-kept".
const object = (apiVersion: string, kind: string, spec: object, metadata: object = {}): Subject =>
    manifest(JSON.stringify({ apiVersion, kind, metadata: { name: "it", ...metadata }, spec }));

ruleTest(barePod, {
    passes: {
        "a controller's pod": object("v1", "Pod", {}, { ownerReferences: [{ kind: "ReplicaSet", name: "x" }] }),
        "the kubelet's own": object("v1", "Pod", {}, { annotations: { "kubernetes.io/config.mirror": "x" } }),
        "a Deployment": deployment("api", { containers: [] }),
    },
    violates: { "a Pod": [object("v1", "Pod", {}), 'Pod "it" is made by nobody: it is gone with its node (controller: none)'] },
    unknown: { "its owners": [object("v1", "Pod", {}, { ownerReferences: UNKNOWN })], "its annotations": [object("v1", "Pod", {}, { annotations: UNKNOWN })] },
});

ruleTest(noPriorityClass, {
    passes: { "a class": deployment("api", { priorityClassName: "serving", containers: [] }) },
    violates: { "silence": [cronJob("nightly", { containers: [] }), 'pod of CronJob "nightly" has no agreed priority class (priorityClassName: not set)'] },
    unknown: { "the class": [deployment("api", { priorityClassName: UNKNOWN, containers: [] })] },
});

ruleTest(noPriorityClass, {
    settings: { agreed: ["serving"] },
    passes: { "an agreed class": deployment("api", { priorityClassName: "serving", containers: [] }) },
    violates: { "another": [deployment("api", { priorityClassName: "top", containers: [] }), 'pod of Deployment "api" has no agreed priority class (priorityClassName: top)'] },
});

const LOOKUP = 'pod of Deployment "api" lacks an agreed option of name lookup (dnsConfig.options: ndots=2)';

ruleTest(noNameLookupOptions, {
    passes: {
        "the option": deployment("api", { dnsConfig: { options: [{ name: "ndots", value: "2" }] }, containers: [] }),
        "the node's own settings": deployment("api", { dnsPolicy: "Default", containers: [] }),
    },
    violates: { "silence": [deployment("api", { containers: [] }), LOOKUP], "another value": [deployment("api", { dnsConfig: { options: [{ name: "ndots", value: "5" }] }, containers: [] }), LOOKUP] },
    unknown: { "the options": [deployment("api", { dnsConfig: { options: UNKNOWN }, containers: [] })] },
});

ruleTest(noNameLookupOptions, {
    settings: { options: ["edns0"] },
    passes: { "an option without a value": deployment("api", { dnsConfig: { options: [{ name: "edns0" }] }, containers: [] }) },
    violates: { "none": [deployment("api", { containers: [] }), 'pod of Deployment "api" lacks an agreed option of name lookup (dnsConfig.options: edns0)'] },
});

const claim = (spec: object) => ({ metadata: { name: "data" }, spec });
const FIT = claim({ accessModes: ["ReadWriteOncePod"], resources: { requests: { storage: "1Gi" } } });

ruleTest(statefulSetUnfit, {
    passes: { "a set": object("apps/v1", "StatefulSet", { serviceName: "db", volumeClaimTemplates: [FIT] }), "no claims": object("apps/v1", "StatefulSet", { serviceName: "db" }) },
    violates: {
        "silence": [object("apps/v1", "StatefulSet", {}), 'StatefulSet "it" names no service (serviceName: not set)'],
        "a claim without size or mode": [
            object("apps/v1", "StatefulSet", { serviceName: "db", volumeClaimTemplates: [claim({})] }),
            'StatefulSet "it" asks for no size in its claim "data" (requests.storage: not set)',
            'StatefulSet "it" has a claim "data" that is not for one pod alone (accessModes: not set)',
        ],
        "a claim that several may write to": [
            object("apps/v1", "StatefulSet", { serviceName: "db", volumeClaimTemplates: [claim({ ...FIT.spec, accessModes: ["ReadWriteOnce", "ReadWriteMany"] })] }),
            'StatefulSet "it" has a claim "data" that is not for one pod alone (accessModes: ReadWriteOnce, ReadWriteMany)',
        ],
    },
    unknown: {
        "the claims, and still refuses that it names no service": [object("apps/v1", "StatefulSet", { volumeClaimTemplates: UNKNOWN }), 'StatefulSet "it" names no service (serviceName: not set)'],
    },
});

ruleTest(storageClassNotAgreed, {
    passes: {
        "a class": object("v1", "PersistentVolumeClaim", { storageClassName: "fast" }),
        "its old annotation": object("v1", "PersistentVolumeClaim", {}, { annotations: { "volume.beta.kubernetes.io/storage-class": "fast" } }),
        "a set's claims": object("apps/v1", "StatefulSet", { volumeClaimTemplates: [claim({ storageClassName: "fast" })] }),
    },
    violates: {
        "silence": [object("v1", "PersistentVolumeClaim", {}), 'PersistentVolumeClaim "it" asks for storage of a class that was not agreed (storageClassName: not set)'],
        "a set's claim": [object("apps/v1", "StatefulSet", { volumeClaimTemplates: [FIT] }), 'StatefulSet "it" asks for storage of a class that was not agreed (storageClassName: not set)'],
    },
    unknown: { "the class": [resource("kubernetes:core/v1:PersistentVolumeClaim", "it", { spec: { storageClassName: UNKNOWN } })] },
});

ruleTest(storageClassNotAgreed, {
    settings: { agreed: ["encrypted"] },
    passes: { "an agreed one": object("v1", "PersistentVolumeClaim", { storageClassName: "encrypted" }) },
    violates: { "another": [object("v1", "PersistentVolumeClaim", { storageClassName: "fast" }), 'PersistentVolumeClaim "it" asks for storage of a class that was not agreed (storageClassName: fast)'] },
});

ruleTest(recreateStrategy, {
    passes: {
        "silence": object("apps/v1", "Deployment", {}),
        "pod by pod": object("apps/v1", "StatefulSet", { updateStrategy: { type: "RollingUpdate" } }),
        "a volume of one node": object("apps/v1", "Deployment", { strategy: { type: "Recreate" }, template: { spec: { volumes: [{ name: "d", persistentVolumeClaim: { claimName: "d" } }] } } }),
    },
    violates: {
        "all at once": [object("apps/v1", "Deployment", { strategy: { type: "Recreate" } }), 'Deployment "it" is not updated pod by pod (strategy: Recreate)'],
        "in OpenShift's way": [object("apps.openshift.io/v1", "DeploymentConfig", { strategy: { type: "Custom" } }), 'DeploymentConfig "it" is not updated pod by pod (strategy: Custom)'],
        "by hand": [object("apps/v1", "DaemonSet", { updateStrategy: { type: "OnDelete" } }), 'DaemonSet "it" is not updated pod by pod (strategy: OnDelete)'],
    },
    unknown: { "the strategy": [object("apps/v1", "Deployment", { strategy: UNKNOWN })] },
});

ruleTest(cronJobWithoutDeadline, {
    passes: { "a deadline": object("batch/v1", "CronJob", { startingDeadlineSeconds: 60 }), "a Job": object("batch/v1", "Job", {}) },
    violates: { "silence": [object("batch/v1", "CronJob", {}), 'CronJob "it" has no deadline for its start (startingDeadlineSeconds: not set)'] },
    unknown: { "the deadline": [object("batch/v1", "CronJob", { startingDeadlineSeconds: UNKNOWN })] },
});

ruleTest(finishedJobKept, {
    passes: {
        "a time": object("batch/v1", "Job", { ttlSecondsAfterFinished: 0 }),
        "a CronJob, which removes its own": object("batch/v1", "CronJob", {}),
        "what Helm removes": object("batch/v1", "Job", {}, { annotations: { "helm.sh/hook-delete-policy": "hook-succeeded" } }),
    },
    violates: { "silence": [object("batch/v1", "Job", {}), 'Job "it" is kept when it has finished (ttlSecondsAfterFinished: not set)'] },
    unknown: { "the time": [object("batch/v1", "Job", { ttlSecondsAfterFinished: UNKNOWN })] },
});

ruleTest(finishedJobKept, {
    settings: { longest: 60 },
    passes: { "a bound": object("batch/v1", "CronJob", { jobTemplate: { spec: { activeDeadlineSeconds: 60 } } }) },
    violates: {
        "none": [object("batch/v1", "CronJob", {}), 'CronJob "it" may run for longer than 60 seconds (activeDeadlineSeconds: not set)'],
        "a longer one": [object("batch/v1", "Job", { activeDeadlineSeconds: 61 }), 'Job "it" may run for longer than 60 seconds (activeDeadlineSeconds: 61)'],
    },
    unknown: { "the bound": [object("batch/v1", "Job", { activeDeadlineSeconds: UNKNOWN })] },
});
