/** Files of a small project and how it is loaded; `compose.yaml` is the file unless others are named. */
export interface FeatureCase {
    readonly name: string;
    readonly files: Readonly<Record<string, string>>;
    readonly load?: readonly string[];
    readonly profiles?: readonly string[];
    readonly envFiles?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    readonly projectDirectory?: string;
    readonly projectName?: string;
    /** Whether only the JSON is compared. */
    readonly jsonOnly?: boolean;
}

/** A service `web` with these lines under it. */
function web(lines: string, more = ""): Record<string, string> {
    const indented = lines.trim().split("\n").map(line => `    ${line}`).join("\n");
    return { "compose.yaml": `services:\n  web:\n    image: nginx\n${indented}\n${more}` };
}

function one(name: string, lines: string, more = ""): FeatureCase {
    return { name, files: web(lines, more) };
}

const INTERPOLATION = [
    "${A:-d}", "${A-d}", "${E:-d}", "${E-d}", "${S:-d}", "${S:+a}", "${S+a}", "${E:+a}", "${E+a}", "${A:+a}", "${A+a}", "$S", "${S}", "$$S", "$${S}",
    "${A:-${S}}", "${A:-${B:-${S}}}", "${A:-$S}", "${S:?no}", "${A:-a:b}", "${A:-{}}", "${A:-{\"k\":\"v\"}}", "${A:-}x}", "${A:-a}-${S}-${B-c}", "${S}$S", "$", "a$", "$1", "${A:-$$x}",
    "${s}", "$S.x", "$S-x", "${A:-a b}", "${A-?x}", "${A:-:+x}", "${S:+${A:-deep}}", "${A?}x", "${A:?gone ${S}}", "${}", "${S", "${S!}", "${-S}", "$ {S}", "${A:-a$}", "${A:-{{.X}}}", "{{$S}}", "${S:-${A?never}}",
];

const interpolation: FeatureCase[] = INTERPOLATION.map(text => ({
    name: `interpolation of ${text}`,
    files: web(`environment:\n  V: ${JSON.stringify(text)}\n  W: fixed`), environment: { S: "set", E: "" },
}));

const PORTS = [
    "80", "\"80\"", "8080:80", "\"8080:80/udp\"", "\"127.0.0.1:8080:80\"", "\"127.0.0.1::80\"", "\"[::1]:8080:80\"", "\"::1:8080:80\"", "\"8000-8002:80-82\"", "\"8000-8010:80\"", "\"80-82\"",
    "\"9-12:9-12/UDP\"", "\"8000:80-81\"", "\"70000:80\"", "\"a:80\"", "\"80/icmp\"", "\":80\"", "\"80:\"", "\"0.0.0.0:80:80/tcp\"", "\"300.1.1.1:80:80\"", "\"82-80\"", "0", "\"0080:80\"", "53:53/udp", "1:2:3:4:5", "{target: 80}",
    "{target: 80, published: 8080, host_ip: 127.0.0.1, protocol: udp, mode: host, name: http, app_protocol: http2, x-a: 1}", "{target: 80, published: \"8080-8090\"}", "{published: 1}", "{target: \"80\"}", "{target: 80, host_ip: nope}", "22:22", "true", "80.5", "[80]",
];
const ports: FeatureCase[] = PORTS.map(port => one(`port ${port}`, `ports:\n  - ${port}`));

const VOLUMES = [
    "/data", "data:/data", "./a:/b", "../a:/b:ro", "~/a:/b:rw", "/a:/b:z", "/a:/b:ro,Z,rshared", "data:/data:nocopy", "data:/data:z", "c:/a:/b", "a", "\\\\\\\\.\\\\pipe\\\\x:/y", "data:/data/", "data://data/../x", ":/a", "a:", "a:b:c:d", "data:/data:cached", "\"${U:-./x}:/y\"",
    "{type: volume, target: /a}", "{type: bind, source: ./x, target: /a, bind: {propagation: shared, create_host_path: false, selinux: z, recursive: readonly}}", "{type: bind, target: /a}", "{type: bind, source: ./x, target: /a/, bind: {}}",
    "{type: tmpfs, target: /t, tmpfs: {size: 64m, mode: 01777}}", "{type: tmpfs, target: /t, tmpfs: {size: 1000}}", "{type: volume, source: data, target: /d, read_only: true, volume: {nocopy: true, subpath: s, labels: {a: 1}}, consistency: cached}",
    "{type: image, source: alpine, target: /i, image: {subpath: etc}}", "{type: npipe, source: x, target: /i}", "{type: cluster, source: x, target: /i}", "{type: other, source: x, target: /i}", "{source: x}", "5", "{type: bind, source: c:\\x, target: /a}", "data:/a:ro:", ".:/x", "./:/x", "/:/x",
];
const volumes: FeatureCase[] = VOLUMES.map(volume => one(`mount ${volume}`, `volumes:\n  - ${volume.startsWith("{") || volume.startsWith("\"") ? volume : JSON.stringify(volume).replaceAll("\\\\\\\\", "\\\\")}`, "volumes:\n  data:\n"));

