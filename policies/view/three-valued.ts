import { Unfinished } from "./unfinished";

/** Whether all of them hold: false where a known one does not, whatever else is unknown; throws only where that decides. */
export function allHold(...checks: readonly (() => boolean)[]): boolean {
    return !anyHolds(checks.map(check => () => !check()));
}

/** Whether one of them holds: true where a known one does, whatever else is unknown; throws only where that decides. */
export function anyHolds(checks: readonly (() => boolean)[]): boolean {
    let unfinished: Unfinished | undefined;
    for (const check of checks) {
        try {
            if (check()) {
                return true;
            }
        } catch (error) {
            if (!(error instanceof Unfinished)) {
                throw error;
            }
            unfinished = error;
        }
    }
    if (unfinished !== undefined) {
        throw unfinished;
    }
    return false;
}
