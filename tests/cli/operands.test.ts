import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withOperands } from "../../cli/operands.js";
import { commandLine } from "../support/cli.js";

const { tapehead } = commandLine();
const words = suite("words that begin with a minus");

words("an expression goes behind --, and options behind it stay options", () => {
  const cases: readonly (readonly [given: string[], read: string[]])[] = [
    [
      ["run", "f", "-3 + 4"],
      ["run", "f", "--", "-3 + 4"],
    ],
    [
      ["run", "f", "-3 + 4", "--json"],
      ["run", "f", "--json", "--", "-3 + 4"],
    ],
    [
      ["run", "f", "--json", "-(1 + 2)"],
      ["run", "f", "--json", "--", "-(1 + 2)"],
    ],
    [
      ["run", "f", "-.5*2", "and more"],
      ["run", "f", "--", "-.5*2", "and more"],
    ],
    [
      ["run", "f", "--", "-3 + 4", "--json"],
      ["run", "f", "--", "-3 + 4", "--json"],
    ],
    [
      ["run", "f", "-3", "+", "4"],
      ["run", "f", "-3", "+", "4"],
    ],
    [
      ["train", "--learning-rate", "-1"],
      ["train", "--learning-rate", "-1"],
    ],
    [["--version"], ["--version"]],
  ];
  for (const [given, read] of cases) assert.equal(withOperands(given), read);
});

words("the command line computes them", async () => {
  const model = new URL("../../checkpoints/arithmetic.safetensors", import.meta.url).pathname;
  const { code, stdout, stderr } = await tapehead(`run ${model} '-3 + 4'`);
  assert.is(code, 0, stderr);
  assert.match(stdout, /^-3 \+ 4 = 1$/m);
  const refused = await tapehead(`run ${model} '7 / 0'`);
  assert.is(refused.code, 2);
  assert.match(refused.stderr, /^error: The expression is divided by zero, in 7 \/ 0/);
});

words.run();
