import { dockerfileTest } from "../../../support/dockerfile-test";

dockerfileTest("sudo-in-build", {
    passes: ["RUN apt-get install -y sudo", "RUN echo sudo"],
    violates: [["RUN sudo -E apt-get update", "uses sudo (sudo apt-get)"], ["RUN a && /usr/bin/sudo b", "uses sudo (sudo b)"], ["ONBUILD RUN [\"sudo\", \"x\"]", "uses sudo (sudo x)"]],
});

dockerfileTest("engine-socket-in-build", {
    passes: ["RUN docker version", "VOLUME /var/run/app.sock", "RUN --mount=type=bind,source=a,target=/a x"],
    violates: [
        ["VOLUME [\"/data\", \"/var/run/docker.sock\"]", "takes the engine's socket (VOLUME /var/run/docker.sock)"],
        ["RUN --mount=type=bind,source=/var/run/docker.sock,target=/s x", "takes the engine's socket (RUN type=bind,source=/var/run/docker.sock,target=/s)"],
        ["COPY run/containerd.sock /run/", "takes the engine's socket (COPY run/containerd.sock)"],
        ["RUN docker run -v /run/docker.sock:/s -v /run/podman.sock:/p x", "takes the engine's socket (RUN docker /run/docker.sock:/s)"],
        ["RUN docker run -v /var/run/docker.sock:/s x", "takes the engine's socket (RUN docker /var/run/docker.sock:/s)"],
    ],
});

dockerfileTest("system-work-directory", {
    passes: ["WORKDIR /app", "WORKDIR /usr/src/app", "WORKDIR /var/lib/postgresql", "VOLUME /data", "ENV D=/srv\nWORKDIR $D"],
    violates: [
        ["WORKDIR /etc", "works in a folder of the system (WORKDIR /etc)"],
        ["WORKDIR /proc/self", "works in a folder of the system (WORKDIR /proc/self)"],
        ["ENV D=/usr/bin\nWORKDIR ${D}/", "works in a folder of the system (WORKDIR /usr/bin/)"],
        ["VOLUME [\"/sys/fs/cgroup\"]", "has a volume over a folder of the system (VOLUME /sys/fs/cgroup)"],
    ],
});

dockerfileTest("pipe-failure-ignored", {
    passes: [
        "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN a | b", "RUN set -eo pipefail && a | b", "RUN set -euxo pipefail; a | b", "RUN a || b", "RUN echo x | b", "RUN x $((1 | 2)) ${A:-b | c}", "SHELL [\"powershell\", \"-Command\"]\nRUN a | b",
        "RUN case $A in b|c) d;; esac", "RUN [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\", \"a | b\"]", "FROM a AS one\nSHELL [\"/bin/ash\", \"-eo\", \"pipefail\", \"-c\"]\nFROM one\nRUN a | b",
    ],
    violates: [
        ["RUN wget -O- https://a.example | tar x", "goes on when a command before a pipe fails (| tar)"],
        ["RUN a &&\\\n b |& c", "goes on when a command before a pipe fails (| c)"],
        ["SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nSHELL [\"/bin/sh\", \"-c\"]\nRUN a | b | c", "goes on when a command before a pipe fails (| b)"],
        ["RUN <<EOF\na | b\nEOF", "goes on when a command before a pipe fails (| b)"],
    ],
});

dockerfileTest("image-without-health-check", {
    passes: ["HEALTHCHECK --interval=5s CMD x", "FROM a AS b\nHEALTHCHECK CMD x\nFROM b"],
    violates: [
        ["RUN x", "declares no health check (HEALTHCHECK: not set)"],
        ["HEALTHCHECK NONE", "declares no health check (HEALTHCHECK NONE)"],
        ["HEALTHCHECK CMD x\nHEALTHCHECK CMD y", "declares a health check that a later one replaces"],
        ["FROM a AS b\nHEALTHCHECK CMD x\nFROM c", "declares no health check (HEALTHCHECK: not set)"],
    ],
});

dockerfileTest("ssh-port-exposed", {
    passes: ["EXPOSE 80 2222/tcp", "EXPOSE $PORT", "RUN x"],
    violates: [
        ["EXPOSE 80 22", "exposes the port of a remote shell (EXPOSE 22)"], ["EXPOSE 20-25/tcp", "exposes the port of a remote shell (EXPOSE 20-25/tcp)"],
        ["ARG P=22\nFROM a\nARG P\nEXPOSE ${P}", "exposes the port of a remote shell (EXPOSE 22)"],
    ],
});

dockerfileTest("exposed-port-invalid", {
    passes: ["EXPOSE 1 65535/udp 8000-8010", "EXPOSE $PORT"],
    violates: [
        ["EXPOSE 65536", "exposes a port that there is none of (EXPOSE 65536)"], ["EXPOSE 0", "exposes a port that there is none of (EXPOSE 0)"],
        ["EXPOSE 80:80", "exposes a port that there is none of (EXPOSE 80:80)"], ["EXPOSE 9-8", "exposes a port that there is none of (EXPOSE 9-8)"],
    ],
});

