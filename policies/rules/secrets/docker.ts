import { each, objectRule, workloadRule } from "../../rule";
import { mountOf } from "../../view/compose-syntax";
import { secretInText } from "../../view/secret";
import { isPlaceholder, literalOf, saysNothing } from "../../view/secrets/values";
import { Value } from "../../view/value";
import { along, maybe } from "../../view/way";
import type { Rule } from "../../rule";
import type { ObjectView, WorkloadView } from "../../view/types";

const [PROVIDER, IMAGE, SERVICE, CONTAINER] = ["pulumi:providers:docker", "docker:index/image:Image", "docker:index/service:Service", "docker:index/container:Container"];
const [REGISTRY_IMAGE, BUILT, SECRET, CONFIG] = ["docker:index/registryImage:RegistryImage", "docker-build:index:Image", "docker:index/secret:Secret", "docker:index/serviceConfig:ServiceConfig"];
const BUILD_PROVIDER = "pulumi:providers:docker-build";

/** Where each type has the logins of registries: a list or a mapping of them, with what is to stay unseen in it. */
const LOGINS: Readonly<Record<string, readonly string[]>> = {
    [PROVIDER]: ["registryAuth"], [BUILD_PROVIDER]: ["registries"], [IMAGE]: ["registry"], [REGISTRY_IMAGE]: ["authConfig"], [BUILT]: ["registries"], [SERVICE]: ["auth"],
};

/** Who pushes an image runs his program wherever the image runs. */
const registryCredential = objectRule({
    id: "registry-credential-in-clear",
    severity: "high",
    title: "The login of a registry is handed over as a secret",
    fix: "mark it as a secret (`config.requireSecret`, `pulumi.secret`), or let the engine's credential helper keep it",
    benchmarks: ["NIST SP 800-190 4.2.3", "Pulumi: Secrets"],
    controls: ["SC-33"],
    types: Object.keys(LOGINS),

    check(object) {
        const fields = loginsOf(object).flatMap(login => ["password", "configFileContent"].map(field => ({ field, login, value: along(login, field), path: login.path })));
        return each(fields.filter(({ value }) => !value.secret && maybe(value)), ({ field, login, value }) =>
            isLiteral(value.text) ? `has the login of the registry ${login.get("address").text ?? login.get("serverAddress").text ?? ""} in clear (${field})`.replace("registry  in", "registry in") : undefined);
    },
});

/** A provider's inputs are texts of JSON in a state, and lists in a program. */
function loginsOf(object: ObjectView): readonly Value[] {
    const found = along(object.value, ...LOGINS[object.type] ?? []);
    if (found.secret || !maybe(found)) {
        return [];
    }
    const list = found.known && typeof found.plain === "string" ? new Value(parsed(found.plain), found.path) : found;
    return list.known && list.isList ? list.items : [list];
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return {};
    }
}

function isLiteral(text: string | undefined): boolean {
    const literal = literalOf(text);
    return !saysNothing(literal) && !isPlaceholder(literal);
}

/** What is uploaded lies in the container's own layer, on the host's disk; what configures a service is for every manager to read. */
const secretInUpload = objectRule({
    id: "secret-in-upload",
    severity: "high",
    title: "No secret is in a file that is uploaded, in a configuration, or unmarked",
    fix: "mount it as a secret, on memory-backed storage; in a program mark it (`pulumi.secret`)",
    benchmarks: ["CIS Docker 7.4", "NIST SP 800-190 4.1.4"],
    controls: ["RAGFLOW-SECRETS-04", "SC-33"],
    types: [CONTAINER, CONFIG, SECRET, "compose:project"],

    check: object => each(textsOf(object).filter(({ value }) => maybe(value)), ({ what, value, coded, kept }) => {
        if (value.secret) {
            return kept ? undefined : `${what} (marked as one)`;
        }
        const text = coded ? Buffer.from(value.text ?? "", "base64").toString("utf8") : value.text ?? "";
        if (kept) {
            return isLiteral(text) ? `${what} in clear` : undefined;
        }
        const found = secretInText(text);
        return found === undefined ? undefined : `${what} (line ${found.line}${found.name === "" ? "" : `, ${found.name}`}: ${found.reason})`;
    }),
});

