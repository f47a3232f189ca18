/** A pod template: what a Pod has itself. */
export interface Template {
    metadata?: unknown;
    spec?: unknown;
}

const within = (apiVersion: string, kind: string, wrap: (template: Template) => object) => (template: Template): object =>
    ({ apiVersion, kind, metadata: { name: "outer", annotations: { "container.apparmor.security.beta.kubernetes.io/outer": "unconfined" } }, ...wrap(template) });
const inSpec = (template: Template): object => ({ spec: { template } });

/** Every kind whose pods Kubernetes judges, made of a template. Annotations of the object itself count in a Pod only. */
export const KINDS: Readonly<Record<string, (template: Template) => object>> = {
    Pod: ({ metadata, spec }) => ({ apiVersion: "v1", kind: "Pod", metadata, spec }),
    PodTemplate: within("v1", "PodTemplate", template => ({ template })),
    ReplicationController: within("v1", "ReplicationController", inSpec),
    ReplicaSet: within("apps/v1", "ReplicaSet", inSpec),
    Deployment: within("apps/v1", "Deployment", inSpec),
    StatefulSet: within("apps/v1", "StatefulSet", inSpec),
    DaemonSet: within("apps/v1", "DaemonSet", inSpec),
    Job: within("batch/v1", "Job", inSpec),
    CronJob: within("batch/v1", "CronJob", template => ({ spec: { jobTemplate: { spec: { template } } } })),
};
