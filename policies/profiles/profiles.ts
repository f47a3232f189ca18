import { RULES, STANDARD_RULES } from "../catalogue";
import { NEWEST, VERSIONS, minorOf } from "../pod-security/versions";
import { podSecurityProfile } from "./pod-security";
import type { Level } from "../pod-security/check";
import type { Rule, Settings } from "../rule";

/** A named set of rules, with settings of its own. */
export interface Profile {
    readonly name: string;
    readonly summary: string;
    readonly rules: readonly Rule[];
    readonly settings: Readonly<Record<string, Settings>>;
}

/** Levels of the Pod Security Standards by the profile that is made of them. */
const LEVELS: Readonly<Record<string, Level>> = { "pss-baseline": "baseline", "pss-restricted": "restricted" };

export const PROFILES: readonly Profile[] = [
    { name: "hardened", summary: "every rule but the optional ones", rules: STANDARD_RULES, settings: {} },
    { name: "everything", summary: "every rule, also those that contradict one another", rules: RULES, settings: {} },
    ...Object.entries(LEVELS).map(([name, level]) => ({ name, summary: `Pod Security Standards, level ${level}`, ...podSecurityProfile(level, NEWEST, RULES) })),
    { name: "cis-docker", summary: "CIS Docker Benchmark 1.7, container runtime and images", rules: citing("CIS Docker"), settings: {} },
    { name: "cis-kubernetes", summary: "CIS Kubernetes Benchmark 1.12, policies", rules: citing("CIS Kubernetes"), settings: {} },
    { name: "nsa", summary: "Kubernetes Hardening Guidance of NSA and CISA", rules: citing("NSA/CISA"), settings: {} },
];

/** A profile was asked for that there is not; the message says which there are. */
export class UnknownProfile extends Error {}

/**
 * The profile of this name. Those of the Pod Security Standards may be asked for in a version of Kubernetes,
 * `pss-restricted@1.29`; without one they are the latest.
 * @throws UnknownProfile
 */
export function profileNamed(name: string): Profile {
    const [base = "", version] = name.split(/@(.*)/s);
    const profile = PROFILES.find(one => one.name === base);
    if (profile === undefined) {
        throw new UnknownProfile(`"${base}" is not known; write ${PROFILES.map(one => one.name).join(" or ")}`);
    }
    return version === undefined ? profile : inVersion(profile, version);
}

function inVersion(profile: Profile, version: string): Profile {
    const level = LEVELS[profile.name];
    if (level === undefined) {
        throw new UnknownProfile(`"${profile.name}" has no versions; those that have are ${Object.keys(LEVELS).join(" and ")}`);
    }
    const minor = minorOf(version);
    if (minor === undefined) {
        throw new UnknownProfile(`"${profile.name}" has no version "${version}"; write ${VERSIONS}`);
    }
    return { ...profile, ...podSecurityProfile(level, minor, RULES) };
}

function citing(benchmark: string): readonly Rule[] {
    return RULES.filter(rule => rule.benchmarks.some(reference => reference.startsWith(benchmark)));
}
