import { dockerfileTest } from "../../../support/dockerfile-test";

dockerfileTest("unpinned-package", {
    passes: [
        "RUN apt-get install -y curl=8.5.0-2 ./x.deb $MORE", "RUN apk add --no-cache -t .build curl~=8.5 git=2.4", "RUN dnf install -y curl-8.5.0 @core", "RUN yum install -y nginx-1:1.20.1-1.el9",
        "RUN zypper in -y 'curl=8.5.0'", "RUN pip install requests==2.32 -r requirements.txt", "RUN python3 -m pip install .", "RUN npm ci && npm install && npm install -g @a/b@1.2 c@2",
        "RUN gem install rails -v 7.1 && gem install rake:13.0", "RUN go install example.org/x@v1.2.3", "RUN yarn install && yarn add a@1", "RUN cargo install ripgrep --version 14.1.0", "RUN echo apt-get install curl",
    ],
    violates: [
        ["RUN apt-get update && apt-get install -y curl git=1", "installs packages without a version (apt-get: curl)"],
        ["RUN apk add --no-cache --virtual .b gcc musl-dev", "installs packages without a version (apk: gcc, musl-dev)"],
        ["RUN microdnf -y install nginx", "installs packages without a version (microdnf: nginx)"],
        ["RUN yum install -y java-devel", "installs packages without a version (yum: java-devel)"],
        ["RUN zypper --non-interactive install -r repo httpd", "installs packages without a version (zypper: httpd)"],
        ["RUN pip3 install --index-url https://a.example/ requests", "installs packages without a version (pip3: requests)"],
        ["RUN python3 -m pip install --upgrade pip", "installs packages without a version (python3: pip)"],
        ["RUN npm install -g pnpm @a/b sax@latest", "installs packages without a version (npm: pnpm, @a/b, sax@latest)"],
        ["RUN yarn global add serve", "installs packages without a version (yarn: serve)"],
        ["RUN gem install rails", "installs packages without a version (gem: rails)"],
        ["RUN go install example.org/x@latest", "installs packages without a version (go: example.org/x@latest)"],
        ["RUN cargo install ripgrep", "installs packages without a version (cargo: ripgrep)"],
        ["RUN [\"apt-get\", \"install\", \"-y\", \"curl\"]", "installs packages without a version (apt-get: curl)"],
    ],
});

dockerfileTest("needless-packages", {
    passes: [
        "RUN apt-get install -y --no-install-recommends curl", "RUN apt-get -o APT::Install-Recommends=false install -y curl", "RUN zypper install --no-recommends curl", "RUN apk add curl",
        ...["0", "false"].map(no => `RUN echo 'APT::Install-Recommends "${no}";' > /etc/apt/apt.conf.d/x\nRUN apt-get install -y curl`),
    ],
    violates: [
        ["RUN apt-get install -y curl", "installs what packages only recommend (apt-get install: --no-install-recommends is not set)"],
        ["RUN zypper in -y curl", "installs what packages only recommend (zypper install: --no-recommends is not set)"],
    ],
});

dockerfileTest("install-waits-for-input", {
    passes: [
        "RUN apt-get install -y curl", "RUN apt-get -qq install curl", "RUN apt-get -q -q install curl", "RUN apt-get install curl --assume-yes", "RUN yes | apt-get install curl", "RUN dnf -y install curl",
        "RUN yum install --assumeyes curl", "RUN zypper -n in curl", "RUN apk add curl", "RUN pip install x",
    ],
    violates: [
        ["RUN apt-get update && apt-get install curl", "has an installation that waits for an answer (apt-get install)"],
        ["RUN dnf install curl", "has an installation that waits for an answer (dnf install)"],
        ["RUN yum install curl", "has an installation that waits for an answer (yum install)"],
        ["RUN zypper install httpd && zypper clean", "has an installation that waits for an answer (zypper install)"],
    ],
});

dockerfileTest("interactive-package-tool", {
    passes: ["RUN apt-get install -y apt", "RUN rm -rf /var/lib/apt/lists/*"],
    violates: [["RUN apt update && apt install -y curl", ...Array<string>(2).fill("uses the package tool that is made for people (apt)")]],
});

