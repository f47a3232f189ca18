import { dockerfileTest } from "../../../support/dockerfile-test";

// One case for every entry of the tables that these rules look things up in: an entry that goes missing is noticed.
type Violation = readonly [text: string, message: string];

const TERMINAL_PROGRAMS = ["ps", "shutdown", "service", "free", "top", "htop", "kill", "killall", "mount", "ifconfig", "nano", "vim", "vi", "ssh", "systemctl", "reboot"];
const changesShell = (name: string) => `changes the shell by a command (${name}), where SHELL is for it`;

dockerfileTest("untidy-dockerfile", {
    passes: [
        "RUN usermod -aG docker app", "RUN ln -s /a /b", "RUN cp /bin/bash /x", "FROM a AS one\nRUN curl x\nFROM b\nRUN wget y", "RUN a\nRUN --network=none b", "RUN --network=none a\nRUN b",
        "COPY a /c/\nADD b /c/", "COPY --from=x a /c/\nCOPY b /c/", "COPY a b .", "COPY a b ..", "ENV A=$A", "ENV A=1 B=$C", "RUN useradd -l -u 1000000 x", "RUN useradd --no-log-init -u 1000000 x",
        "RUN useradd -u 10001 x", "RUN adduser -u 1000000 x", "RUN curl a && curl b", "LABEL a=1 b-c.d/e=2", "COPY a b C:\\\\x\\\\",
        "FROM a AS one\nRUN x\nRUN y\nFROM b",
    ],
    violates: [
        ...TERMINAL_PROGRAMS.map((name): Violation => [`RUN ${name} x`, `runs a program that has nothing to do in a build (${name})`]),
        ...["ln -s", "mv", "chsh -s", "usermod -s"].map((command): Violation => [`RUN ${command} /bin/bash x`, changesShell(command.split(" ")[0]!)]),
        ...["bash", "tcsh", "ksh", "csh", "dash", "zsh", "fish", "tmux", "rbash", "sh"].map((shell): Violation => [`RUN ln -sf /bin/${shell} /x`, changesShell("ln")]),
        ["RUN mv x /etc/shells", changesShell("mv")],
        ...["powershell", "pwsh", "powershell.exe", "pwsh.exe"].map((name): Violation => [`RUN ${name} -Command x`, changesShell(name)]),
        ["ADD a b /c", "copies several files to what may be none of a folder (ADD … /c)"],
        ["ADD a /c/\nADD b /c/", "has two steps in a row that could be one (ADD)"],
        ["RUN wget a; curl b", "uses both curl and wget"],
        ["LABEL a=1 b_c=2", "has a label that other programs may not read (b_c)"],
        ["ENV A=1 B=2 C=${B}", "uses a variable in the instruction that sets it (ENV B)"],
        // A message repeats 80 characters of a file at most.
        [`LABEL ${"A".repeat(80)}=1`, `has a label that other programs may not read (${"A".repeat(80)})`],
        [`LABEL ${"A".repeat(81)}=1`, `has a label that other programs may not read (${"A".repeat(77)}…)`],
        ["RUN useradd -u 100000 x", "makes a user with a large number without --no-log-init, which fills the image"],
    ],
});

const RUNNERS = ["sh", "bash", "ash", "dash", "zsh", "python", "python3", "perl", "ruby", "node"];

dockerfileTest("unverified-download", {
    passes: ["RUN curl https://a.example | php", "RUN curl https://a.example | python3 filter.py", "RUN curl https://a.example; sh -s", "ADD --checksum=sha256:1 http://a.example/f /f", "COPY https://a.example/f /f"],
    violates: [
        ...RUNNERS.map((name): Violation => [`RUN curl https://a.example | ${name}`, `runs what it downloads, unseen (| ${name})`]),
        ...["http", "https", "ftp", "HTTPS"].map((scheme): Violation => [`ADD ${scheme}://a.example/f /f`, `adds a download without a checksum (${scheme}://a.example/f)`]),
        ...["git@a.example:x", "git://a.example/x", "ssh://a.example/x", "https://a.example/x.git"].map((place): Violation => [`ADD ${place} /x`, `adds a download without a checksum (${place})`]),
        [`ADD https://a.example/x.git#${"a".repeat(39)} /x`, `adds a download without a checksum (https://a.example/x.git#${"a".repeat(39)})`],
    ],
});

dockerfileTest("add-instead-of-copy", {
    passes: ["tar", "tgz", "tbz", "tbz2", "txz", "tzst", "tar.gz", "tar.bz2", "tar.xz", "tar.zst", "tar.lzma", "TAR"].map(end => `ADD a.${end} /a`),
    violates: [["ADD a.tar.gz b.zip /a/", "adds what COPY would copy (ADD b.zip)"], ["ADD tar /a", "adds what COPY would copy (ADD tar)"]],
});

