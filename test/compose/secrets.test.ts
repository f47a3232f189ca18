import assert from "node:assert/strict";

import { toApplication } from "../../infra/compose/translate/application";
import { secretMark } from "../../infra/model/text";
import { loadFiles } from "./project";

const isSecret = (name: string): boolean => /PASSWORD|TOKEN/.test(name);
const DB = secretMark("DB_PASSWORD");

function loadMarked(web: string, files: Readonly<Record<string, string>> = {}, environment: Record<string, string> = {}): ReturnType<typeof loadFiles> {
    return loadFiles({ "compose.yaml": `services:\n  web:\n    image: nginx\n${web}`, ...files }, { environment, secretVariable: isSecret });
}

function web(loaded: ReturnType<typeof loadFiles>): Record<string, unknown> {
    return (loaded.project["services"] as Record<string, Record<string, unknown>>)["web"] as Record<string, unknown>;
}

describe("secrets in Compose files", () => {
    it("stand as marks in URLs, commands, labels and health checks, and their values beside the project", () => {
        const loaded = loadMarked(`    command: run --url postgres://u:$DB_PASSWORD@db/x "\${DB_PASSWORD}"
    labels: {l: "\${DB_PASSWORD}"}
    healthcheck: {test: "check -p$\${X} \${DB_PASSWORD}"}
`, { ".env": "DB_PASSWORD=hunter2\n" });
        assert.deepEqual(web(loaded)["command"], ["run", "--url", `postgres://u:${DB}@db/x`, DB]);
        assert.deepEqual(web(loaded)["labels"], { l: DB });
        assert.deepEqual(web(loaded)["healthcheck"], { test: ["CMD-SHELL", `check -p\${X} ${DB}`] });
        assert.deepEqual(loaded.secretValues, { DB_PASSWORD: "hunter2" });
        assert.ok(!JSON.stringify(loaded.project).includes("hunter2"));
    });

    it("are seen through other variables of .env and of env files", () => {
        const loaded = loadMarked("    env_file: w.env\n    command: $URL\n",
            { ".env": "DB_PASSWORD=hunter2\nURL=db://$DB_PASSWORD@h\n", "w.env": "API_TOKEN=abc\nCALL=https://x/?t=${API_TOKEN}&p=$DB_PASSWORD\n" });
        assert.deepEqual(web(loaded)["command"], [`db://${DB}@h`]);
        assert.deepEqual(web(loaded)["environment"], { API_TOKEN: secretMark("API_TOKEN"), CALL: `https://x/?t=${secretMark("API_TOKEN")}&p=${DB}` });
        assert.deepEqual(loaded.secretValues, { DB_PASSWORD: "hunter2", API_TOKEN: "abc" });
    });

    it("keep the name of the variable that a value came from", () => {
        const loaded = loadMarked("    environment: {ROOT_PASSWORD: \"${DB_PASSWORD}\", OTHER_PASSWORD: written, EMPTY_PASSWORD: \"\", INHERITED_TOKEN: }\n", {}, { DB_PASSWORD: "hunter2" });
        assert.deepEqual(web(loaded)["environment"], {
            ROOT_PASSWORD: DB, OTHER_PASSWORD: secretMark("OTHER_PASSWORD"), EMPTY_PASSWORD: "", INHERITED_TOKEN: secretMark("INHERITED_TOKEN"),
        });
        assert.deepEqual(loaded.secretValues, { DB_PASSWORD: "hunter2", OTHER_PASSWORD: "written", INHERITED_TOKEN: null });
    });

    it("take their default, and nothing where there is none; conditions are decided by the value", () => {
        const loaded = loadMarked("    command: [\"${A_TOKEN:-dflt}\", \"${B_TOKEN}\", \"${C_TOKEN:+set}\", \"${DB_PASSWORD:+set}\", \"${DB_PASSWORD:?gone}\", \"${D_TOKEN-${DB_PASSWORD}}\"]\n", {}, { DB_PASSWORD: "x" });
        assert.deepEqual(web(loaded)["command"], [secretMark("A_TOKEN"), secretMark("B_TOKEN"), "", "set", DB, secretMark("D_TOKEN")]);
        assert.deepEqual(loaded.secretValues, { A_TOKEN: "dflt", B_TOKEN: null, DB_PASSWORD: "x", D_TOKEN: "x" });
    });

    it("of one name and two values get a name each", () => {
        const loaded = loadMarked("    environment: {DB_PASSWORD: one}\n  api:\n    image: a\n    environment: {DB_PASSWORD: two}\n");
        const environments = toApplication(loaded).services.map(service => service.environment["DB_PASSWORD"]);
        assert.deepEqual(environments, [DB, secretMark("web.DB_PASSWORD")]);
        assert.deepEqual(loaded.secretValues, { DB_PASSWORD: "two", "web.DB_PASSWORD": "one" });
    });

    it("are plain values where the project's structure needs them", () => {
        const loaded = loadMarked("    env_file: $TOKEN_DIR/e.env\n    ports: [\"$TOKEN_PORT:80\"]\n    volumes: [\"./$TOKEN_DIR:/d\"]\n    stop_grace_period: $TOKEN_LIFE\n    command: $TOKEN_DIR\n",
            { "t/e.env": "A=1\n" }, { TOKEN_DIR: "t", TOKEN_PORT: "8080", TOKEN_LIFE: "5s" });
        const { ports, stop_grace_period, command, environment } = web(loaded);
        assert.deepEqual({ ports, stop_grace_period, command, environment }, {
            ports: [{ mode: "ingress", target: 80, published: "8080", protocol: "tcp" }], stop_grace_period: "5s", command: [secretMark("TOKEN_DIR")], environment: { A: "1" },
        });
    });

    it("are plain values where a number or a boolean must come out, and where nobody asks for marks", () => {
        assert.equal(web(loadMarked("    pids_limit: ${LIMIT_TOKEN}\n", {}, { LIMIT_TOKEN: "7" }))["pids_limit"], 7);
        const plain = loadFiles({ "compose.yaml": "services: {web: {image: a, command: \"$DB_PASSWORD\"}}\n" }, { environment: { DB_PASSWORD: "x" } });
        assert.deepEqual(web(plain)["command"], ["x"]);
        assert.deepEqual(plain.secretValues, {});
    });
});
