import { defaultBridge } from "./default-bridge";
import { hostGatewayAlias, onDefaultNetwork, overlayNotEncrypted } from "./docker-networks";
import { duplicatePublishedPort, portOnAllAddresses, privilegedContainerPort, privilegedPort } from "./exposed-ports";
import { hostPort } from "./host-port";
import { cloudMetadataReachable, namespaceWithoutPolicy, noNetworkPolicy, policyOpenToAll, policySelectsNothing } from "./network-policies";
import { networkNotInternal } from "./network-not-internal";
import { OPEN_SERVICE_RULES } from "./open-services";
import { portPublished } from "./port-published";
import { impossibleContainerPort, impossiblePort, servicePortOutsideRange, unnamedPort } from "./service-ports";
import { duplicateExternalName, sameSelector, serviceAliasesLocalhost, serviceLinks, serviceSelectsNothing } from "./services";
import { certificateNotChecked, cniWithoutPolicies } from "./trust";
import type { Rule } from "../../rule";

export const NETWORK_RULES: readonly Rule[] = [
    ...OPEN_SERVICE_RULES,
    certificateNotChecked, cloudMetadataReachable, cniWithoutPolicies, defaultBridge, duplicateExternalName, duplicatePublishedPort, hostGatewayAlias,
    hostPort, impossibleContainerPort, impossiblePort, namespaceWithoutPolicy, networkNotInternal, noNetworkPolicy, onDefaultNetwork, overlayNotEncrypted,
    policyOpenToAll, policySelectsNothing, portOnAllAddresses, portPublished, privilegedContainerPort, privilegedPort, sameSelector,
    serviceAliasesLocalhost, serviceLinks, servicePortOutsideRange, serviceSelectsNothing, unnamedPort,
];
