import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

// AssemblyScript is not linted: its decorators stand on functions, which no TypeScript parser takes.
export default defineConfig([
  globalIgnores(["assembly/", "build/", "dist/", "docs/api/"]),
  {
    files: ["**/*.{js,mjs,ts}"],
    extends: [tseslint.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "prefer-const": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
]);
