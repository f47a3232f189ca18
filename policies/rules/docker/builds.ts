import { dockerfileFaults } from "./run-flags";
import { each, objectRule } from "../../rule";
import { namesSecret, secretReason } from "../../view/secret";
import type { Rule } from "../../rule";
import type { ObjectView } from "../../view/types";
import type { Path } from "../../view/unfinished";
import type { Value } from "../../view/value";

const SERVICE = "compose:service";
const IMAGE = "docker:index/image:Image";
const REMOTE_IMAGE = "docker:index/remoteImage:RemoteImage";
const REGISTRY_IMAGE = "docker:index/registryImage:RegistryImage";
const BUILD_IMAGE = "docker-build:index:Image";
const BUILDER = "docker:index/buildxBuilder:BuildxBuilder";

/** One thing to look at: what is wrong with it, if anything. */
interface Question {
    readonly path: Path;
    readonly ask: () => string | undefined;
}

/** The mapping that says how an image is built; undefined where it is built nowhere, or by a path alone. */
function buildOf({ type, value }: ObjectView): Value | undefined {
    const build = type === BUILD_IMAGE || type === BUILDER ? value : value.get("build");
    return !build.known || build.present && build.isMapping ? build : undefined;
}

function textIs(value: Value, wanted: RegExp, message: string): Question {
    return { path: value.path, ask: () => wanted.test(value.text ?? "") ? `${message} (${value.path.at(-1) ?? ""}: ${value.text ?? ""})` : undefined };
}

function anyIs(list: Value, wanted: RegExp, message: string): Question[] {
    return list.items.map(item => ({ path: item.path, ask: () => wanted.test(item.text ?? "") ? `${message} (${item.text ?? ""})` : undefined }));
}

const HOST = "builds on the host's network";
const LOOSENED = "builds with loosened security";

function questionsOf(view: ObjectView, build: Value): readonly Question[] {
    switch (view.type) {
        case SERVICE:
            return [
                textIs(build.get("network"), /^host$/, HOST),
                ...anyIs(build.get("entitlements"), /^(?:network\.host|security\.insecure|device(?:=|$))/, "lets its build have more than builds have"),
                { path: build.get("privileged").path, ask: () => build.get("privileged").flag === true ? `${LOOSENED} (privileged: true)` : undefined },
            ];
        case REMOTE_IMAGE:
        case REGISTRY_IMAGE:
            return [textIs(build.get("networkMode"), /^host$/, HOST), ...anyIs(build.get("securityOpts"), /[=:](?:unconfined|disable)$/, LOOSENED)];
        case BUILDER:
            return [
                textIs(build.get("dockerContainer", "network"), /^host$/, HOST), textIs(build.get("driverOptions", "network"), /^host$/, HOST),
                textIs(build.get("buildkitFlags"), /--allow-insecure-entitlement/, "lets its builds have more than builds have"),
            ];
        default:
            return [textIs(build.get("network"), /^host$/, HOST)];
    }
}

/** Build arguments as a mapping or as a list of `NAME=value`. */
function argumentsOf(view: ObjectView, build: Value): readonly Question[] {
    const given = build.get(view.type === SERVICE || view.type === IMAGE ? "args" : "buildArgs");
    const pairs = given.known && given.present && given.isList ? given.items.map(item => ["", item] as const) : given.entries;
    return pairs.map(([key, value]) => ({
        path: value.path,
        ask: () => {
            const listed = key === "";
            if (value.secret && !listed) {
                return `hands its build a secret as an argument (${key}: marked as one)`;
            }
            const [, name = "", text] = listed ? /^([^=]*)(?:=(.*))?$/s.exec(value.text ?? "") ?? [] : ["", key, value.known || !namesSecret(key) ? value.text : ""];
            const reason = namesSecret(name) ? "by its name" : secretReason(name, text);
            return reason === undefined ? undefined : `hands its build a secret as an argument (${name}: ${reason})`;
        },
    }));
}

export const BUILD_RULES: readonly Rule[] = [
    /** What a build runs is often other people's: on the host's network it reaches what listens on the host alone. */
    objectRule({
        id: "loosened-build",
        severity: "high",
        title: "Images are built without the host's network and without loosened security",
        fix: "take the setting out; what a build has to fetch it can fetch over the default network",
        benchmarks: ["Docker: build entitlements", "NIST SP 800-190 4.1.2"],
        controls: ["SC-40", "SC-42"],
        types: [SERVICE, IMAGE, REMOTE_IMAGE, REGISTRY_IMAGE, BUILD_IMAGE, BUILDER, "dockerfile"],

        check(view) {
            const build = view.type === "dockerfile" ? undefined : buildOf(view);
            return view.type === "dockerfile" ? dockerfileFaults(view) : build === undefined ? [] : each(questionsOf(view, build), ({ ask }) => ask());
        },
    }),
    /** Arguments stay in the image's history, in the build's log and in its provenance. */
    objectRule({
        id: "secret-build-argument",
        severity: "high",
        title: "No secret is handed to a build as an argument",
        fix: "hand it over as a build secret (`build.secrets`, `secrets`), and mount it in the one step that needs it",
        benchmarks: ["CIS Docker 4.10", "NIST SP 800-190 4.1.4", "OWASP Docker Security Rule 12"],
        controls: ["SC-33"],
        types: [SERVICE, IMAGE, REMOTE_IMAGE, REGISTRY_IMAGE, BUILD_IMAGE],

        check(view) {
            const build = buildOf(view);
            return build === undefined ? [] : each(argumentsOf(view, build), ({ ask }) => ask());
        },
    }),
];
