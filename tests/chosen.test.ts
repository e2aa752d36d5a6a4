import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Opcode } from "../assembly/generated/opcodes.js";
import { Status } from "../assembly/machine.js";
import { testEngine } from "./support/engine.js";
import { runInstruction } from "./support/instruction.js";

const engine = await testEngine("release");
const hostile = [NaN, Infinity, -Infinity, -1, -0.5, 0.5, 3, 4, 7, 2 ** 24, 2 ** 31, -(2 ** 31), 2 ** 40, -(2 ** 40)];
const zeros = (size: number): Float32Array => new Float32Array(size);
const ones = (size: number): Float32Array => zeros(size).fill(1);

const inside = suite("kernels that choose an element by a number stay between guard words, whatever the number");
for (const number of hostile) {
  const done = ({ status }: { status: Status }): void => assert.is(status, Status.done);
  /** Three rows, two examples, two columns; one number is no row's. */
  const order = Float32Array.of(0, 0, 0, 0, number, number, 1, 1, 2, 2, 2, 2);

  inside(`gather of row ${number}`, () => {
    const operands = { y: zeros(4), table: ones(6), indices: Float32Array.of(number, 1) };
    done(runInstruction(engine, Opcode.gatherForward, operands, { sizes: [3, 2, 2] }));
  });
  inside(`class ${number} as a vector`, () => {
    done(
      runInstruction(engine, Opcode.oneHot, { y: zeros(6), indices: Float32Array.of(number, 1) }, { sizes: [3, 2] }),
    );
  });
  inside(`a draw by ${number}`, () => {
    const operands = { y: zeros(2), p: ones(6), u: Float32Array.of(number, 0.5) };
    done(runInstruction(engine, Opcode.categorical, operands, { sizes: [3, 2] }));
  });
  inside(`a window around ${number}`, () => {
    const position = Float32Array.of(number, 1);
    const sizes = [4, 3, 2, 2]; // cells, cells of the window, width, rows
    done(runInstruction(engine, Opcode.readWindowForward, { y: zeros(12), tape: ones(16), position }, { sizes }));
    const write = { next: zeros(16), tape: ones(16), position, values: ones(12) };
    done(runInstruction(engine, Opcode.writeWindowForward, write, { sizes }));
  });
  inside(`losses of class ${number}`, () => {
    const given = { x: ones(6), t: Float32Array.of(number, 1), mask: ones(2) };
    const losses = { loss: zeros(1), logSum: zeros(2), ...given };
    done(runInstruction(engine, Opcode.categoricalCrossEntropyForward, losses, { sizes: [3, 2] }));
    done(runInstruction(engine, Opcode.classMisses, { y: zeros(2), ...given }, { sizes: [3, 2] }));
  });
  inside(`a sequence of length ${number}`, () => {
    const operands = { y: zeros(12), x: ones(12), lengths: Float32Array.of(number, 2) };
    done(runInstruction(engine, Opcode.reverseSequenceForward, operands, { sizes: [2, 2, 3] }));
  });
  inside(`an order that has row ${number}`, () => {
    const operands = { y: zeros(12), t: zeros(12), s: ones(6), o: order };
    done(runInstruction(engine, Opcode.firstInOrderForward, operands, { sizes: [2, 3, 2] }));
  });
  inside(`rows shifted by ${number}`, () => {
    const operands = { y: ones(6), x: ones(6) };
    const { status, y } = runInstruction(engine, Opcode.shiftRowsForward, operands, {
      sizes: [2, 3],
      scalars: [number],
    });
    assert.is(status, Status.done);
    if (Math.abs(number) >= 3) assert.equal(y, zeros(6));
  });
}
inside.run();
