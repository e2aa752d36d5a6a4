/** Questions of every supported form about tables of twenty kinds: right, or refused, and mostly right. */
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { load } from "../../bindings/load.js";
import { NeuralProgrammer } from "../../bindings/models.js";
import { askTable, QuestionError, questionTable, type TableReply } from "../../bindings/questions.js";
import { parseTable } from "../../cli/csv.js";
import { testEngine } from "../support/engine.js";
import { drawAsked, type Right } from "./askedKinds.js";
import { drawTable, kinds } from "./tableKinds.js";

const engine = await testEngine("release");
const file = new URL("../../checkpoints/table.safetensors", import.meta.url);
const model = load(readFileSync(file), { models: [NeuralProgrammer] });

/** Tables of a kind, and questions about each. */
const [TABLES, QUESTIONS] = [4, 10];
const SEED = 20_261_128;

const isRight = ({ digits, number, cells }: TableReply, right: Right): boolean => {
  if ("cells" in right) return JSON.stringify(cells) === JSON.stringify(right.cells);
  if (digits === undefined) return false;
  const [whole, fraction = ""] = digits.split(".") as [string, string?];
  const { units, decimals, by } = right;
  if (by !== undefined) {
    const wanted = Number(units) / by / 10 ** decimals;
    return Math.abs(number! - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
  }
  const scaled = BigInt(`${whole}${fraction}`) * 10n ** BigInt(decimals);
  return scaled === units * 10n ** BigInt(fraction.length);
};

const fuzz = suite("questions: fuzz");
let [asked, refused] = [0, 0];
for (let kind = 0; kind < kinds; ++kind) {
  const random = new Random(SEED + kind);
  const first = drawTable(new Random(SEED + kind), kind);
  fuzz(`${first.kind}: no answer is wrong`, () => {
    for (let i = 0; i < TABLES; ++i) {
      const drawn = drawTable(random, kind);
      const csv = parseTable(drawn.text, "drawn.csv");
      const { decimal } = drawn;
      const table = questionTable(csv, { delimiter: csv.delimiter, ...(decimal && { decimal }) });
      for (let j = 0; j < QUESTIONS; ++j) {
        const { question, right } = drawAsked(random, drawn);
        ++asked;
        let reply: TableReply;
        try {
          reply = askTable(engine, model, table, question);
        } catch (error) {
          assert.instance(error, QuestionError, `${question}: ${String(error)}`);
          if (right) ++refused;
          if (process.env["SHOW_REFUSED"] && right)
            console.log(`${drawn.kind} | ${question} | ${(error as Error).message.slice(0, 160)}`);
          continue;
        }
        const said = JSON.stringify(reply.cells ?? reply.digits);
        const wanted = JSON.stringify(right, (_, value: unknown) =>
          typeof value === "bigint" ? String(value) : value,
        );
        assert.ok(
          right && isRight(reply, right),
          `${question}\n${drawn.text}\nsays ${said}, not ${wanted}\n${reply.read}`,
        );
      }
    }
  });
}
fuzz("600 questions or more were asked, and at most one in twenty was refused", () => {
  assert.ok(asked >= 600, String(asked));
  assert.ok(refused <= asked / 20, `${refused} of ${asked} refused`);
});
fuzz.after(() => engine.dispose());
fuzz.run();
