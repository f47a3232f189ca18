import { exposedWorkload, unsupportedController } from "./controllers";
import { duplicateRoute, ingressClassNotAllowed, ingressDefaultBackend, ingressWithoutHost, wildcardHost } from "./hosts";
import { ingressInjection, ingressSnippet } from "./injection";
import { routeWithoutService } from "./route-without-service";
import { defaultTlsOptions, gatewayWithoutTls, ingressWithoutTls } from "./tls";
import type { Rule } from "../../rule";

export const INGRESS_RULES: readonly Rule[] = [
    defaultTlsOptions, duplicateRoute, exposedWorkload, gatewayWithoutTls, ingressClassNotAllowed, ingressDefaultBackend, ingressInjection, ingressSnippet,
    ingressWithoutHost, ingressWithoutTls, routeWithoutService, unsupportedController, wildcardHost,
];
