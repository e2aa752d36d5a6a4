import fc from "../support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writeTree } from "../../bindings/parsing/brackets.js";
import {
  attachmentScore,
  dependenciesOf,
  dependencyTree,
  readDependencies,
  type Dependencies,
} from "../../bindings/parsing/dependencies.js";
import { delinearise, linearise } from "../../bindings/parsing/linear.js";
import { thrownBy } from "../support/thrown.js";

const dependencies = suite("dependencies");

const DOG = `# sent_id = 1
the\tDET\tDT\t2\tdet
dog\tNOUN\tNN\t3\tnsubj
saw\tVERB\tVBD\t0\troot
#\tSYM\tNN\t3\tobj
1\tNUM\tCD\t4\tnmod:desc
.\tPUNCT\t.\t3\tpunct
`;

dependencies("a sentence is read, and is a tree with a constituent for each word", () => {
  const [dog, rain] = readDependencies(`${DOG}\n\nRain\tNOUN\tNN\t0\troot\r\n`);
  assert.equal(dog!.words, ["the", "dog", "saw", "#", "1", "."]);
  assert.equal(dog!.heads, [1, 2, -1, 2, 3, 2]);
  assert.is(dog!.relations[4], "nmod");
  assert.is(writeTree(dependencyTree(dog!)!), "(root (nsubj (det the) dog) saw (obj # (nmod 1)) (punct .))");
  assert.is(writeTree(dependencyTree(rain!, true)!), "(root (NOUN Rain))");
  assert.equal(readDependencies(""), []);
});

/** Any heads that make a tree: each word's head comes before it in some order. */
const sentence: fc.Arbitrary<Dependencies> = fc
  .array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom("nsubj", "obj", "punct")), { minLength: 1, maxLength: 8 })
  .map((drawn) => {
    const order = drawn.map((_, i) => i).sort((a, b) => drawn[a]![1] - drawn[b]![1] || a - b);
    const heads = drawn.map(() => -1);
    order.forEach((word, at) => (heads[word] = at ? order[drawn[word]![0] % at]! : -1));
    return {
      words: drawn.map((_, i) => `w${i}`),
      tags: drawn.map(() => "X"),
      heads,
      relations: drawn.map(([, , relation], i) => (heads[i]! < 0 ? "root" : relation)),
    };
  });

/** Whether all between a word and its head are under the head: the definition of projective. */
const isProjective = ({ heads }: Dependencies): boolean =>
  heads.every((head, i) => {
    if (head < 0) return true;
    for (let between = Math.min(i, head) + 1; between < Math.max(i, head); ++between) {
      let at = between;
      while (at >= 0 && at !== head) at = heads[at]!;
      if (at !== head) return false;
    }
    return true;
  });

dependencies(
  "trees say heads and relations again, with and without tags, and are there where brackets can say them",
  () => {
    let projective = 0;
    fc.assert(
      fc.property(sentence, (drawn) => {
        const tree = dependencyTree(drawn);
        assert.is(tree !== undefined, isProjective(drawn));
        if (!tree) return;
        ++projective;
        const { words, heads, relations } = drawn;
        assert.equal(dependenciesOf(tree), { words, heads, relations });
        assert.equal(dependenciesOf(dependencyTree(drawn, true)!, true), { words, heads, relations });
        assert.equal(dependenciesOf(delinearise(linearise(tree), words).tree), { words, heads, relations });
      }),
      { numRuns: 500 },
    );
    assert.ok(projective > 100);
  },
);

dependencies("a tree that is none of a sentence's still says one head for each word, and one root", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("(root", ")root", "(obj", ")obj", "XX"), { maxLength: 20 }),
      fc.integer({ min: 1, max: 6 }),
      (symbols, count) => {
        const words = Array.from({ length: count }, (_, i) => `w${i}`);
        const { heads, words: read } = dependenciesOf(delinearise(symbols, words).tree);
        assert.equal(read, words);
        assert.is(heads.filter((head) => head < 0).length, 1);
        assert.ok(heads.every((head) => head < count));
      },
    ),
  );
});

dependencies("attachment is counted without punctuation", () => {
  const [gold] = readDependencies(DOG);
  const found = { heads: [1, 2, -1, 2, 2, 0], relations: ["det", "obj", "root", "obj", "nmod", "x"] };
  assert.equal(attachmentScore([found], [gold!]), { unlabelled: 4 / 5, labelled: 3 / 5 });
  assert.equal(attachmentScore([gold!], [gold!]), { unlabelled: 1, labelled: 1 });
  assert.match(thrownBy(() => attachmentScore([], [gold!])).message, /there are 0 sentences, and must be 1/);
  const short = { heads: [-1], relations: ["root"] };
  assert.match(thrownBy(() => attachmentScore([short], [gold!])).message, /sentence 0 has 1 words, and must have 6/);
});

dependencies("lines that are none are refused, with their number", () => {
  const refused = (text: string): string => thrownBy(() => readDependencies(text)).message;
  assert.match(refused("the\tDET\tDT\t2\n"), /^Line 1 must be a word, two tags, its head's number and a relation: the/);
  assert.match(refused("\n\na\tX\tX\tone\tdet\n"), /^Line 3 must be/);
  assert.match(refused("a\tX\tX\t5\tdet\n"), /^Line 1: the heads of the sentence must make a tree with one root/);
  assert.match(refused("a\tX\tX\t0\troot\nb\tX\tX\t3\tdet\nc\tX\tX\t2\tdet\n"), /^Line 2: the heads/);
  assert.match(refused("a\tX\tX\t0\troot\nb\tX\tX\t0\troot\n"), /one root/);
});

dependencies.run();
