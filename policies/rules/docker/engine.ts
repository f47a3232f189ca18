import { each, objectRule } from "../../rule";
import type { Rule } from "../../rule";
import type { Value } from "../../view/value";

const PROVIDERS = ["pulumi:providers:docker", "pulumi:providers:docker-build"] as const;

export const ENGINE_RULES: readonly Rule[] = [
    /** Whoever speaks to the engine is root on its host: nobody in between may do so. */
    objectRule({
        id: "engine-connection-unverified",
        severity: "critical",
        title: "An engine is spoken to over a connection that is verified on both sides",
        fix: "use `ssh://` with known host keys, or TLS with `certPath` (or caMaterial, certMaterial and keyMaterial)",
        benchmarks: ["CIS Docker 2.7", "OWASP Docker Security Rule 1", "NIST SP 800-190 4.5.1"],
        controls: ["SC-45"],
        types: PROVIDERS,

        check({ value }) {
            const host = value.get("host");
            return each([
                { path: host.path, ask: () => plainHost(value) },
                ...sshOptions(value.get("sshOpts")).map(({ path, text }) => ({
                    path,
                    ask: () => /StrictHostKeyChecking[= ](?:no|off|accept-new)|UserKnownHostsFile[= ]\/dev\/null/i.test(text())
                        ? "does not check which host its engine is on (sshOpts)" : undefined,
                })),
            ], ({ ask }) => ask());
        },
    }),
    /** A plugin runs on the host, and gets whatever its author asked for. */
    objectRule({
        id: "plugin-all-permissions",
        severity: "high",
        title: "A plugin of the engine gets the permissions that are named, not all that it asks for",
        fix: "take grantAllPermissions out, and name in grantPermissions what was read and agreed to",
        benchmarks: ["Docker: Use Docker Engine plugins", "NIST SP 800-190 4.5.1"],
        controls: ["SC-45"],
        types: ["docker:index/plugin:Plugin"],
        check: ({ value }) => value.get("grantAllPermissions").flag === true
            ? { message: "gets every permission of the host that it asks for (grantAllPermissions: true)", at: value.get("grantAllPermissions").path } : undefined,
    }),
    /** What is pushed, and the password with it, goes to whoever answers. */
    objectRule({
        id: "registry-certificate-unchecked",
        severity: "high",
        title: "The certificate of a registry is checked before anything is pushed",
        fix: "take the setting out, and give the registry a certificate of an authority that this machine knows",
        benchmarks: ["CIS Docker 2.5", "NIST SP 800-190 4.2.1"],
        controls: ["SC-42"],
        types: ["docker:index/registryImage:RegistryImage", "docker-build:index:Image", "docker-build:index:Index"],

        check({ value, type }) {
            if (type === "docker:index/registryImage:RegistryImage") {
                const setting = value.get("insecureSkipVerify");
                return setting.flag === true ? { message: "is pushed without a check of the registry's certificate (insecureSkipVerify: true)", at: setting.path } : undefined;
            }
            return each(value.get("exports").items.map(item => ({ path: item.path, item })), ({ item }) => {
                const insecure = ["registry", "image"].some(kind => item.get(kind).present && item.get(kind, "insecure").flag === true) || /registry\.insecure=true/.test(item.get("raw").text ?? "");
                return insecure ? "is pushed without a check of the registry's certificate (insecure: true)" : undefined;
            });
        },
    }),
];

/** TCP without the engine's certificate authority: the provider then takes any certificate, or none. */
function plainHost(provider: Value): string | undefined {
    const host = provider.get("host").text ?? "";
    if (!/^(?:tcp|http):\/\//i.test(host)) {
        return undefined;
    }
    const verified = (provider.get("certPath").text ?? "") !== "" || (provider.get("caMaterial").text ?? "") !== "";
    return verified ? undefined : `speaks to its engine over a connection that nobody verifies (host: ${host.replace(/\/\/[^/@]*@/, "//")}, certPath and caMaterial: not set)`;
}

/** The SDK hands a provider its lists as JSON. */
function sshOptions(given: Value): readonly { readonly path: Value["path"]; readonly text: () => string }[] {
    if (given.known && given.present && !given.isList) {
        return [{ path: given.path, text: () => given.text ?? "" }];
    }
    return given.items.map(item => ({ path: item.path, text: () => item.text ?? "" }));
}
