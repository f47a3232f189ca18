import { dockerfileTest } from "../../../support/dockerfile-test";

dockerfileTest("image-runs-as-root", {
    passes: [
        "USER 10001", "USER app:app", "FROM a AS base\nUSER 7\nFROM base\nRUN x", "ARG U=app\nFROM a\nARG U\nUSER $U", "FROM gcr.io/distroless/static:nonroot",
        "FROM nginxinc/nginx-unprivileged", "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022", "FROM a AS build\nUSER root\nFROM b\nUSER 1",
    ],
    violates: [
        ["RUN x", "runs as the user of its base image, which may be root (USER: not set)"],
        ["FROM scratch\nCOPY a /", "runs as root (USER: not set)"],
        ["USER app\nUSER root", "runs as root (USER: root)"],
        ["USER 0:0", "runs as root (USER: 0:0)"],
        ["USER 000", "runs as root (USER: 000)"],
        ["ENV U=root\nUSER ${U}:app", "runs as root (USER: root:app)"],
        ["FROM a\nARG U\nUSER $U", "runs as a user that only the build knows, which may be root (USER: $U)"],
        ["FROM a AS one\nUSER 1\nFROM b", "runs as the user of its base image, which may be root (USER: not set)"],
        ["FROM a AS one\nUSER root\nFROM one", "runs as root (USER: root)"],
        ["ONBUILD USER 1", "runs as the user of its base image, which may be root (USER: not set)"],
        ["USER ContainerAdministrator", "runs as root (USER: ContainerAdministrator)"],
    ],
});

dockerfileTest("image-user-by-name", {
    passes: ["USER 1:1", "USER root", "RUN x", "FROM a\nARG U\nUSER $U"],
    violates: [["USER app:app", "names its user by name, which Kubernetes cannot tell from root (USER: app:app)"]],
});

dockerfileTest("secret-in-dockerfile", {
    passes: [
        "ENV DB_PASSWORD_FILE=/run/secrets/db", "ARG VERSION=1.2\nENV GPG_KEY=0D96DF4D4110E5C43FBFB17F2D347EA6AA65421D", "ENV DB_PASSWORD=",
        "RUN --mount=type=secret,id=token curl -H \"Authorization: Bearer $(cat /run/secrets/token)\" https://a.example", "RUN curl -u \"$USER:$TOKEN\" https://a.example",
        "RUN echo 'a5f3c6a11b03839d46af9fb43c97c188a5f3c6a11b03839d46af9fb43c97c188 f' | sha256sum -c", "RUN docker login --password-stdin r",
    ],
    violates: [
        ["ENV DB_PASSWORD=Tr0ub4dor", "keeps a secret in the image (ENV DB_PASSWORD: by its name)"],
        ["ENV A=1 URL=postgres://me:Tr0ub4dor@db/x", "keeps a secret in the image (ENV URL: its value holds a password)"],
        ["ARG API_KEY=abc123def", "keeps a secret in the image (ARG API_KEY: by its name)"],
        ["ARG NPM_TOKEN", "takes a secret as a build argument, which the image's history keeps (ARG NPM_TOKEN)"],
        ["LABEL token=ghp_0123456789abcdefghijABCDEFGHIJ012345", "keeps a secret in the image (LABEL token: its value has the form of a token or key)"],
        ["RUN mysql -u root --password=Tr0ub4dor < x.sql", "has a secret in a command of its build (mysql: password)"],
        ["RUN API_TOKEN=Tr0ub4dor make", "has a secret in a command of its build (make: API_TOKEN)"],
        ["RUN git clone https://me:Tr0ub4dor@git.example/x.git", "has a secret in a command of its build (git: a word of it)"],
        ["RUN <<EOF\nexport DB_PASSWORD=Tr0ub4dor\nEOF", "has a secret in a command of its build (export: DB_PASSWORD)"],
    ],
});

dockerfileTest("secret-file-in-image", {
    passes: ["COPY .env.example /app/", "COPY ca.pem /etc/ssl/", "COPY keyboard.js /app/", "COPY . /app", "RUN cat .env"],
    violates: [
        ["COPY .env /app/", "copies a file of secrets into the image (.env)"],
        ["ADD [\"conf/id_rsa\", \"/root/.ssh/\"]", "copies a file of secrets into the image (conf/id_rsa)"],
        ["COPY a tls/server.key /etc/", "copies a file of secrets into the image (tls/server.key)"],
        ["COPY .env.production /app/", "copies a file of secrets into the image (.env.production)"],
    ],
});

