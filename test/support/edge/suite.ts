import { findNginx } from "./nginx";

/** A suite that needs nginx. Without one its title says that it is skipped, and why. */
export function describeWithNginx(title: string, body: () => void): void {
    const found = findNginx();
    if (found === undefined) {
        describe.skip(`${title} (skipped: no nginx on the PATH)`, body);
    } else {
        describe(`${title} (nginx ${found.build.version})`, body);
    }
}
