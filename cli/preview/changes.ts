import type { Change } from "../../infra/model/hardened";

/**
 * What was closed or opened, a line for each fact with the services that it is true of, so that a reviewer reads a
 * fact once however many services it concerns.
 */
export function describeChanges(changes: readonly Change[], kind: Change["kind"]): string[] {
    const grouped = new Map<string, { change: Change; services: string[] }>();
    for (const change of changes.filter(each => each.kind === kind)) {
        const key = `${change.measure}\0${change.what}\0${change.reason ?? ""}`;
        const group = grouped.get(key) ?? { change, services: [] };
        grouped.set(key, { change, services: change.service === undefined ? group.services : [...group.services, change.service] });
    }
    return [...grouped.values()].map(({ change, services }) => {
        const where = services.length === 0 ? "" : `${services.join(", ")}: `;
        const reason = change.reason === undefined ? "" : ` — ${change.reason}`;
        return `${where}${change.what}${reason}`;
    });
}
