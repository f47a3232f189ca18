import { dockerfileRule, faultsIn } from "./define";
import { pairsOf } from "../../view/dockerfile/instruction";
import { commandsOf } from "../../view/dockerfile/run";
import type { Rule } from "../../rule";
import type { Dockerfile } from "../../view/dockerfile/model";
import type { BuildCommand } from "../../view/dockerfile/run";
import type { Fault } from "../../view/unfinished";

/** A way to switch a check off: programs, what stands in their words, and how a message names it. */
interface Switch {
    readonly programs: RegExp;
    readonly words: RegExp;
    readonly named: string;
}

const SIGNATURES: readonly Switch[] = [
    { programs: /^(?:apt|apt-get|aptitude)$/, words: /(?:^| )--(?:allow-unauthenticated|force-yes|allow-insecure-repositories)\b/, named: "--allow-unauthenticated, --force-yes or --allow-insecure-repositories" },
    { programs: /^(?:apt|apt-get)$/, words: /(?:APT::Get::AllowUnauthenticated|Acquire::AllowInsecureRepositories)["' ]*[= ]["' ]*(?:true|1|yes)/i, named: "AllowUnauthenticated or AllowInsecureRepositories" },
    { programs: /^apk$/, words: /(?:^| )--allow-untrusted\b/, named: "--allow-untrusted" },
    { programs: /^(?:yum|dnf|microdnf|tdnf)$/, words: /(?:^| )--no-?gpg-?check\b|--setopt=\S*gpgcheck=(?:0|false)/, named: "--nogpgcheck" },
    { programs: /^rpm$/, words: /(?:^| )--no(?:signature|digest|verify|pgp)\b|(?:^| )--force\b/, named: "--nosignature, --nodigest or --force" },
    { programs: /^zypper$/, words: /(?:^| )(?:--no-gpg-checks?|--gpg-auto-import-keys|-G)(?: |$)|--no-gpgcheck\b/, named: "--no-gpg-checks or --gpg-auto-import-keys" },
    { programs: /^(?:pacman|sed|echo|printf|tee)$/, words: /SigLevel\s*=\s*Never/, named: "SigLevel=Never" },
    { programs: /^(?:echo|printf|sed|tee)$/, words: /\bdeb(?:-src)?\s+\[[^\]]*trusted=yes|gpgcheck\s*=\s*0|AllowUnauthenticated\W+(?:true|1)|AllowInsecureRepositories\W+(?:true|1)/i, named: "trusted=yes or gpgcheck=0" },
    { programs: /^dpkg$/, words: /--force-(?:all|bad-verify)/, named: "--force-bad-verify" },
    { programs: /^gem$/, words: /(?:^| )(?:-P|--trust-policy)[ =]NoSecurity/, named: "NoSecurity" },
];

const CERTIFICATES: readonly Switch[] = [
    { programs: /^curl$/, words: /(?:^| )(?:-[A-Za-z]*k[A-Za-z]*|--insecure|--proxy-insecure)(?: |$)/, named: "--insecure" },
    { programs: /^wget$/, words: /(?:^| )--no-check-certificate\b/, named: "--no-check-certificate" },
    { programs: /^(?:pip|pip3|pipx|uv|python|python3)(?:\.\d+)?$/, words: /(?:^| )--trusted-host\b|global\.trusted-host|--allow-insecure-host\b/, named: "--trusted-host" },
    { programs: /^(?:npm|yarn|pnpm)$/, words: /strict-ssl[= ](?:false|0)|--no-strict-ssl\b|(?:strictSSL|enableStrictSsl)[= ]false/i, named: "strict-ssl false" },
    { programs: /^git$/, words: /http\.(?:\S+\.)?sslverify[= ](?:false|0)/i, named: "http.sslVerify false" },
    { programs: /^(?:yum|dnf|microdnf|yum-config-manager)$/, words: /sslverify=(?:0|false)/i, named: "sslverify=false" },
    { programs: /^(?:apt|apt-get)$/, words: /Verify-(?:Peer|Host)["' ]*[= ]["' ]*(?:false|0|no)/i, named: "Verify-Peer=false" },
    { programs: /^(?:echo|printf|sed|tee)$/, words: /sslverify\s*=\s*(?:0|false)|Verify-Peer\W+(?:false|0)|check_certificate\s*=\s*off|^insecure$/i, named: "a configuration without certificate checks" },
    { programs: /^(?:apk|go|conda|composer|gem|bundle)$/, words: /--no-check-certificate\b|(?:^| )-insecure\b|ssl_verify (?:false|no)|disable-tls true|:ssl_verify_mode: 0|ssl_verify_mode 0/i, named: "an option that leaves certificates unchecked" },
];

/** Variables that switch the check of certificates off, with the values that do. */
const VARIABLES: Readonly<Record<string, RegExp>> = {
    PYTHONHTTPSVERIFY: /^0$/, NODE_TLS_REJECT_UNAUTHORIZED: /^0$/, NPM_CONFIG_STRICT_SSL: /^(?:false|0)$/i, GIT_SSL_NO_VERIFY: /^(?!(?:0|false|no)?$)/i,
    PIP_TRUSTED_HOST: /./, GOINSECURE: /./, YARN_ENABLE_STRICT_SSL: /^(?:false|0)$/i, COMPOSER_DISABLE_TLS: /^(?:true|1)$/i, UV_INSECURE_HOST: /./,
};

export const VERIFICATION_RULES: readonly Rule[] = [
    /** A package that nobody signed may come from anybody between here and the server. */
    dockerfileRule({
        id: "package-signatures-unchecked",
        severity: "high",
        title: "The signatures of packages are checked",
        fix: "take the option out, and add the key of the repository instead",
        benchmarks: ["CIS Docker 4.11", "NIST SP 800-190 4.1.5"],
        controls: ["SC-42"],
        check: file => switched(file, SIGNATURES, "installs packages without a check of their signatures"),
    }),
    /** Without it TLS protects from nobody. */
    dockerfileRule({
        id: "certificates-unchecked",
        severity: "high",
        title: "Nothing in a build or image leaves certificates unchecked",
        fix: "take the option or variable out, and add the authority's certificate to the image where it is not a public one",
        benchmarks: ["NIST SP 800-190 4.1.5", "OWASP Top 10 A02"],
        controls: ["SC-42"],

        check(file) {
            const declared = file.instructions.filter(({ keyword }) => keyword === "ENV" || keyword === "ARG")
                .flatMap(instruction => pairsOf(instruction).map(({ name, value = "" }) => ({ path: instruction.path, name, value })));
            const assigned = commandsOf(file).flatMap(({ path, name, words, assignments }) => [...assignments, ...["export", "env"].includes(name) ? words : []]
                .map(word => ({ path, name: word.split("=", 1)[0] ?? "", value: word.slice(word.indexOf("=") + 1) })));
            return [
                ...faultsIn([...declared, ...assigned], ({ name, value }) => {
                    const off = Object.hasOwn(VARIABLES, name.toUpperCase()) ? VARIABLES[name.toUpperCase()] : undefined;
                    return off?.test(value) === true ? `leaves certificates unchecked (${name})` : undefined;
                }),
                ...switched(file, CERTIFICATES, "leaves certificates unchecked"),
            ];
        },
    }),
];

function switched(file: Dockerfile, switches: readonly Switch[], what: string): readonly Fault[] {
    return faultsIn(commandsOf(file), (command: BuildCommand) => {
        const text = command.words.join(" ");
        const found = switches.find(({ programs, words }) => programs.test(command.name) && words.test(text));
        return found === undefined ? undefined : `${what} (${command.name}: ${found.named})`;
    });
}