dockerfileTest("password-set-in-build", {
    passes: ["RUN adduser --disabled-password app", "RUN passwd -l root", "RUN useradd -r -p '!' app", "RUN usermod -p '*' app", "RUN useradd app && echo ok"],
    violates: [
        ["RUN echo 'root:x' | chpasswd", "sets passwords of accounts (chpasswd)"],
        ["RUN passwd -d root", "empties the password of an account (passwd -d)"],
        ["RUN echo x | passwd --stdin app", "sets the password of an account (passwd --stdin)"],
        ["RUN useradd -p $HASH app", "sets the password of an account (useradd -p)"],
        ["RUN usermod --password=x app", "sets the password of an account (usermod -p)"],
        ["RUN sed -i 's/#PermitEmptyPasswords no/PermitEmptyPasswords yes/' /etc/ssh/sshd_config", "lets accounts without a password log in (PermitEmptyPasswords)"],
        ["RUN echo 'app::1000:1000::/:/bin/sh' >> /etc/passwd", "adds an account without a password (/etc/passwd)"],
    ],
});

dockerfileTest("set-user-bit-added", {
    passes: ["RUN chmod 755 /a && chmod 2775 /shared && chmod u-s /b", "COPY --chmod=0755 a /a", "RUN chmod g+s /shared"],
    violates: [
        ["RUN chmod 4755 /a", "gives a program the set-user bit (chmod 4755)"],
        ["RUN chmod u+s /a", "gives a program the set-user bit (chmod u+s)"],
        ["RUN chmod +xs /a", "gives a program the set-user bit (chmod +xs)"],
        ["RUN install -m 4755 a /a", "gives a program the set-user bit (install 4755)"],
        ["COPY --chmod=6755 a /a", "gives files the set-user bit (--chmod=6755)"],
    ],
});

dockerfileTest("set-user-bits-kept", {
    passes: ["RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +", "FROM scratch", "FROM gcr.io/distroless/static", "FROM a AS b\nRUN ls && chmod u-s /bin/su\nFROM b"],
    violates: [
        ["RUN x", "keeps programs with the set-user bit (nothing removes them)"],
        ["FROM a AS b\nRUN find / -perm -4000 -exec chmod u-s {} +\nFROM c", "keeps programs with the set-user bit (nothing removes them)"],
    ],
});

dockerfileTest("add-instead-of-copy", {
    passes: ["COPY a /a", "ADD a.tar.gz /a", "ADD --checksum=sha256:1 https://a.example/f /f", "ADD https://git.example/x.git#main /x"],
    violates: [["ADD a b /x/", "adds what COPY would copy (ADD a)"], ["ADD a.jar /app.jar", "adds what COPY would copy (ADD a.jar)"], ["ADD [\"a b\", \"/x\"]", "adds what COPY would copy (ADD a b)"], ["ONBUILD ADD . /app", "adds what COPY would copy (ADD .)"]],
});

dockerfileTest("unverified-download", {
    passes: [
        "ADD --checksum=sha256:1 https://a.example/f /f", "ADD a /a", `ADD https://git.example/x.git#${"a1".repeat(20)} /x`,
        "RUN curl -o f https://a.example/f && echo '1 f' | sha256sum -c && sh f", "RUN cat f | sh", "RUN curl https://a.example | tar -x",
    ],
    violates: [
        ["ADD https://me:pass@a.example/f.tar.gz /f", "adds a download without a checksum (https://a.example/f.tar.gz)"],
        ["ADD https://git.example/x.git#main /x", "adds a download without a checksum (https://git.example/x.git#main)"],
        ["RUN curl -fsSL https://a.example/i.sh | bash -", "runs what it downloads, unseen (| bash)"],
        ["RUN <<EOF\nwget -O- https://a.example | sudo sh -s\nEOF", "runs what it downloads, unseen (| sh)"],
    ],
});

dockerfileTest("copied-for-the-user", {
    passes: ["COPY a /a", "COPY --chown=root:root a /a", "COPY --chown=0 a /a", "COPY --chown=:app a /a"],
    violates: [["COPY --chown=app:app . /app", "hands copied files to the run-time user (COPY --chown=app:app)"], ["ADD --chown=1 a.tar /app", "hands copied files to the run-time user (ADD --chown=1)"]],
});
