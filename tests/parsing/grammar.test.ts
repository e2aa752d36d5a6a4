import fc from "../support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { binarise, unbinarise } from "../../bindings/parsing/binarise.js";
import { readTree, writeTree } from "../../bindings/parsing/brackets.js";
import { ChartParser, MOST_PARSED } from "../../bindings/parsing/chartParser.js";
import { TreeDrawer } from "../../bindings/parsing/drawTree.js";
import { estimateGrammar } from "../../bindings/parsing/estimate.js";
import type { Grammar, Rule } from "../../bindings/parsing/grammar.js";
import { labelOf, unrefined } from "../../bindings/parsing/refined.js";
import { treeWords, type ParseTree } from "../../bindings/parsing/tree.js";
import { thrownBy } from "../support/thrown.js";

const ruleOf = (text: string): Rule => {
  const [left, right, weight] = text.split(/ -> | \| /) as [string, string, string];
  return { left, right: right.split(" "), weight: Number(weight) };
};
const grammarOf = (root: string, rules: readonly string[], words: Record<string, Record<string, number>>): Grammar => ({
  root,
  rules: rules.map(ruleOf),
  words: new Map(Object.entries(words).map(([tag, of]) => [tag, new Map(Object.entries(of))])),
});

/** Every tree of a symbol over words, with its probability: all rules, all cuts. No symbol may be made of itself alone. */
function allTrees(
  { rules, words }: Grammar,
  symbol: string,
  sentence: readonly string[],
): [tree: ParseTree, probability: number][] {
  const own = words.get(symbol);
  if (own) {
    const total = [...own.values()].reduce((a, b) => a + b);
    const weight = sentence.length === 1 ? own.get(sentence[0]!) : undefined;
    return weight ? [[{ label: symbol, children: [...sentence] }, weight / total]] : [];
  }
  const of = rules.filter(({ left }) => left === symbol);
  const total = of.reduce((sum, { weight }) => sum + weight, 0);
  const sequences = (right: readonly string[], rest: readonly string[]): [ParseTree[], number][] => {
    if (!right.length) return rest.length ? [] : [[[], 1]];
    const cuts = right.length === 1 ? [rest.length] : rest.map((_, i) => i + 1).filter((cut) => cut < rest.length);
    return cuts.flatMap((cut) =>
      allTrees({ root: "", rules, words }, right[0]!, rest.slice(0, cut)).flatMap(([tree, p]) =>
        sequences(right.slice(1), rest.slice(cut)).map(([trees, q]): [ParseTree[], number] => [
          [tree, ...trees],
          p * q,
        ]),
      ),
    );
  };
  return of.flatMap(({ right, weight }) =>
    sequences(right, sentence).map(([children, p]): [ParseTree, number] => [
      { label: symbol, children },
      (p * weight) / total,
    ]),
  );
}

/** Phrases that belong to a noun or to a verb, words of two tags, a rule of three parts and chains of one part. */
const ambiguous = grammarOf(
  "S",
  [
    "S -> NP VP | 9",
    "S -> VP | 1",
    "NP -> n | 5",
    "NP -> NP PP | 2",
    "NP -> NP and NP | 1",
    "NP -> n n | 1",
    "VP -> v | 2",
    "VP -> v NP | 4",
    "VP -> VP PP | 2",
    "PP -> p NP | 1",
  ],
  { n: { saw: 1, men: 4, hats: 3 }, v: { saw: 5, hats: 1 }, p: { with: 2, in: 1 }, and: { and: 1 } },
);

const charts = suite("charts");

charts("the tree that is found is the likeliest of all there are", () => {
  const parser = new ChartParser(ambiguous);
  const word = fc.constantFrom("saw", "men", "hats", "with", "in", "and");
  let parsed = 0;
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 7 }), (words) => {
      const all = allTrees(ambiguous, "S", words);
      const best = Math.max(0, ...all.map(([, p]) => p));
      const found = parser.parse(words);
      if (!best) return assert.is(found, undefined);
      ++parsed;
      assert.ok(Math.abs(found!.score - Math.log(best)) < 1e-12);
      const [, p] = all.find(([tree]) => writeTree(tree) === writeTree(found!.tree))!;
      assert.ok(Math.abs(p / best - 1) < 1e-12);
    }),
    { numRuns: 600, seed: 1 },
  );
  assert.ok(parsed > 50, `${parsed} sentences`);
  assert.ok(allTrees(ambiguous, "S", "men saw men with hats in hats".split(" ")).length > 4);
});

