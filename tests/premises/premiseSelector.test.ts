import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { adam, train } from "../../bindings/core.js";
import { ShapeError } from "../../bindings/graph/shapeError.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { checkGradients } from "../../bindings/training/checkGradients.js";
import { COUNTS, fillPremises } from "../../reproduce/premises/premiseBatch.js";
import { judgePremises } from "../../reproduce/premises/judgePremises.js";
import { PremiseSelector, type PremiseSelectorOptions } from "../../reproduce/premises/premiseSelector.js";
import { premiseTask, type PremiseTask } from "../../reproduce/premises/premiseTask.js";
import { scorePremises } from "../../reproduce/premises/scorePremises.js";
import { trainPremises } from "../../reproduce/premises/trainPremises.js";
import { Random } from "../../bindings/common/random/philox.js";
import { uniform } from "../support/array.js";
import { testEngine } from "../support/engine.js";
import { thrownBy } from "../support/thrown.js";
import { smallPremises } from "./smallPremises.js";

const engine = await testEngine();
const limits = { facts: 3, conjectureLength: 5, factLength: 4 };
const { formulas, problems } = smallPremises(400, 1);
const [learned, asked] = [problems.slice(0, 300), problems.slice(300)];
const task = premiseTask({ formulas, problems: learned, leastSymbol: 1, leastFact: 4, seed: 1, ...limits });

const modelOf = (of: PremiseTask, options: Partial<PremiseSelectorOptions> = {}): PremiseSelector =>
  new PremiseSelector({
    ...limits,
    tokens: of.tokens,
    identities: of.identities,
    embeddingSize: 4,
    hiddenSize: 4,
    comparedSize: 4,
    units: 5,
    seed: 1,
    ...options,
  });

const selector = suite("PremiseSelector");

// Seeds that keep clear of kinks: relu and the maximum have some, where differences are no slopes.
for (const [what, options, seed = 5] of [
  ["everything", {}],
  ["bags instead of sequences", { hiddenSize: 0 }, 2],
  ["no attention", { attention: false }],
  ["facts that see each other", { together: true }],
  ["neither identity nor counts", { identities: 0, counts: false }, 2],
] as readonly (readonly [string, Partial<PremiseSelectorOptions>, number?])[]) {
  selector(`with ${what} gradients are slopes of the loss`, () => {
    const model = modelOf(task, options);
    model.parameters.set(uniform(new Random(seed), [model.parameterCount], -0.5, 0.5).data);
    const { compared } = checkGradients(engine, model, task, { batch: 2, h: 1 / 512, tolerance: 0.05, floor: 3e-3 });
    assert.is(compared, model.parameterCount);
    model.release(engine);
  });
}

selector("learns which facts are about a conjecture, also those without an identity", async () => {
  for (const options of [{}, { identities: 0, counts: false }]) {
    const model = { embeddingSize: 8, hiddenSize: 8, comparedSize: 8, units: 16, ...options };
    const settings = { task, model, batch: 16, steps: 300, learningRate: 1e-2, seed: 1 };
    const said: string[] = [];
    const trained = await trainPremises(engine, { ...settings, report: (line) => said.push(line) });
    assert.match(said.join("\n"), /^premises, seed 1, step 250: loss \d\.\d{4}$/);
    const { accuracy } = judgePremises(scorePremises(engine, trained.model, task, asked), 0.5);
    assert.ok(accuracy > 0.97, `${accuracy}`);
    trained.model.release(engine);
  }
});

selector("a training that was kept goes on to the same weights, and its file goes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "premises-"));
  const keep = join(folder, "kept.safetensors");
  const model = { embeddingSize: 4, hiddenSize: 4, comparedSize: 4, units: 5 };
  const settings = { task, model, batch: 2, steps: 6, learningRate: 1e-2, seed: 1, report: () => undefined };
  const whole = await trainPremises(engine, settings);
  const rate = (step: number): number => 1e-2 * (step / 50);
  const begun = train(engine, modelOf(task), task, {
    batch: 2,
    seed: 1,
    clip: { norm: 5 },
    optimizer: adam({ learningRate: rate }),
  });
  for (let step = 0; step < 2; ++step) await begun.next();
  writeFileSync(keep, begun.checkpoint());
  await begun.return();
  const rest = await trainPremises(engine, { ...settings, keep });
  assert.equal(rest.model.parameters.values, whole.model.parameters.values);
  assert.is(existsSync(keep), false);
  rmSync(folder, { recursive: true });
});

selector("a fact scores the same whatever stands beside it, unless facts see each other", () => {
  const [one, other] = asked as [(typeof asked)[0], (typeof asked)[0]];
  for (const together of [false, true]) {
    const model = modelOf(task, { together });
    const alone = scorePremises(engine, model, task, [{ ...one, needed: one.needed.slice(0, 1), unneeded: [] }]);
    const beside = scorePremises(engine, model, task, [other, { ...one, needed: one.needed.slice(0, 1) }]);
    assert.is(alone[0]!.needed[0] === beside[1]!.needed[0], !together);
    model.release(engine);
  }
});

selector("training does not see the answer in the counts", () => {
  const batch = new Batch(modelOf(task).batchLayout());
  const once = premiseTask({
    formulas,
    problems: learned.slice(0, 1),
    leastSymbol: 1,
    leastFact: 1,
    seed: 1,
    ...limits,
  });
  once.generate(new Random(1), 8, batch);
  const facts = batch.block("asked").filter(Boolean).length;
  assert.ok(facts > 8);
  // Of one problem alone every fact was offered once, which is taken away, and nothing is left to be near.
  assert.equal([...new Set(batch.block("counts").subarray(0, 8 * limits.facts * COUNTS))], [0]);
});

selector("rows hold each fact once, in an order that does not tell which are needed", () => {
  const orders = asked.map((problem) => {
    const rows = task.rowsOf(problem);
    assert.equal(
      rows.map(({ facts }) => facts.length),
      [3, 3],
    );
    const all = rows.flatMap(({ facts }) => facts);
    assert.equal(
      all.map(({ formula }) => formula).sort((a, b) => a - b),
      [...problem.needed, ...problem.unneeded].sort((a, b) => a - b),
    );
    for (const { formula, isNeeded } of all) assert.is(isNeeded, problem.needed.includes(formula));
    return all.map(({ isNeeded }) => Number(isNeeded)).join("");
  });
  assert.ok(new Set(orders).size > 4);
});

selector("batches are padded with −1, and masks say what is inside", () => {
  const rows = task.rowsOf(asked[0]!);
  const batch = new Batch(modelOf(task).batchLayout());
  fillPremises(batch, rows, task);
  assert.equal(
    [...batch.block("needed").subarray(0, 6)],
    rows.flatMap(({ facts }) => facts.map(({ isNeeded }) => Number(isNeeded))),
  );
  assert.equal([...batch.block("conjecture").subarray(3, 5)], [-1, -1]);
  assert.equal([...batch.block("conjectureMask").subarray(0, 5)], [1, 1, 1, 0, 0]);
});

selector("a task of other sizes is refused, and so are options out of range", () => {
  const model = modelOf(task, { factLength: 6 });
  const error = thrownBy(() => train(engine, model, task));
  assert.instance(error, ShapeError);
  assert.match((error as Error).message, /factLength of the model is 6, and must be 4/);
  assert.throws(() => modelOf(task, { dropout: 1 }), RangeError);
  assert.throws(() => modelOf(task, { tokens: 0 }), RangeError);
});

selector.after(() => engine.dispose());
selector.run();
