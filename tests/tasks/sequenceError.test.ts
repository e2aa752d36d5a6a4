import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../bindings/graph/compile.js";
import { Graph } from "../../bindings/graph/graph.js";
import { Random } from "../../bindings/common/random/philox.js";
import { sequenceError } from "../../bindings/tasks/sequenceError.js";
import { array } from "../support/array.js";
import { testEngine } from "../support/engine.js";
import { runProgram } from "../support/program.js";

const engine = await testEngine();
const counting = suite("sequenceError counts the sequences with any miss");
for (const rest of [[], [3], [2, 5]]) {
  counting(`misses (time, 6${rest.map((n) => `, ${n}`).join("")})`, () => {
    const inner = rest.reduce((a, b) => a * b, 1);
    const graph = new Graph();
    graph.result("error", sequenceError(graph.input("misses", [graph.dimension("time"), 6, ...rest])));
    const program = compile(graph);
    const random = new Random(inner);
    const seen = new Set<number>();
    for (let i = 0; i < 20; ++i) {
      const time = 1 + (i % 7);
      const misses = Array.from({ length: time * 6 * inner }, () => Number(random.uniform() < 0.5 / (time * inner)));
      const wrong = new Set<number>();
      misses.forEach((miss, cell) => miss && wrong.add(Math.floor(cell / inner) % 6));
      const inputs = { misses: array([time, 6, ...rest], misses) };
      assert.is(runProgram(engine, program, inputs, { lengths: { time } }).results["error"], wrong.size);
      seen.add(wrong.size);
    }
    assert.ok(seen.size > 3);
  });
}
counting.run();
