import assert from "node:assert/strict";

import { judgeCompose } from "../../policies/sources";
import type { Exemption } from "../../policies/exemptions";

const PROJECT = { services: { api: { privileged: true } } };

function judged(...exemptions: Exemption[]) {
    const { findings, exempted } = judgeCompose(PROJECT, { path: "c.yaml", exemptions, today: "2027-02-01" });
    return {
        privileged: findings.some(({ rule }) => rule === "privileged-container"),
        exempted: exempted.map(({ rule, reason, expires }) => ({ rule, reason, expires })),
        ungoverned: findings.filter(({ rule }) => rule === "ungoverned-exemption").map(({ message }) => message),
    };
}

describe("exemptions", () => {
    const good: Exemption = { rule: "privileged-container", service: "api", reason: "moves in March", owner: "maria", expires: "2027-03-01" };
    const about = 'exemption of privileged-container for "api"';

    it("take a finding out, with their reason and end", () => {
        assert.deepEqual(judged(good), { privileged: false, exempted: [{ rule: "privileged-container", reason: "moves in March", expires: "2027-03-01" }], ungoverned: [] });
    });

    it("hold on their last day, and may name the subject in other ways", () => {
        assert.equal(judged({ ...good, expires: "2027-02-01" }).privileged, false);
        assert.equal(judged({ ...good, service: undefined, resource: "service/api" }).privileged, false);
    });

    it("are for one rule and one subject", () => {
        assert.deepEqual(judged({ ...good, service: "web" }), { privileged: true, exempted: [], ungoverned: ['exemption of privileged-container for "web" matches no finding'] });
        assert.equal(judged({ ...good, rule: "host-pid" }).privileged, true);
    });

    const bad: readonly (readonly [string, Partial<Exemption>, string])[] = [
        ["has expired", { expires: "2027-01-31" }, `${about} has expired (2027-01-31)`],
        ["has no end", { expires: undefined }, `${about} has no end date (expires: not set)`],
        ["ends on no day", { expires: "soon" }, `${about} has no end date (expires: soon)`],
        ["gives no reason", { reason: "  " }, `${about} gives no reason`],
        ["names nobody", { service: undefined }, 'exemption of privileged-container for "" names no service or resource'],
    ];
    for (const [title, change, message] of bad) {
        it(`one that ${title} is not applied, and is a finding`, () => {
            assert.deepEqual(judged({ ...good, ...change }), { privileged: true, exempted: [], ungoverned: [message] });
        });
    }
});