charts("symbols that chain to each other in a ring end, with the shortest chain", () => {
  const ring = grammarOf("S", ["S -> A | 1", "A -> B | 1", "A -> a | 1", "B -> A | 1", "B -> b | 3"], {
    a: { x: 1 },
    b: { y: 1 },
  });
  const parser = new ChartParser(ring);
  assert.is(writeTree(parser.parse(["x"])!.tree), "(S (A (a x)))");
  assert.is(writeTree(parser.parse(["y"])!.tree), "(S (A (B (b y))))");
  assert.ok(Math.abs(parser.parse(["y"])!.score - Math.log(0.5 * 0.75)) < 1e-12);
});

charts("what the grammar does not have has no tree, and lengths are bounded", () => {
  const parser = new ChartParser(ambiguous);
  assert.is(parser.parse(["with"]), undefined);
  assert.is(parser.parse(["unheard"]), undefined);
  assert.is(parser.knows("unheard"), false);
  assert.ok(parser.knows("men"));
  assert.match(thrownBy(() => parser.parse([])).message, /there are 0 words, and must be 1 to 200/);
  const long = Array.from({ length: MOST_PARSED + 1 }, () => "men");
  assert.match(thrownBy(() => parser.parse(long)).message, /there are 201 words/);
});

const estimates = suite("grammars of trees");

estimates("rules and words are counted", () => {
  const trees = ["(S (NP (n dogs)) (VP (v bark)))", "(S (NP (n dogs)) (VP (v see) (NP (n men))))"].map(readTree);
  const { root, rules, words } = estimateGrammar(trees, "ROOT");
  assert.is(root, "ROOT");
  assert.equal(rules.map(({ left, right, weight }) => `${left} -> ${right.join(" ")} ${weight}`).sort(), [
    "NP -> n 3",
    "ROOT -> S 2",
    "S -> NP VP 2",
    "VP -> v 1",
    "VP -> v NP 1",
  ]);
  assert.equal(Object.fromEntries(words.get("n")!), { dogs: 2, men: 1 });
  assert.match(thrownBy(() => estimateGrammar([], "ROOT")).message, /there are no trees/);
});

estimates("the estimate is what makes the trees likeliest: no rule's weight can change for the better", () => {
  const trees = ["(S (A (a x)) (A (b y)))", "(S (A (a x)))", "(S (A (a x)) (A (a x)))"].map(readTree);
  const grammar = estimateGrammar(trees, "ROOT");
  const likelihood = (of: Grammar): number =>
    trees.reduce((sum, tree) => {
      const all = allTrees(of, "ROOT", treeWords(tree));
      return sum + Math.log(all.find(([each]) => writeTree(each.children[0] as ParseTree) === writeTree(tree))![1]);
    }, 0);
  const best = likelihood(grammar);
  grammar.rules.forEach((_, i) => {
    for (const factor of [0.9, 1.1]) {
      const rules = grammar.rules.map((rule, j) => (i === j ? { ...rule, weight: rule.weight * factor } : rule));
      assert.ok(likelihood({ ...grammar, rules }) <= best + 1e-12);
    }
  });
});

/** Trees with tags over words, as treebanks have them. */
const tagged: fc.Arbitrary<ParseTree> = fc.letrec<{ tree: ParseTree; tag: ParseTree }>((tie) => ({
  tag: fc.constantFrom("n dogs", "v bark", ", ,", "@ @", "SYM ^", "SYM <").map((text) => {
    const [label, word] = text.split(" ") as [string, string];
    return { label, children: [word] };
  }),
  tree: fc
    .tuple(
      fc.constantFrom("S", "NP", "VP"),
      fc.array(fc.oneof({ maxDepth: 4, depthSize: "small" }, tie("tag"), tie("tree")), { minLength: 1, maxLength: 5 }),
    )
    .map(([label, children]) => ({ label, children })),
})).tree;

estimates("a binarised tree has two parts at most, and gives the tree again", () => {
  const sizes = ({ children }: ParseTree): number =>
    Math.max(children.length, ...children.map((child) => (typeof child === "string" ? 0 : sizes(child))));
  for (const horizontal of [0, 1, 2]) {
    for (const parents of [false, true]) {
      fc.assert(
        fc.property(tagged, (tree) => {
          const binary = binarise(tree, { horizontal, parents });
          assert.ok(sizes(binary) <= 2);
          assert.equal(unbinarise(binary), tree);
        }),
      );
    }
  }
});

