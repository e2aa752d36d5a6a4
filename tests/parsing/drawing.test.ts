import fc from "../support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readTree } from "../../bindings/parsing/brackets.js";
import { layOut } from "../../bindings/parsing/layOut.js";
import { treeWords, type ParseTree } from "../../bindings/parsing/tree.js";
import { linearise } from "../../bindings/parsing/linear.js";
import { parsePage } from "../../bindings/trace/parsePage.js";
import { treeDrawing } from "../../cli/treeDrawing.js";
import { faultsOf, requestsOf } from "../support/page.js";
import { thrownBy } from "../support/thrown.js";
import { anyTree } from "./trees.js";

const drawing = suite("drawings of trees");

const mailman = readTree("(S (NP the old dog) (VP barked (PP at (NP the mailman))))");
const plain = { columns: 80, palette: "shades" } as const;

/** How many labels a tree has. */
const labels = ({ children }: ParseTree): number =>
  1 + children.reduce((sum, child) => sum + (typeof child === "string" ? 0 : labels(child)), 0);

drawing("labels are above what they are over", () => {
  assert.is(
    treeDrawing(mailman, plain),
    `           S
     ┌─────┴──────┐
     NP           VP
 ┌───┼───┐    ┌───┴───┐
the old dog barked    PP
                   ┌──┴───┐
                   at     NP
                       ┌──┴──┐
                      the mailman`,
  );
  assert.is(treeDrawing(readTree("(WHADVP (WHNP a b))"), plain), "WHADVP\n  │\n WHNP\n ┌┴┐\n a b");
});

drawing("a tree that is too wide has a line for each label", () => {
  assert.is(
    treeDrawing(mailman, { columns: 20, palette: "shades" }),
    "S\n├─ NP  the old dog\n└─ VP\n   ├─ barked\n   └─ PP\n      ├─ at\n      └─ NP  the mailman",
  );
});

drawing("there are colours where the terminal has them, and the same characters", () => {
  const colored = treeDrawing(mailman, { columns: 80, palette: "256" });
  assert.match(colored, /\x1b\[1;36mNP\x1b\[0m/);

  assert.is(colored.replace(/\x1b\[[\d;]*m/g, ""), treeDrawing(mailman, plain));
});

drawing("characters that would not stay in their place are shown as what they are", () => {
  const text = treeDrawing({ label: "S", children: ["a\x1b[2Jb", "c\nd"] }, plain);
  assert.is(text.split("\n").length, 3);

  assert.is(/[\x00-\x09\x0b-\x1f]/.test(text), false);
});

drawing("every word and label has its place: nothing overlaps, words are in their order, parts are below", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const { placed, width, levels } = layOut(tree, { widthOf: (text) => text.length, gap: 1 });
      const words = placed.filter(({ isWord }) => isWord);
      assert.equal(
        words.map(({ text }) => text),
        treeWords(tree),
      );
      assert.is(placed.length - words.length, labels(tree));
      assert.is(levels, 1 + Math.max(...placed.map(({ level }) => level)));
      for (let level = 0; level < levels; ++level) {
        let end = -1;
        for (const { x, text } of placed.filter((each) => each.level === level).sort((a, b) => a.x - b.x)) {
          assert.ok(x > end, "there is a blank between");
          end = x + text.length;
          assert.ok(end <= width);
        }
      }
      const drawn = treeDrawing(tree, { columns: 10_000, palette: "shades" });
      const inLines = drawn.match(/[A-Za-z]+/g)!.length;
      assert.is(inLines, placed.length);
      assert.is(treeDrawing(tree, { columns: 1, palette: "shades" }).match(/[A-Za-z]+/g)!.length, placed.length);
    }),
  );
});

const pages = suite("pages of trees");

const about = { model: { name: "AttentionSeq2Seq", options: { cell: "gru" }, parameterCount: 12 } };
const words = treeWords(mailman);
/** Each bracket and word looks at one word alone: the i-th at the i-th. */
const symbols = linearise(mailman);
const attention = [...symbols, "end"].map((_, t) =>
  words.map((_, j) => Number(j === words.length - 1 - (t % words.length))),
);
const parse = { tree: mailman, words, symbols, attention, isWellFormed: true };

pages("a page has the tree, and bars of each label and word under the word that was looked at", () => {
  const html = parsePage(parse, { ...about, task: "grammar", probability: 0.5, notes: ["a note"] });
  assert.equal(faultsOf(html), []);
  assert.equal(requestsOf(html), []);
  assert.match(html, /<h1>the old dog barked at the mailman<\/h1>/);
  assert.match(html, /50\.0% probable/);
  assert.match(html, /<p>a note<\/p>/);
  assert.is(html.match(/class="node label"/g)!.length, 5);
  assert.is(html.match(/class="node word"/g)!.length, 7);
  assert.is(html.match(/class="branch"/g)!.length, 5);
  const bars = [...html.matchAll(/<g class="looked">(.*?)<\/g>/g)].map(([, bars]) => bars!.match(/<rect/g)!.length);
  assert.equal(
    bars,
    Array.from({ length: 12 }, () => 1),
  );
  // The root is the first symbol, and so looks at the first word; "the" is the third.
  assert.match(html, /aria-label="S, looked most at the"/);
  assert.match(html, /aria-label="the, looked most at dog"/);
});

pages("a tree that was repaired, or is of a model without attention, has no bars, and the page says so", () => {
  for (const [other, said] of [
    [{ ...parse, attention: null }, /The model has no attention/],
    [{ ...parse, isWellFormed: false }, /is no tree, and this is what it was repaired to/],
  ] as const) {
    const html = parsePage(other, { ...about, refused: "it is not sure" });
    assert.equal(faultsOf(html), []);
    assert.is(html.includes('class="looked"'), false);
    assert.match(html, said);
    assert.match(html, /refused: it is not sure/);
  }
});

pages("words are text, whatever they are", () => {
  const odd = ['<script>alert("1")</script>', "&", "\x1b"];
  const tree = { label: "<b>", children: odd };
  const html = parsePage({ tree, words: odd, symbols: [], attention: null, isWellFormed: false }, about);
  assert.equal(faultsOf(html), []);
  assert.is(html.includes("<script"), false);
  assert.is(html.includes("<b>"), false);
});

pages("too much to draw is refused", () => {
  const many = Array.from({ length: 61 }, () => "x");
  const tree = { label: "S", children: many };
  const error = thrownBy(() =>
    parsePage({ tree, words: many, symbols: [], attention: null, isWellFormed: true }, about),
  );
  assert.instance(error, RangeError);
  assert.match(error.message, /there are 61 words and 0 symbols, and must be at most 60 and 400/);
});

drawing.run();
pages.run();