const SECRET_FILES = [
    ".env", ".env.local", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", ".npmrc", ".yarnrc", ".pypirc", ".netrc", ".git-credentials", ".dockercfg", ".htpasswd", ".pgpass", ".my.cnf", "kubeconfig",
    ".kube/config", ".aws", ".aws/credentials", ".ssh", ".ssh/", ".docker/config.json", "terraform.tfstate", "secret.yml", "secrets.yaml", "secrets.json", "secret.env", "secrets.txt",
    "a.key", "a.p12", "a.pfx", "a.jks", "a.keystore", "a.kdbx", "privkey.pem", "my-key.pem",
];

dockerfileTest("secret-file-in-image", {
    passes: ["example", "sample", "template", "dist", "tpl"].map(end => `COPY .env.${end} /a/`).concat("COPY a .env", "COPY id_rsa.pub /a", "COPY my.npmrc.md /a", "WORKDIR /x/.ssh"),
    violates: SECRET_FILES.flatMap((file): Violation[] => ["COPY", "ADD"].map(keyword => [`${keyword} ${file} conf/${file} /a/`, `copies a file of secrets into the image (${file})`])),
});

dockerfileTest("engine-socket-in-build", {
    passes: ["VOLUME /run/my-docker.socks", "WORKDIR /docker.sock", "RUN --mount=type=bind,source=/a,target=/b x"],
    violates: [
        ...["docker", "containerd", "podman", "crio", "buildkitd", "cri-dockerd"].flatMap((name): Violation[] => [
            [`VOLUME /run/${name}.sock`, `takes the engine's socket (VOLUME /run/${name}.sock)`],
            [`ADD ${name}.sock /x`, `takes the engine's socket (ADD ${name}.sock)`],
            [`RUN curl --unix-socket=/run/${name}.sock x`, `takes the engine's socket (RUN curl --unix-socket=/run/${name}.sock)`],
        ]),
    ],
});

const SYSTEM_FOLDERS = [
    "/proc", "/sys", "/dev", "/boot", "/proc/1", "/sys/a", "/dev/shm", "/boot/a", "/bin", "/sbin", "/etc", "/lib", "/lib32", "/lib64", "/usr", "/run", "/var", "/root/.ssh", "/usr/bin", "/usr/sbin",
    "/usr/lib", "/usr/lib64", "/usr/share", "/var/run", "/var/lib", "/etc/",
];

dockerfileTest("system-work-directory", {
    passes: ["/usr/local", "/etc/app", "/opt", "/srv", "/home/app", "/root", "/processed", "/var/www", "/var/lib/app"].map(folder => `WORKDIR ${folder}`),
    violates: [
        ...SYSTEM_FOLDERS.map((folder): Violation => [`WORKDIR ${folder}`, `works in a folder of the system (WORKDIR ${folder})`]),
        ...SYSTEM_FOLDERS.map((folder): Violation => [`VOLUME /data ${folder}`, `has a volume over a folder of the system (VOLUME ${folder})`]),
    ],
});

dockerfileTest("pipe-failure-ignored", {
    passes: ["echo x", "printf x", "yes", "true", ":"].map(command => `RUN ${command} | a`),
    violates: [["RUN cat x | a", "goes on when a command before a pipe fails (| a)"], ["RUN echo x | a | b", "goes on when a command before a pipe fails (| b)"]],
});

dockerfileTest("inline-ignore", {
    passes: ["# nosecond\nRUN nosec", "# check=error=true\nFROM a"],
    violates: [
        "hadolint ignore=DL1", "hadolint global ignore=DL1", "trivy:ignore:A", "tfsec:ignore:A", "checkov:skip=A", "kics-scan ignore-line", "kics-scan ignore-block", "kics-scan disable=a", "nosemgrep", "dockle:ignore=A", "nosec",
    ].map((text): Violation => [`# ${text}\nRUN x`, "leaves out checks in 1 comment (line 2)"]),
});

dockerfileTest("secret-in-dockerfile", {
    passes: [
        "ARG VERSION", "RUN curl https://a.example/$TOKEN", "LABEL title=x", "ENV GPG_KEYS=0xABCDEF0123456789ABCDEF0123456789ABCDEF01", "ARG PGP_FINGERPRINT=ABCDEF0123456789ABCDEF0123456789ABCDEF01",
        "WORKDIR /PASSWORD=Tr0ub4dor", "RUN mysql --password=$PASSWORD",
    ],
    violates: [
        ["ARG DB_PASSWORD=", "takes a secret as a build argument, which the image's history keeps (ARG DB_PASSWORD)"],
        ["ENV A=1 DB_PASSWORD=Tr0ub4dor", "keeps a secret in the image (ENV DB_PASSWORD: by its name)"],
        ["RUN curl https://me:Tr0ub4dor@a.example/$X", "has a secret in a command of its build (curl: a word of it)"],
        [`RUN mysql ${"a ".repeat(30)}--password Tr0ub4dor`, "has a secret in a command of its build (mysql: password)"],
    ],
});