dockerfileTest("package-index-alone", {
    passes: ["RUN apt-get update && apt-get install -y curl", "RUN apk update && apk add curl", "RUN apt-get update && apt-get upgrade -y", "RUN yum update -y curl", "RUN pacman -Sy curl", "RUN <<EOF\napt-get update\napt-get install -y curl\nEOF"],
    violates: [
        ["RUN apt-get -y update\nRUN apt-get install -y curl", "refreshes the package index in a step that installs nothing (apt-get update)"],
        ["RUN apk update --no-cache", "refreshes the package index in a step that installs nothing (apk update)"],
        ["RUN yum -y update && pip install x", "refreshes the package index in a step that installs nothing (yum update)"],
        ["RUN zypper refresh", "refreshes the package index in a step that installs nothing (zypper refresh)"],
        ["RUN pacman -Sy && pacman -Syy", ...["-Sy", "-Syy"].map(word => `refreshes the package index in a step that installs nothing (pacman ${word})`)],
        ["RUN pacman -Syu\nRUN pacman -S nginx", "refreshes the package index in a step that installs nothing (pacman -Syu)"],
    ],
});

dockerfileTest("system-upgraded-in-build", {
    passes: ["RUN ls", "RUN apt-get install -y --only-upgrade openssl", "RUN apk add --upgrade curl", "RUN dnf upgrade -y openssl", "RUN yum install -y update-ca-certificates"],
    violates: [
        ["RUN apt-get update && apt-get -y dist-upgrade", "upgrades the whole distribution (apt-get dist-upgrade)"],
        ["RUN apk -U upgrade", "upgrades the whole distribution (apk upgrade)"],
        ["RUN dnf -y update", "upgrades the whole distribution (dnf update)"],
        ["RUN zypper dup -y", "upgrades the whole distribution (zypper dup)"],
        ["RUN pacman -Syu --noconfirm", "upgrades the whole distribution (pacman -Syu)"],
    ],
});

dockerfileTest("package-cache-kept", {
    passes: [
        "RUN apt-get install -y curl && rm -rf /var/lib/apt/lists/*", "RUN --mount=type=cache,target=/var/cache/apt apt-get install -y curl", "RUN --mount=type=cache,target=/var/lib/apt apt-get install -y curl", "RUN apk add --no-cache curl", "RUN apk add curl && rm -rf /var/cache/apk/*",
        "RUN dnf install -y curl && dnf clean all", "RUN zypper in -y curl && zypper clean -a", "RUN pip install --no-cache-dir x", "ENV PIP_NO_CACHE_DIR=1\nRUN pip install x",
        "FROM a AS build\nRUN apt-get install -y gcc\nFROM b\nCOPY --from=build /x /x",
    ],
    violates: [
        ["RUN apt-get install -y curl\nRUN rm -rf /var/lib/apt/lists/*", "leaves the package manager's cache in the image (apt-get)"],
        ["RUN apk add curl", "leaves the package manager's cache in the image (apk)"],
        ["RUN yum install -y curl", "leaves the package manager's cache in the image (yum)"],
        ["RUN zypper in -y curl", "leaves the package manager's cache in the image (zypper)"],
        ["RUN apt-get install -y curl && rm -rf /tmp/x && ls /var/lib/apt/lists", "leaves the package manager's cache in the image (apt-get)"],
        ["ENV A=1 PIP_NO_CACHE_DIR=off\nRUN pip install x", "leaves the package manager's cache in the image (pip)"],
        ["RUN pip install -r requirements.txt", "leaves the package manager's cache in the image (pip)"],
        ["FROM a AS base\nRUN apk add gcc\nFROM base", "leaves the package manager's cache in the image (apk)"],
    ],
});

