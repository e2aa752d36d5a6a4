/** Models that teach others what words come to that nobody has written down. */
import { existsSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { AttentionSeq2Seq } from "../../bindings/models.js";
import { experiments } from "../../recipes/suites.js";
import { likeliest } from "../../reproduce/teaching/likeliest.js";
import { network } from "../../reproduce/teaching/teachers.js";
import { missingBefore, trainedPath } from "../../reproduce/trainedFiles.js";
import { testEngine } from "../support/engine.js";

const engine = await testEngine();
const teachers = suite("teachers");

const modelOf = (seed: number): AttentionSeq2Seq => {
  const sizes = { hiddenSize: 8, embeddingSize: 8, attentionSize: 8 };
  const model = new AttentionSeq2Seq({ sourceSymbols: [..."abc"], targetSymbols: [..."XYZ"], ...sizes, seed });
  // Larger than a model begins with, so that answers differ, and end.
  model.parameters.set(model.parameters.values.map((value) => 4 * value));
  return model;
};
const words = [..."abc"].flatMap((x) => [..."abc"].flatMap((y) => [..."abc"].map((z) => x + y + z)));
const saidBy = (model: AttentionSeq2Seq): (string | undefined)[] =>
  model.run(engine, words).map(({ symbols, ended }) => (ended && symbols.length ? symbols.join(" ") : undefined));

teachers("of what each says, the answer counts that all find likeliest", () => {
  const models = [1, 2, 3].map(modelOf);
  const said = models.map(saidBy);
  const together = likeliest(
    models.map((model) => network(engine, model, 1)),
    words,
  );
  let [differ, changed] = [0, 0];
  words.forEach((word, i) => {
    const answers = [...new Set(said.map((each) => each[i]).filter((answer) => answer !== undefined))];
    const scores = answers.map((answer) =>
      models.reduce((sum, model) => sum + model.score(engine, [[word, answer.split(" ")]])[0]!, 0),
    );
    assert.is(together[i], answers[scores.indexOf(Math.max(...scores))]);
    differ += Number(answers.length > 1);
    changed += Number(together[i] !== said[0]![i]);
  });
  assert.ok(differ > 5 && changed > 2, `${differ} words, of ${changed} the first model says something else`);
});

teachers("one teacher's answers are its own, and one that never ends is none", () => {
  const model = modelOf(1);
  const said = saidBy(model);
  assert.equal(likeliest([network(engine, model, 1)], words), said);
  assert.ok(said.some((answer) => answer === undefined));
});

teachers(
  "models that others begin with or learn from are made by an experiment, and asked for where they are not there",
  () => {
    const made = new Set(experiments.flatMap(({ checkpoint, teacher }) => [checkpoint, teacher]));
    for (const experiment of experiments) {
      const needed = [experiment.from ?? [], experiment.data?.taught?.by ?? []].flat();
      for (const file of needed) assert.ok(made.has(file), `${experiment.name} needs ${file}`);
      const absent = needed.filter((file) => !existsSync(trainedPath(file)));
      assert.is(missingBefore(experiment).length, new Set(absent).size, experiment.name);
    }
  },
);

teachers.run();
