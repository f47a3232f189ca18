import * as assert from "node:assert/strict";

import { weakness } from "../../infra/secrets/weak";

describe("secrets/weak", () => {
    const WELL_KNOWN = "is a well-known default";
    const cases: Record<string, [string, string | undefined, string | undefined]> = {
        "a generated value": ["q7JvR2mXw9Zt4Lb8", undefined, undefined],
        "twelve characters": ["q7JvR2mXw9Zt", undefined, undefined],
        "a passphrase": ["correct horse battery staple", undefined, undefined],
        "a key in PEM": ["-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n", undefined, undefined],
        "nothing": ["  ", undefined, "is empty"],
        "infini_rag_flow": ["infini_rag_flow", undefined, WELL_KNOWN],
        "CHANGE_ME": ["CHANGE_ME", undefined, WELL_KNOWN],
        "change-me in a longer text": ["please-change-me-now-2024", undefined, WELL_KNOWN],
        "changez_ce_mot_de_passe": ["changez_ce_mot_de_passe", undefined, WELL_KNOWN],
        "admin123": ["admin123", undefined, WELL_KNOWN],
        "minioadmin": ["minioadmin", undefined, WELL_KNOWN],
        "password": ["password", undefined, WELL_KNOWN],
        "other letters": ["PaSSword!", undefined, WELL_KNOWN],
        "a placeholder": ["<your-secret-here>", undefined, WELL_KNOWN],
        "an unset variable": ["${MYSQL_PASSWORD}", undefined, WELL_KNOWN],
        "the authors' example": ["Zk4w8Rt1Vb6Yp3Qx", "Zk4w8Rt1Vb6Yp3Qx", "is the one that the application's authors publish"],
        "another than the authors'": ["Zk4w8Rt1Vb6Yp3Qx", "something else", undefined],
        "eleven characters": ["q7JvR2mXw9Z", undefined, "has fewer than 12 characters"],
        "one character": ["aaaaaaaaaaaaaaaa", undefined, "has fewer than 5 different characters"],
    };
    for (const [title, [value, example, expected]] of Object.entries(cases)) {
        it(title, () => assert.equal(weakness(value, example), expected));
    }
});
