import type { Declaration } from "../../infra/hardening/definition";
import type { HardenOptions } from "../../infra/harden/draft";
import { type HardenResult, harden } from "../../infra/harden/harden";
import { inferKnowledge } from "../../infra/harden/infer";
import type { Application } from "../../infra/model/application";
import type { HardenedApplication, HardenedService } from "../../infra/model/hardened";
import { formatProblem } from "../../infra/model/problem";
import type { Service } from "../../infra/model/service";

/** A service as the loader gives it, with nothing said but an image whose facts are known. */
export function service(name: string, fields: Partial<Service> = {}): Service {
    return {
        name, image: "nginxinc/nginx-unprivileged:1.29", groupAdd: [], environment: {}, fromEnvFile: [], mounts: [], publishes: [], exposes: [],
        networks: [{ network: "default", aliases: [] }], dependsOn: [], capAdd: [], capDrop: [], securityOpt: [], privileged: false, readOnly: false,
        devices: [], deviceRequests: [], limits: {}, ulimits: {}, sysctls: {}, tty: false, stdinOpen: false, dns: [], dnsSearch: [], dnsOptions: [],
        extraHosts: [], labels: {}, secrets: [], configs: [], replicas: 1, profiles: [], unsupported: [], ...fields,
    };
}

/** An application in /project with the network `default`. */
export function application(services: readonly Service[], fields: Partial<Application> = {}): Application {
    return {
        name: "app", directory: "/project", services, volumes: [], secrets: [], configs: [], secretValues: {}, locate: () => undefined,
        networks: [{ key: "default", name: "app_default", external: false, internal: false, driverOpts: {}, attachable: false, subnets: [], labels: {} }],
        ...fields,
    };
}

/** Hardens, with nothing declared unless said, and no path existing unless said. */
export function hardenWith(app: Application, declaration: Declaration = {}, options: Partial<HardenOptions> = {}): HardenResult {
    const knowledge = new Map(app.services.map(each => [each.name, inferKnowledge({
        service: each, declared: declaration.services?.[each.name] ?? {}, isAwaited: false,
    })]));
    return harden({
        application: app, declaration, locateDeclared: () => undefined, knowledge,
        options: { environment: "production", digests: {}, pathKind: () => undefined, ...options },
    });
}

/** The hardened application; fails the test with the problems where there is none. */
export function hardened(app: Application, declaration: Declaration = {}, options: Partial<HardenOptions> = {}): HardenedApplication {
    const result = hardenWith(app, declaration, options);
    if (result.application === undefined) {
        throw new Error(result.problems.map(formatProblem).join("\n"));
    }
    return result.application;
}

/** One service of the hardened application. */
export function hardenedOne(name: string, app: Application, declaration: Declaration = {}, options: Partial<HardenOptions> = {}): HardenedService {
    const found = hardened(app, declaration, options).services.find(each => each.name === name);
    if (found === undefined) {
        throw new Error(`no service ${name}`);
    }
    return found;
}

/** The problems, one line each. */
export function problemsWith(app: Application, declaration: Declaration = {}, options: Partial<HardenOptions> = {}): string[] {
    return hardenWith(app, declaration, options).problems.map(formatProblem);
}
