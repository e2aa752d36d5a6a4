/** The shipped model on fresh questions of each template: the program that it writes is the question's. */
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { load } from "../../bindings/load.js";
import { NeuralProgrammer, type TableLine } from "../../bindings/models.js";
import { keyOf, outcomeOf } from "../../bindings/systems/neuralProgrammer/reader/expression.js";
import { drawQuestion, type Drawn } from "../../bindings/systems/neuralProgrammer/tableTemplates.js";
import { testEngine } from "../support/engine.js";

const engine = await testEngine("release");
const file = new URL("../../checkpoints/table.safetensors", import.meta.url);
const model = load(readFileSync(file), { models: [NeuralProgrammer] });
const COUNT = 5200;

/** Lines of the template's own program, as the model would say them. */
function linesOf({ program, tokens }: Drawn): TableLine[] {
  const numbers = tokens.filter((token) => typeof token === "number");
  const texts = tokens.flatMap((token) => (typeof token === "object" && "text" in token ? [token.text] : []));
  return program.map(({ operation, column = 0, pivot }) => ({
    operation,
    probability: 1,
    column: { index: column, probability: 1 },
    rows: [],
    isUsed: true,
    choices: { operations: new Float32Array(), columns: new Float32Array() },
    ...(pivot !== undefined && {
      pivot: { value: operation === "textMatch" ? texts[pivot]! : numbers[pivot]!, probability: 1 },
    }),
  }));
}

const shipped = suite("questions: templates");
shipped("of each template at least 99% of fresh questions get the right program", () => {
  const random = new Random(77);
  const right = new Map<string, [right: number, all: number]>();
  const drawing = { columns: 2, textColumns: 2, isExtended: true, most: 50, texts: 30, groups: 4 } as const;
  for (let i = 0; i < COUNT; ++i) {
    const drawn = drawQuestion(random, { ...drawing, rows: 3, evenly: "templates", pivots: "any" });
    const template = drawn.tokens.filter((token) => typeof token === "string").join(" ");
    const { lines } = model.induce(engine, drawn.tokens, drawn.table);
    const isRight = keyOf(outcomeOf(lines)) === keyOf(outcomeOf(linesOf(drawn)));
    const [rights, all] = right.get(template) ?? [0, 0];
    right.set(template, [rights + Number(isRight), all + 1]);
  }
  assert.is(right.size, 260);
  const wrong = [...right].filter(([, [rights, all]]) => rights < 0.99 * all);
  assert.equal(wrong, []);
});
shipped.after(() => engine.dispose());
shipped.run();