interface Text {
    readonly what: string;
    readonly value: Value;
    readonly path: Value["path"];
    /** Whether it is Base64. */
    readonly coded: boolean;
    /** Whether a secret belongs there, as long as it is marked as one. */
    readonly kept: boolean;
}

function textsOf({ type, value }: ObjectView): Text[] {
    switch (type) {
        case CONTAINER:
            return along(value, "uploads").items.flatMap(upload => ["content", "contentBase64"].map(field => ({
                what: "uploads a file with a secret", value: along(upload, field), path: upload.path, coded: field === "contentBase64", kept: false,
            })));
        case "compose:project":
            return along(value, "configs").entries.map(([name, config]) => ({
                what: `has a configuration with a secret, "${name}"`, value: along(config, "content"), path: config.path, coded: false, kept: false,
            }));
        default:
            return [{
                what: type === SECRET ? "has its contents" : "holds a secret, and is none", value: along(value, "data"), path: [...value.path, "data"], coded: true, kept: type === SECRET,
            }];
    }
}

/** Compose and Swarm have secrets of their own: a file that is bound by hand keeps the rights that it has on the host. */
const mountedByHand = workloadRule({
    id: "secret-mounted-by-hand",
    severity: "medium",
    title: "Services are handed secrets as secrets, and not as files of the host that are mounted",
    fix: "name the file under the top-level `secrets:`, and the secret under the service's own",
    benchmarks: ["CIS Docker 7.4"],
    controls: ["RAGFLOW-SECRETS-02", "SC-33"],
    platforms: ["compose", "swarm"],
    property: "hostMounts",

    check: workload => each(bindsOf(workload), bind => {
        const { source, target } = bind.read();
        return target.startsWith("/run/secrets") || SECRET_FILE.test(source) ? `mounts a secret by hand (${source} on ${target})` : undefined;
    }),
});

const SECRET_FILE = /(?:^|[/\\])(?:\.?secrets?|credentials?|passwords?)(?:[/\\][^/\\]+)?$|[/\\][\w.-]*(?:password|passwd|token|credentials?|secret)[\w-]*\.(?:txt|json|ya?ml|env)$|\.(?:p12|pfx|jks|kdbx)$|[/\\](?:id_(?:rsa|ed25519|ecdsa)|\.netrc|\.pgpass|\.htpasswd|\.npmrc|\.env(?:\.[\w-]+)?)$/i;

function bindsOf(workload: WorkloadView): { read: () => { source: string; target: string }; path: Value["path"] }[] {
    if (workload.platform === "compose") {
        return along(workload.source, "volumes").items.map(value => ({
            read: () => { const { type, source, target } = mountOf(value); return type === "bind" ? { source, target } : { source: "", target: "" }; },
            path: value.path,
        }));
    }
    return along(workload.source, "taskSpec", "containerSpec", "mounts").items.map(mount => ({
        read: () => mount.get("type").text === "bind" ? { source: mount.get("source").text ?? "", target: mount.get("target").text ?? "" } : { source: "", target: "" },
        path: mount.path,
    }));
}

/** Where a project is loaded the files are read, and each value is judged. Where it is not, nobody has looked at them. */
const envFileUnread = objectRule({
    id: "env-file-unread",
    severity: "medium",
    title: "What an env file hands to a service has been looked at",
    fix: "let the project be loaded (`portcullis check` reads its env files), or move settings into `environment` and secrets into `secrets`",
    benchmarks: ["OWASP Docker Security Rule 12", "NIST SP 800-190 4.1.4"],
    controls: ["RAGFLOW-SECRETS-01", "SC-33"],
    property: "env_file",
    types: ["compose:service"],

    check({ value }) {
        const files = along(value, "env_file");
        if (!maybe(files)) {
            return undefined;
        }
        const each = files.known && files.isList ? files.items : [files];
        const names = each.map(file => file.known && file.isMapping ? file.get("path").text : file.text);
        return names.length === 0 ? undefined : `takes variables from a file that was not read (${names.join(", ")})`;
    },
});

export const DOCKER_SECRET_RULES: readonly Rule[] = [registryCredential, secretInUpload, mountedByHand, envFileUnread];
