import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import * as ts from "typescript";

import { seeded } from "./deployments";

// npx tsx bench/mutation.ts [COUNT] [SEED] [FILTER]: breaks the rules one small way at a time, in a copy, and asks the tests of
// that rule's folder, the pages' examples and the coverage of other tools' checks whether they notice. What they do not
// notice is listed. COUNT mutants (200) are drawn by SEED (1) from all of those in files whose path holds FILTER.

interface Mutant {
    readonly file: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly what: string;
}

const ROOT = join(__dirname, "..");
const [count = "200", seed = "1", filter = "policies/rules/"] = process.argv.slice(2);
/** What a rule says of itself for people: no verdict hangs on it. */
const WORDS: ReadonlySet<string> = new Set(["title", "fix", "benchmarks", "controls", "description", "severity", "optional", "property"]);
const SWAPS: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
    [ts.SyntaxKind.EqualsEqualsEqualsToken]: "!==", [ts.SyntaxKind.ExclamationEqualsEqualsToken]: "===", [ts.SyntaxKind.AmpersandAmpersandToken]: "||",
    [ts.SyntaxKind.BarBarToken]: "&&", [ts.SyntaxKind.LessThanToken]: "<=", [ts.SyntaxKind.GreaterThanToken]: ">=", [ts.SyntaxKind.LessThanEqualsToken]: "<",
    [ts.SyntaxKind.GreaterThanEqualsToken]: ">",
};

function mutantsOf(file: string): Mutant[] {
    const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.ES2022, true);
    const mutants: Mutant[] = [];
    const add = (node: ts.Node, text: string): void => {
        const start = node.getStart();
        const { line } = source.getLineAndCharacterOfPosition(start);
        mutants.push({ file, start, end: node.getEnd(), text, what: `${file}:${line + 1} ${node.getText().slice(0, 60)} → ${text.slice(0, 60)}` });
    };
    const visit = (node: ts.Node): void => {
        if (ts.isPropertyAssignment(node) && WORDS.has(node.name.getText()) || ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) {
            return;
        }
        mutate(node, add);
        ts.forEachChild(node, visit);
    };
    visit(source);
    return mutants;
}

function mutate(node: ts.Node, add: (node: ts.Node, text: string) => void): void {
    if (ts.isBinaryExpression(node)) {
        const swap = SWAPS[node.operatorToken.kind];
        if (swap !== undefined) {
            add(node.operatorToken, swap);
        }
    } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
        add(node, node.operand.getText());
    } else if (ts.isConditionalExpression(node)) {
        add(node, `(${node.condition.getText()}) ? ${node.whenFalse.getText()} : ${node.whenTrue.getText()}`);
    } else if (ts.isIfStatement(node)) {
        add(node.expression, "true");
        add(node.expression, "false");
    } else if (ts.isPropertyAccessExpression(node) && (node.name.text === "some" || node.name.text === "every") && ts.isCallExpression(node.parent)) {
        add(node.name, node.name.text === "some" ? "every" : "some");
    } else {
        mutateLiteral(node, add);
    }
}

function mutateLiteral(node: ts.Node, add: (node: ts.Node, text: string) => void): void {
    if (ts.isNumericLiteral(node) && !ts.isPropertyAssignment(node.parent)) {
        add(node, String(Number(node.text) + 1));
    } else if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) {
        add(node, node.kind === ts.SyntaxKind.TrueKeyword ? "false" : "true");
    } else if (ts.isStringLiteral(node) && ts.isArrayLiteralExpression(node.parent)) {
        add(node, JSON.stringify(`not ${node.text}`));
    }
}

function filesBelow(folder: string): string[] {
    return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).filter(name => name.endsWith(".ts") && basename(name) !== "index.ts").map(name => `${folder}/${name}`);
}

/** The tests that speak of a file: those of its folder, and those of all pages and examples. */
function testsOf(copy: string, file: string): string[] {
    const own = dirname(file).replace(/^policies/, "test/policies");
    const folder = existsSync(join(copy, own)) ? [`${own}/**/*.test.ts`] : [];
    return [...folder, "test/docs.test.ts", "test/coverage/*.test.ts"];
}

function noticed(copy: string, mutant: Mutant): boolean {
    const path = join(copy, mutant.file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.slice(0, mutant.start) + mutant.text + text.slice(mutant.end));
    try {
        return spawnSync("npx", ["mocha", "--bail", ...testsOf(copy, mutant.file)], { cwd: copy, encoding: "utf8", timeout: 120_000 }).status !== 0;
    } finally {
        writeFileSync(path, text);
    }
}

const copy = mkdtempSync(join(tmpdir(), "portcullis-mutation-"));
try {
    for (const name of readdirSync(ROOT).filter(each => !["node_modules", ".git"].includes(each))) {
        cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    const all = filesBelow("policies").filter(file => file.includes(filter)).flatMap(mutantsOf);
    const random = seeded(Number(seed));
    const drawn = all.map(mutant => ({ mutant, order: random() })).toSorted((one, other) => one.order - other.order).slice(0, Number(count)).map(({ mutant }) => mutant);
    const [first] = drawn;
    if (first !== undefined && noticed(copy, { ...first, text: readFileSync(join(copy, first.file), "utf8").slice(first.start, first.end) })) {
        throw new Error("the tests fail as they are: nothing can be said of mutants");
    }
    const survivors = drawn.filter(mutant => !noticed(copy, mutant));
    survivors.forEach(({ what }) => { console.log(`survived  ${what}`); });
    console.log(`${drawn.length - survivors.length} of ${drawn.length} mutants noticed (${(100 * (drawn.length - survivors.length) / drawn.length).toFixed(1)} %), drawn from ${all.length}`);
} finally {
    rmSync(copy, { recursive: true, force: true });
}
