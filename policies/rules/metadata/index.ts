import { retiredApiVersion, unstableApiVersion } from "./api-versions";
import { buildAndImage, composeVersionKey } from "./compose";
import { policyExceptionUnbounded } from "./exceptions";
import { chartNotRendered, ignoredChange } from "./hidden";
import { invalidLabel, requiredAnnotationMissing, requiredLabelMissing } from "./labels";
import { malformedObject } from "./malformed-object";
import { duplicateContainerName, duplicateVariable, selectorMismatch } from "./names";
import { defaultNamespace, namespaceNotSet, namespaceWithoutPodSecurity, systemNamespace } from "./namespaces";
import type { Rule } from "../../rule";

export const METADATA_RULES: readonly Rule[] = [
    buildAndImage,
    chartNotRendered,
    composeVersionKey,
    defaultNamespace,
    duplicateContainerName,
    duplicateVariable,
    ignoredChange,
    invalidLabel,
    malformedObject,
    namespaceNotSet,
    namespaceWithoutPodSecurity,
    policyExceptionUnbounded,
    requiredAnnotationMissing,
    requiredLabelMissing,
    retiredApiVersion,
    selectorMismatch,
    systemNamespace,
    unstableApiVersion,
];