const DURATIONS = ["10s", "1m30s", "1.5h", "100ms", "1d", "1w2d", "0", "-5s", "5", "1us", "10ns", "1h1m1.001s", "abc", "1s ", "2h0.5m", ".5s", "1.s", "90s", "3600s", "1µs"];
const durations: FeatureCase[] = DURATIONS.map(text => one(`duration ${text}`, `stop_grace_period: ${text}\nhealthcheck:\n  interval: ${text}`));

const SIZES = ["64m", "64MB", "1g", "1.5gib", "1024", "\"1024\"", "10 kb", "1Kb", "5b", "0", "-1", "\"-1\"", "1.5", "abc", "1tb", "1pib", "1e3", "1.5 g", "m", "10x", "1_000", "0x10", "2GiB", "\"\""];
const sizes: FeatureCase[] = SIZES.map(text => one(`size ${text}`, `mem_limit: ${text}\nshm_size: ${text}`));

const COMMANDS = [
    "echo hello", "sh -c \"echo 'a b' && ls\"", "'a''b' c", "\"a \\\"b\\\" c\"", "a\\ b", "\"\"", "[]", "[a, b c]", "a; b", "a | b", "echo $$HOME", "echo `date`", "echo $$(date)", "echo (x)", "a 2>&1", "\"a\\tb\"", "a 'x", "x \"y z\" 'q'", "null", "--a=\"b c\"",
    "bash -c 'while true; do sleep 1; done'", "a &", "a\\\\nb", "5", "[1]", "a #b", "\"multi\\nline\"", "a '' b", "a \"\" b", "3 > x", "ab3>x",
];
const commands: FeatureCase[] = COMMANDS.flatMap(command => [one(`command ${command}`, `command: ${command}`), one(`entrypoint ${command}`, `entrypoint: ${command}`)]);

const SCALARS = [
    "yes", "no", "on", "off", "y", "true", "True", "TRUE", "~", "null", "\"\"", "0644", "0o17", "0x1F", "0b11", "1_000", "1.0", "1.50", "1e3", "1e6", "12345678.9", "1e21", ".5", "+5", "08", "0.1", "2020-01-02", "2020-01-02T03:04:05Z", "2020-01-02 03:04:05",
    "2020-01-02T03:04:05.5+02:00", "12:30:45", "190:20:30", "!!str 5", "!!int \"5\"", "!!float 3", "!!bool yes", "!!binary aGk=", "!custom x", ".inf", ".nan", "99999999999999999999", "9223372036854775807", "18446744073709551615", "0777777", "1.", "-.5", "=", "<<", "'single'", "\"dou\\u0041ble\"", "|-\n      a\n      b", ">\n      a\n      b\n\n      c",
];
const scalars: FeatureCase[] = SCALARS.flatMap(text => [
    one(`scalar ${text} as a variable`, `environment:\n  A: ${text}`), one(`scalar ${text} as a label`, `labels:\n  A: ${text}`),
    // Extensions keep their types in YAML, which JSON does not tell.
    { name: `scalar ${text} as an extension`, jsonOnly: true, files: { "compose.yaml": `x-a: ${text.replaceAll("\n      ", "\n  ")}\nservices: {web: {image: a}}\n` } },
]);

export const SMALL_CASES: readonly FeatureCase[] = [...interpolation, ...ports, ...volumes, ...durations, ...sizes, ...commands, ...scalars];
