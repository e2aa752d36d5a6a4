import { testEngine } from "/tmp/np/tests/support/engine.js";
import { adam } from "/tmp/np/bindings/training/optimizers.js"; import { train } from "/tmp/np/bindings/training/train.js";
import { evaluate } from "/tmp/np/bindings/training/evaluate.js";
import { ArithmeticProgrammer } from "/tmp/np/bindings/models/arithmeticProgrammer.js";
import { arithmeticTask } from "/tmp/np/bindings/tasks/arithmetic.js";
const [seed="1", maxOp="1", steps="2000", lr="0.003", batch="32"] = process.argv.slice(2);
const engine = await testEngine("release");
const task = arithmeticTask({ maxOperators: +maxOp, seed: +seed });
const model = new ArithmeticProgrammer({ inputSize: task.inputSize, seed: +seed });
const t0 = performance.now();
const opts = { batch: +batch, steps: +steps, optimizer: adam({ learningRate: +lr }), clip: {norm: 1} };
for await (const s of train(engine, model, task, opts)) {
  if (s.step % Math.max(1, Math.floor(+steps/10)) === 0) {
    const parts: string[] = [];
    for (let d = 1; d <= +maxOp; ++d) { const e = await evaluate(engine, model, task, { sequences: 500, length: d, seed: 99 }); parts.push(e.sequenceError.toFixed(3)); }
    console.log(s.step, s.loss.toFixed(4), "soft", s.sequenceError.toFixed(3), "hard", parts.join(" "), "g", s.gradientNorm.toFixed(2), ((performance.now()-t0)/1000).toFixed(1)+"s");
  }
}
