import fc from "../support/properties.js";
import { writeTree } from "../../bindings/parsing/brackets.js";
import type { ParseTree } from "../../bindings/parsing/tree.js";

/** Trees over words, three labels and four words, of any shape up to a few levels. */
export const anyTree: fc.Arbitrary<ParseTree> = fc.letrec<{ tree: ParseTree; child: ParseTree | string }>((tie) => ({
  tree: fc.record(
    {
      label: fc.constantFrom("S", "NP", "VP"),
      children: fc.array(tie("child"), { minLength: 1, maxLength: 4 }),
    },
    { noNullPrototype: true },
  ),
  child: fc.oneof({ maxDepth: 5, depthSize: "small" }, fc.constantFrom("dogs", "bark", "at", "noon"), tie("tree")),
})).tree;

/** Trees as brackets, for comparing lists of them. */
export const texts = (trees: readonly ParseTree[]): string[] => trees.map(writeTree);