dockerfileTest("package-signatures-unchecked", {
    passes: ["RUN apt-get install -y curl", "RUN dnf install -y x --setopt=gpgcheck=1", "RUN rpm -i x.rpm", "RUN echo 'deb [signed-by=/k.gpg] https://a.example x main' > /etc/apt/sources.list.d/x.list"],
    violates: [
        ["RUN apt-get install -y --allow-unauthenticated x", "installs packages without a check of their signatures (apt-get: --allow-unauthenticated, --force-yes or --allow-insecure-repositories)"],
        ["RUN apt-get -o Acquire::AllowInsecureRepositories=true update", "installs packages without a check of their signatures (apt-get: AllowUnauthenticated or AllowInsecureRepositories)"],
        ["RUN apk add --allow-untrusted x.apk", "installs packages without a check of their signatures (apk: --allow-untrusted)"],
        ["RUN yum install -y --nogpgcheck x", "installs packages without a check of their signatures (yum: --nogpgcheck)"],
        ["RUN rpm -i --nosignature x.rpm", "installs packages without a check of their signatures (rpm: --nosignature, --nodigest or --force)"],
        ["RUN zypper --no-gpg-checks in -y x", "installs packages without a check of their signatures (zypper: --no-gpg-checks or --gpg-auto-import-keys)"],
        ["RUN echo 'deb [trusted=yes] https://a.example x main' > /etc/apt/sources.list.d/x.list", "installs packages without a check of their signatures (echo: trusted=yes or gpgcheck=0)"],
        ["RUN sed -i 's/SigLevel.*/SigLevel = Never/' /etc/pacman.conf", "installs packages without a check of their signatures (sed: SigLevel=Never)"],
        ["RUN dpkg --force-bad-verify -i x.deb", "installs packages without a check of their signatures (dpkg: --force-bad-verify)"],
        ["RUN gem install x -P NoSecurity", "installs packages without a check of their signatures (gem: NoSecurity)"],
    ],
});

dockerfileTest("certificates-unchecked", {
    passes: ["RUN curl -fsSLo k https://a.example", "ENV NODE_TLS_REJECT_UNAUTHORIZED=1 GIT_SSL_NO_VERIFY=0", "RUN npm config set strict-ssl true", "RUN wget https://a.example/insecure", "RUN git config http.sslVerify true"],
    violates: [
        ["RUN curl -fsSLk https://a.example", "leaves certificates unchecked (curl: --insecure)"],
        ["RUN true && curl --insecure https://a.example | tar x", "leaves certificates unchecked (curl: --insecure)"],
        ["RUN wget --no-check-certificate https://a.example", "leaves certificates unchecked (wget: --no-check-certificate)"],
        ["RUN pip install --trusted-host pypi.example x", "leaves certificates unchecked (pip: --trusted-host)"],
        ["RUN npm config set strict-ssl false", "leaves certificates unchecked (npm: strict-ssl false)"],
        ["RUN git -c http.sslVerify=false clone https://a.example/x", "leaves certificates unchecked (git: http.sslVerify false)"],
        ["RUN dnf install -y --setopt=sslverify=false x", "leaves certificates unchecked (dnf: sslverify=false)"],
        ["RUN apt-get -o Acquire::https::Verify-Peer=false update", "leaves certificates unchecked (apt-get: Verify-Peer=false)"],
        ["RUN echo sslverify=0 >> /etc/yum.conf", "leaves certificates unchecked (echo: a configuration without certificate checks)"],
        ["RUN apk --no-check-certificate add x", "leaves certificates unchecked (apk: an option that leaves certificates unchecked)"],
        ["RUN conda config --set ssl_verify false", "leaves certificates unchecked (conda: an option that leaves certificates unchecked)"],
        ["ENV A=1 NODE_TLS_REJECT_UNAUTHORIZED=0", "leaves certificates unchecked (NODE_TLS_REJECT_UNAUTHORIZED)"],
        ["ARG PIP_TRUSTED_HOST=pypi.example", "leaves certificates unchecked (PIP_TRUSTED_HOST)"],
        ["ENV PYTHONHTTPSVERIFY 0", "leaves certificates unchecked (PYTHONHTTPSVERIFY)"],
        ["RUN GIT_SSL_NO_VERIFY=1 git clone https://a.example/x", "leaves certificates unchecked (GIT_SSL_NO_VERIFY)"],
        ["RUN export NPM_CONFIG_STRICT_SSL=false && npm ci", "leaves certificates unchecked (NPM_CONFIG_STRICT_SSL)"],
    ],
});