estimates("what a symbol remembers, by hand", () => {
  const tree = readTree("(S (NP (n a)) (VP (v b)) (PP (p c)) (. .))");
  const binary = (horizontal: number, parents: boolean): string => writeTree(binarise(tree, { horizontal, parents }));
  assert.is(binary(0, false), "(S (NP (n a)) (@S< (VP (v b)) (@S< (PP (p c)) (. .))))");
  assert.is(binary(1, false), "(S (NP (n a)) (@S<NP (VP (v b)) (@S<VP (PP (p c)) (. .))))");
  assert.is(binary(2, true), "(S^ (NP^S (n a)) (@S^<NP (VP^S (v b)) (@S^<NP<VP (PP^S (p c)) (. .))))");
});

estimates("trees of an estimate are parsed as they are where nothing is ambiguous", () => {
  const trees = ["(S (NP (n dogs)) (VP (v bark) (PP (p at) (NP (n noon)))) (. .))", "(S (VP (v go)) (. .))"].map(
    readTree,
  );
  const grammar = estimateGrammar(
    trees.map((tree) => binarise(tree, { horizontal: 1, parents: true })),
    "ROOT",
  );
  const parser = new ChartParser(grammar);
  for (const tree of trees) {
    const { tree: found } = parser.parse(treeWords(tree))!;
    assert.equal(unbinarise(found.children[0] as ParseTree), tree);
  }
});

const drawing = suite("trees that are drawn");

drawing("probabilities of lengths are those of all trees", () => {
  const small = grammarOf("S", ["S -> A S | 1", "S -> A | 2", "S -> A b A | 1", "A -> a | 3", "A -> A b | 1"], {
    a: { a: 1 },
    b: { b: 1 },
  });
  const drawer = new TreeDrawer(small, 6);
  for (let n = 1; n <= 6; ++n) {
    const sentences = Array.from({ length: 2 ** n }, (_, bits) =>
      Array.from({ length: n }, (_, i) => ((bits >> i) & 1 ? "b" : "a")),
    );
    const sum = sentences.flatMap((words) => allTrees(small, "S", words)).reduce((all, [, p]) => all + p, 0);
    assert.ok(Math.abs(drawer.probabilityOf(n) - sum) < 1e-12, `${n} words`);
  }
  assert.is(drawer.probabilityOf(7), 0);
  assert.is(drawer.probabilityOf(0), 0);
});

drawing("trees of one length come as often as they are likely", () => {
  const drawer = new TreeDrawer(ambiguous, 4);
  const random = new Random(3);
  const counts = new Map<string, number>();
  const draws = 20_000;
  for (let i = 0; i < draws; ++i) {
    const tree = drawer.draw(random, 3);
    assert.is(treeWords(tree).length, 3);
    counts.set(writeTree(tree), (counts.get(writeTree(tree)) ?? 0) + 1);
  }
  for (const [text, count] of [...counts].sort(([, a], [, b]) => b - a).slice(0, 20)) {
    const words = treeWords(readTree(text));
    const [, p] = allTrees(ambiguous, "S", words).find(([tree]) => writeTree(tree) === text)!;
    const expected = (draws * p) / drawer.probabilityOf(3);
    assert.ok(Math.abs(count - expected) < 5 * Math.sqrt(expected), `${text}: ${count} of ${expected}`);
  }
});

drawing("what a grammar does not have is refused", () => {
  const drawer = new TreeDrawer(ambiguous, 4);
  assert.match(
    thrownBy(() => drawer.draw(new Random(1), 5)).message,
    /the number of words is 5, and must be a length up to 4/,
  );
  const missing = grammarOf("S", ["S -> A | 1"], {});
  assert.match(thrownBy(() => new TreeDrawer(missing, 3)).message, /"A", a part of "S", has neither rules nor words/);
  const ring = grammarOf("S", ["S -> S | 1", "S -> a | 1"], { a: { a: 1 } });
  assert.match(thrownBy(() => new TreeDrawer(ring, 3)).message, /may be made of itself alone/);
});

drawing("symbols that are finer than labels become labels", () => {
  assert.equal(["NP.base", "NP", ".", ",", "S.to"].map(labelOf), ["NP", "NP", ".", ",", "S"]);
  const tree = readTree("(S (NP (NP.base (n dogs))) (VP.core (v bark) (S.to (S (n x)))))");
  assert.is(writeTree(unrefined(tree)), "(S (NP (n dogs)) (VP (v bark) (S (n x))))");
});

charts.run();
estimates.run();
drawing.run();
