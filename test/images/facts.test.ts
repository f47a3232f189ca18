import assert from "node:assert/strict";

import type { ImageFact } from "../../infra/images/fact";
import { FACTS } from "../../infra/images/facts/all";
import { canonicalName, factOf } from "../../infra/images/lookup";
import { ROLES } from "../../infra/model/hardened";

const CAPABILITY = /^[A-Z]+(_[A-Z]+)*$/;

function titleOf(fact: ImageFact): string {
    return `${fact.repositories[0]}${fact.tags === undefined ? "" : ` ${fact.tags}`}`;
}

/** Every way in which a fact is not well formed. */
function faultsOf(fact: ImageFact): string[] {
    const { uid, gid } = fact.user;
    const isRoot = fact.rootReason !== undefined;
    const faults: [boolean, string][] = [
        [fact.repositories.length === 0, "has no repository"],
        [fact.repositories.some(name => canonicalName(name) !== name), `is filed under a name that lookups do not use: ${fact.repositories}`],
        [!ROLES.includes(fact.role), `has an unknown role ${fact.role}`],
        [!Number.isInteger(uid) || !Number.isInteger(gid) || uid < 0 || gid < 0, "has no numeric user"],
        [(uid === 0) !== isRoot, "must run as root exactly where it says why"],
        [isRoot && fact.rootReason === "", "gives an empty reason for root"],
        [fact.entrypoint.length + fact.command.length === 0, "starts nothing"],
        [new Set(fact.writable.map(({ path }) => path)).size !== fact.writable.length, "declares a path twice"],
        [fact.capabilities.some(name => name.startsWith("CAP_") || !CAPABILITY.test(name)), "has a capability that is not a bare name"],
        [fact.ports.some(({ port }) => !Number.isInteger(port) || port < 1 || port > 65535), "has a port that is none"],
        [fact.ports.some(({ purpose }) => purpose === ""), "has a port without a purpose"],
        [fact.secrets.some(({ variable }) => !/^[A-Za-z_]\w*$/.test(variable)), "has a secret variable that is no name"],
        [fact.health !== undefined && !/^CMD(-SHELL)?$/.test(fact.health[0] ?? ""), "has a health check in no form of Compose"],
        [fact.note === "", "has an empty note"],
        [!fact.sources.some(source => source.startsWith("https://")), "has no source"],
        [fact.sources.some(source => !URL.canParse(source)), "has a source that is no URL"],
    ];
    const paths = fact.writable.flatMap(({ path, whenMounted }) => whenMounted === undefined ? [path] : [path, whenMounted]);
    const badPaths = paths.filter(path => !/^\/[\w.@/-]*[\w.@-]$/.test(path) || path.includes("/../") || path.includes("//"));
    return [...faults.filter(([wrong]) => wrong).map(([, fault]) => fault), ...badPaths.map(path => `declares ${path}, no clean absolute path`)];
}

describe("facts of images", () => {
    for (const fact of FACTS) {
        it(`${titleOf(fact)} is well formed`, () => {
            assert.deepEqual(faultsOf(fact), []);
        });
    }

    it("are at most one for a repository without tags, and every one can be reached", () => {
        const seen = new Map<string, ImageFact[]>();
        for (const fact of FACTS) {
            for (const repository of fact.repositories) {
                seen.set(repository, [...seen.get(repository) ?? [], fact]);
            }
        }
        const general = [...seen].filter(([, facts]) => facts.filter(({ tags }) => tags === undefined).length !== 1);
        assert.deepEqual(general.map(([repository]) => repository), []);
    });

    it("are refused when they are not well formed", () => {
        const good = factOf("redis:7");
        assert.ok(good);
        const bad: [Partial<ImageFact>, string][] = [
            [{ user: { uid: 0, gid: 0 } }, "must run as root exactly where it says why"],
            [{ rootReason: "it does" }, "must run as root exactly where it says why"],
            [{ capabilities: ["CAP_CHOWN"] }, "has a capability that is not a bare name"],
            [{ sources: [] }, "has no source"],
            [{ ports: [{ port: 70000, protocol: "tcp", purpose: "none" }] }, "has a port that is none"],
            [{ repositories: ["docker.io/library/redis"] }, "is filed under a name that lookups do not use: docker.io/library/redis"],
            [{ writable: [{ path: "data", kind: "data", owned: true }] }, "declares data, no clean absolute path"],
            [{ health: ["redis-cli", "ping"] }, "has a health check in no form of Compose"],
        ];
        for (const [change, fault] of bad) {
            assert.deepEqual(faultsOf({ ...good, ...change }), [fault]);
        }
    });
});
