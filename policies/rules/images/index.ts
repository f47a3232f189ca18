import { clusterDashboard, consoleExposed, tillerDeployed, tillerReachable, vulnerableComponent, vulnerableNodeRuntime } from "./components";
import { baseImageNotAllowed, imageStaleOrLarge, provenanceNotVerified, scanNotCurrent, signatureNotVerified } from "./evidence";
import { latestTag } from "./latest-tag";
import { cachedImageTaken, noPullCredentials, unsignedManifest } from "./pulls";
import { blockedRegistry, retiredRegistry, rootFromUntrustedRegistry, untrustedRegistry } from "./registries";
import { unpinnedImage } from "./unpinned-image";
import type { Rule } from "../../rule";

export const IMAGES_RULES: readonly Rule[] = [
    baseImageNotAllowed,
    blockedRegistry,
    cachedImageTaken,
    clusterDashboard,
    consoleExposed,
    imageStaleOrLarge,
    latestTag,
    noPullCredentials,
    provenanceNotVerified,
    retiredRegistry,
    rootFromUntrustedRegistry,
    scanNotCurrent,
    signatureNotVerified,
    tillerDeployed,
    tillerReachable,
    unpinnedImage,
    unsignedManifest,
    untrustedRegistry,
    vulnerableComponent,
    vulnerableNodeRuntime,
];
