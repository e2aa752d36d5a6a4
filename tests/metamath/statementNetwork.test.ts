import { suite } from "uvu";
import * as assert from "uvu/assert";
import { claimOf } from "../../bindings/metamath/claim.js";
import { FormulaGrammar } from "../../bindings/metamath/formulaGrammar.js";
import { goalSymbols } from "../../bindings/metamath/goalSymbols.js";
import { HYPOTHESIS, mixedPolicy, uniformPolicy } from "../../bindings/metamath/policies.js";
import { proofPairs, proofPartOf, theoremsOf, type ProofPart } from "../../bindings/metamath/proofPairs.js";
import { ProofPuzzle } from "../../bindings/metamath/proofPuzzle.js";
import { prove } from "../../bindings/metamath/prove.js";
import { readDatabase } from "../../bindings/metamath/readDatabase.js";
import { RuleBook } from "../../bindings/metamath/rules.js";
import { AttentionSeq2Seq } from "../../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.js";
import { StatementNetwork } from "../../bindings/systems/attentionSeq2Seq/proving/statementNetwork.js";
import { pairsTask } from "../../bindings/tasks/pairs.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { testEngine } from "../support/engine.js";
import { sums } from "../support/sums.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine("release");
const bookOf = (text: string): RuleBook => {
  const database = readDatabase(text);
  return new RuleBook(database, new FormulaGrammar(database));
};
const book = bookOf(sums);
const parts: readonly ProofPart[] = ["train", "dev", "test"];
const pairsOf = (from: RuleBook) => parts.flatMap((part) => proofPairs(from, part).pairs);

const network = suite("a network that chooses statements");

network("goals are read with names by their order, and written with their own", () => {
  const claim = claimOf(book.database, "|- ( z + x ) = ( x + z )", { hypotheses: ["|- y = x"] });
  const puzzle = new ProofPuzzle(book, claim);
  const { terms } = puzzle;
  const x = terms.of({ label: "tx", children: [] });
  const z = terms.of({ label: "tz", children: [] });
  const [one, other] = [terms.fresh("term"), terms.fresh("term")];
  const sum = (a: number, b: number): number => terms.make(book.heads.of("tpl"), [a, b]);
  const goal = terms.make(book.heads.of("weq"), [sum(sum(z, other), x), sum(one, sum(other, z))]);
  const { read, written } = goalSymbols(puzzle, goal);
  assert.is(read.join(" "), "( ( x0 + ?0 ) + x1 ) = ( ?1 + ( ?0 + x0 ) ) ; x2 = x1");
  assert.is(written.join(" "), "( ( z + ?0 ) + x ) = ( ?1 + ( ?0 + z ) ) ; y = x");
});

network("theorems are in parts by a hash of their labels, and pairs have the symbols that they say", () => {
  const all = parts.flatMap((part) => theoremsOf(book, part).map(({ label }) => label));
  assert.equal(all.sort(), ["all2", "com2", "cong2", "cong3", "swap"]);
  assert.equal(["id", "orcom", "ancom", "or12"].map(proofPartOf), ["id", "orcom", "ancom", "or12"].map(proofPartOf));
  const { sourceSymbols, targetSymbols } = proofPairs(book, "train");
  assert.equal(targetSymbols.slice(0, 3), [HYPOTHESIS, "ax-com", "ax-ass"]);
  assert.not(targetSymbols.includes("tpl"));
  for (const [source, [target, ...more]] of pairsOf(book)) {
    assert.ok(
      source.every((symbol) => sourceSymbols.includes(symbol)),
      source.join(" "),
    );
    assert.ok(targetSymbols.includes(target!) && !more.length, target);
  }
});

network("it learns the decisions of proofs, guides a search, and says where it looked", async () => {
  const { sourceSymbols, targetSymbols } = proofPairs(book, "train");
  const task = pairsTask({ pairs: pairsOf(book), name: "proving", sourceSymbols, targetSymbols, seed: 1 });
  const sizes = { hiddenSize: 16, embeddingSize: 8, attentionSize: 8 };
  const model = new AttentionSeq2Seq({ sourceSymbols, targetSymbols, ...sizes, seed: 1 });
  const claim = book.database.assertions.find(({ label }) => label === "swap")!;
  const puzzle = new ProofPuzzle(book, claim);
  const state = puzzle.start();
  const { term } = puzzle.goalOf(state);
  const rule = puzzle.rules.find(({ label }) => label === "ax-tr")!;
  const before = new StatementNetwork(engine, model, book).look(puzzle, term, rule);
  for await (const { step } of train(engine, model, task, { batch: 8, optimizer: adam({ learningRate: 0.02 }) })) {
    if (step === 150) break;
  }
  const trained = new StatementNetwork(engine, model, book);
  const { attention, probability, read, written } = trained.look(puzzle, term, rule);
  assert.ok(probability > 0.5 && probability > before.probability, `${before.probability} to ${probability}`);
  assert.is(attention!.length, read.length);
  assert.is(written.length, read.length);
  assert.ok(Math.abs(attention!.reduce((a, b) => a + b, 0) - 1) < 1e-5);
  const moves = puzzle.moves(state);
  const costs = trained.policy(puzzle, state, moves);
  assert.ok(Math.abs(costs.reduce((sum, cost) => sum + Math.exp(-cost), 0) - 1) < 1e-9);
  assert.is(moves[costs.indexOf(Math.min(...costs))]!.rule, rule);
  const { found } = prove(book, claim, { policy: trained.policy });
  assert.equal(found!.decisions[0]!.rule.label, "ax-tr");
  const mixed = mixedPolicy([trained.policy, uniformPolicy])(puzzle, state, moves);
  mixed.forEach((cost, i) => {
    const mean = (Math.exp(-costs[i]!) + 1 / moves.length) / 2;
    assert.ok(Math.abs(Math.exp(-cost) - mean) < 1e-9);
  });
  trained.release();
  model.release(engine);
});

network("a model without attention looks nowhere, and one of another database is refused", () => {
  const { sourceSymbols, targetSymbols } = proofPairs(book, "train");
  const sizes = { hiddenSize: 4, embeddingSize: 4, attention: "none" } as const;
  const model = new AttentionSeq2Seq({ sourceSymbols, targetSymbols, ...sizes, seed: 1 });
  const puzzle = new ProofPuzzle(
    book,
    book.database.assertions.find(({ label }) => label === "swap")!,
  );
  const { term } = puzzle.goalOf(puzzle.start());
  const blind = new StatementNetwork(engine, model, book);
  assert.is(blind.look(puzzle, term, puzzle.rules[0]!).attention, undefined);
  const other = bookOf(`${sums} more $a |- x = x $.`);
  const error = thrownBy(() => new StatementNetwork(engine, model, other));
  assert.instance(error, RangeError);
  assert.match(error.message, /does not know the statement "more"/);
  model.release(engine);
});
network.after(() => engine.dispose());
network.run();