dockerfileTest("relative-work-directory", {
    passes: ["COPY a /a", "WORKDIR /app\nCOPY a .", "FROM a AS b\nWORKDIR /app\nFROM b\nADD a ./", "COPY a $D", "WORKDIR /app", "WORKDIR C:\\\\app", "ENV D=/app\nWORKDIR $D", "WORKDIR $D", "RUN pwd"],
    violates: [
        ["WORKDIR app", "has a working directory that depends on its base image (WORKDIR app)"], ["RUN cd /app && make", "changes the folder for one step (cd /app)"],
        ["COPY a b ./\nWORKDIR /app\nADD c .", "copies to a folder that depends on its base image (COPY … ./)"],
    ],
});

dockerfileTest("start-command-overridden", {
    passes: ["CMD [\"a\"]\nENTRYPOINT [\"b\"]", "FROM a AS b\nCMD a\nFROM b\nCMD b", "FROM a AS b\nCMD a\nCMD b\nFROM c"],
    violates: [["CMD a\nRUN x\nCMD b", "has a start command that a later one replaces (CMD)"], ["ENTRYPOINT a\nENTRYPOINT b", "has a start command that a later one replaces (ENTRYPOINT)"]],
});

dockerfileTest("start-command-in-shell", {
    passes: ["CMD [\"a\", \"b\"]", "ENTRYPOINT [\"a\"]\nCMD []"],
    violates: [["CMD a b", "is started by a shell (CMD a b)"], ["ENTRYPOINT exec a $B", "is started by a shell (ENTRYPOINT exec a $B)"], ["CMD ['a']", "is started by a shell (CMD ['a'])"], ["CMD [\"a\", 1]", "is started by a shell (CMD [\"a\", 1])"]],
});

dockerfileTest("unsound-stage", {
    passes: ["FROM a AS b\nFROM c\nCOPY --from=b /x /x\nCOPY --from=docker.io/d:1 /y /y\nCOPY --from=context z /z", "FROM a AS b\nFROM c AS B2"],
    violates: [
        ["FROM a AS b\nFROM c AS B", "has two stages of one name (b)"],
        ["FROM a AS b\nCOPY --from=b /x /x", "copies from the stage itself (--from=b)"],
        ["FROM a AS b\nCOPY --from=c /x /x\nFROM d AS c", "copies from a stage that comes later (--from=c)"],
        ["FROM a\nFROM c\nCOPY --from=0 /x /x", "copies from a stage by its number, which changes (--from=0)"],
        ["FROM a\nCOPY --from=7 /x /x", "copies from a stage that there is none of (--from=7)"],
        ["FROM a AS b\nFROM scratch\nCOPY --from=b / /", "copies the whole file system of another stage or image (COPY --from=b /)"],
    ],
});

dockerfileTest("inline-ignore", {
    passes: ["# a comment about hadolint\nRUN x"],
    violates: [
        ["# hadolint ignore=DL3008\nRUN x", "leaves out checks in 1 comment (line 2)"],
        ["#trivy:ignore:DS-0002\nRUN x \\\n  # checkov:skip=CKV_DOCKER_3:why\n  y\n# kics-scan ignore-line\nUSER 1", "leaves out checks in 3 comments (line 2, 4, 6)"],
        ["# check=skip=all\nFROM a", "leaves out checks in 1 comment (line 1)"],
    ],
});

dockerfileTest("untidy-dockerfile", {
    passes: ["COPY a b /c/\nRUN curl a\nLABEL org.example.a=1\nENV A=1\nENV B=$A\nADD x /x", "FROM --platform=$BUILDPLATFORM a", "RUN --mount=type=cache,target=/x a\nRUN b", "COPY a /a\nCOPY b /b"],
    violates: [
        ["MAINTAINER me", "names its maintainer by an instruction that is no longer in use (MAINTAINER)"],
        ["RUN ln -sf /bin/bash /bin/sh", "changes the shell by a command (ln), where SHELL is for it"],
        ["COPY a b /c", "copies several files to what may be none of a folder (COPY … /c)"],
        ["FROM --platform=linux/amd64 a", "is bound to one platform (FROM --platform=linux/amd64)"],
        ["RUN curl a && wget b", "uses both curl and wget"],
        ["RUN service x start", "runs a program that has nothing to do in a build (service)"],
        ["RUN a\nRUN b", "has two steps in a row that could be one (RUN)"],
        ["COPY a /c/\nCOPY b /c/", "has two steps in a row that could be one (COPY)"],
        ["LABEL My_Label=1", "has a label that other programs may not read (My_Label)"],
        ["ENV A=1 B=$A", "uses a variable in the instruction that sets it (ENV A)"],
        ["RUN useradd -u 1000000000 x", "makes a user with a large number without --no-log-init, which fills the image"],
    ],
});
