// What the linter asks of the page. Types, and names that nobody declared, are the compiler's (`jsconfig.json`).
import js from "@eslint/js";

export default [
  { ignores: ["**/vendor/", "**/node_modules/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "arrow-body-style": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines-per-function": ["error", { max: 60, IIFEs: true }],
      "no-else-return": "error",
      "no-irregular-whitespace": ["error", { skipTemplates: true, skipRegExps: true }],
      "no-undef": "off",
      "no-unneeded-ternary": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  // Browsers that cannot run the program have to read this one.
  { files: ["**/able.js"], languageOptions: { ecmaVersion: 5, sourceType: "script" }, rules: { "no-var": "off" } },
];
