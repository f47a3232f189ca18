import { autoscalerFought, autoscalerWithoutRoom, autoscalerWithoutTarget } from "./autoscaler";
import { disruptionBudgetBlocksDrains, disruptionBudgetKeepsBrokenPods, noDisruptionBudget } from "./disruption";
import { noHealthCheck } from "./no-health-check";
import { noRestartPolicy } from "./no-restart-policy";
import { barePod, noNameLookupOptions, noPriorityClass } from "./pods";
import { noLivenessProbe, noReadinessProbe, probePortNotOpen, probesIdentical } from "./probes";
import { notSpreadOverNodes, singleReplica } from "./replicas";
import { statefulSetNotNamed } from "./stateful-service";
import { statefulSetUnfit, storageClassNotAgreed } from "./storage";
import { cronJobWithoutDeadline, finishedJobKept, recreateStrategy } from "./updates";
import type { Rule } from "../../rule";

export const AVAILABILITY_RULES: readonly Rule[] = [
    autoscalerFought,
    autoscalerWithoutRoom,
    autoscalerWithoutTarget,
    barePod,
    cronJobWithoutDeadline,
    disruptionBudgetBlocksDrains,
    disruptionBudgetKeepsBrokenPods,
    finishedJobKept,
    noDisruptionBudget,
    noHealthCheck,
    noLivenessProbe,
    noNameLookupOptions,
    noPriorityClass,
    noReadinessProbe,
    noRestartPolicy,
    notSpreadOverNodes,
    probePortNotOpen,
    probesIdentical,
    recreateStrategy,
    singleReplica,
    statefulSetNotNamed,
    statefulSetUnfit,
    storageClassNotAgreed,
];
