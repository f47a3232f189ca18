import tseslint from "typescript-eslint";

export default tseslint.config(
    { ignores: ["node_modules/", "coverage/", "out/", "**/*.cjs"] },
    ...tseslint.configs.strict,
    {
        files: ["**/*.ts"],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            "max-lines": ["error", { max: 250 }],
            "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
            "complexity": ["error", 15],
            "@typescript-eslint/no-dynamic-delete": "off",
            "@typescript-eslint/no-floating-promises": "error",
            "@typescript-eslint/no-unused-expressions": "error",
            "@typescript-eslint/consistent-type-imports": "off",
            "no-console": "error",
        },
    },
    {
        // A test file is a list of cases: its describe() is one long function.
        files: ["test/**/*.ts"],
        rules: { "max-lines-per-function": "off", "@typescript-eslint/no-non-null-assertion": "off" },
    },
    {
        files: ["test/**/*.ts", "bench/**/*.ts", "cli/output.ts"],
        rules: { "no-console": "off" },
    },
);
