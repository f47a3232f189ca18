import type { Change, HardenedApplication } from "../infra/model/hardened";
import type { Finding, Report } from "../policies/report/report";

/**
 * Which rules a declared opening answers for. Maker and judge share nothing, so this is where the two vocabularies meet:
 * an opening that somebody declared with a reason is an exemption for that service and these rules, and for no others.
 */
const ANSWERS_FOR: Readonly<Record<string, readonly string[]>> = {
    "drop-capabilities": ["capability-added"],
    "run-without-root": ["root-user"],
    "protect-root-filesystem": ["writable-root", "executable-tmpfs"],
    "forbid-new-privileges": ["new-privileges-allowed"],
    "restrict-mounts": ["host-path-mounted"],
    "drop-privileged": ["device-mounted"],
    "close-ports": ["port-published", "network-not-internal"],
    "split-networks": ["network-not-internal"],
    "check-health": ["no-health-check"],
    "own-volumes": ["root-user", "capability-added"],
};

/** Moves findings that a declared opening answers for to the exempted ones, each with the operator's reason. */
export function applyOpenings(report: Report, { name, changes }: Pick<HardenedApplication, "name" | "changes">): Report {
    const opened = changes.filter(({ kind, service, reason }) => kind === "opened" && service !== undefined && reason !== undefined);
    const answer = (finding: Finding): Change | undefined => opened.find(change =>
        ANSWERS_FOR[change.measure]?.includes(finding.rule) === true && isAbout(finding, change.service ?? "", name));
    return {
        ...report,
        findings: report.findings.filter(finding => answer(finding) === undefined),
        exempted: [...report.exempted, ...report.findings.flatMap(finding => {
            const change = answer(finding);
            return change === undefined ? [] : [{ ...finding, reason: change.reason ?? "", expires: "" }];
        })],
    };
}

/** The service itself, or a network that was made for it alone. */
function isAbout({ subject }: Finding, service: string, application: string): boolean {
    return [service, `${application}-${service}`].some(name => subject.name === name || subject.container === name) || [`egress-${service}`, `published-${service}`].some(network => subject.name.endsWith(network));
}

/** Rules that say no more than that an image has no digest; the preview lists such images under a title of their own. */
export const ABOUT_PINS: readonly string[] = ["unpinned-image", "latest-tag"];

/**
 * An image without a digest stops a deployment (the program itself refuses it outside development), not a preview, which
 * names it under "before production". Findings that say no more than that are counted there.
 */
export function applyImagePins(report: Report, application: Pick<HardenedApplication, "beforeProduction" | "environment" | "services">): Report {
    const named = new Set(application.beforeProduction.map(({ got }) => got));
    const reason = application.environment === "development" ? "development runs tags" : "named before production: up refuses it until it is pinned";
    const known = (finding: Finding): boolean => ABOUT_PINS.includes(finding.rule)
        && (application.environment === "development" || application.services.some(({ image }) =>
            image.digest === undefined && named.has(image.reference) && finding.message.includes(`(${image.reference})`)));
    return {
        ...report,
        findings: report.findings.filter(finding => !known(finding)),
        exempted: [...report.exempted, ...report.findings.filter(known).map(finding => ({ ...finding, reason, expires: "" }))],
    };
}
