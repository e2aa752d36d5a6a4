/** What a file says of its programs, on descriptions of a few fields: ports, regions, sessions. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readOpcodes, readMethod, readSession } from "../bindings/compiled/readProgram.js";
import { thrownBy } from "./support/thrown.js";

const fail = (reason: string): never => {
  throw new Error(reason);
};
const names = ["end", "scanTurn", "tanhForward"];
const [END, TURN, TANH] = [0, 1, 2].map((opcode, i) => (opcode | ([1, 2, 4][i]! << 16)) >>> 0) as [
  number,
  number,
  number,
];
const at = (register: number, element = 0): number => (register | (element << 5)) >>> 0;
const [ACTIVATIONS, IO] = [2, 3];

const reading = (words: readonly number[]) => ({
  ...readOpcodes(names, fail),
  parameterCount: 4,
  fail,
  wordsOf: () => Uint32Array.from(words),
});
const run = (fields: object, words: readonly number[] = [END]) =>
  readMethod(
    { words: "w", regions: [[64], [64]], relocations: [], inputs: {}, outputs: {}, ...fields } as never,
    reading(words) as never,
  );
const refuses = (make: () => unknown, reason: RegExp): void => assert.match(thrownBy(make).message, reason);

const ports = suite("descriptions of compiled programs");

ports("a port lies inside what goes in and out, to its last number", () => {
  const port = (shape: readonly unknown[], offset: readonly unknown[]) => () => run({ inputs: { x: [shape, offset] } });
  for (const [shape, bytes] of [
    [[16], 0],
    [[4, 4], 0],
    [[15], 4],
    [[1], 60],
    [[], 60],
  ] as const) {
    assert.ok(port(shape, [bytes, -1])().inputs.has("x"));
  }
  for (const [shape, bytes] of [
    [[17], 0],
    [[16], 4],
    [[2], 60],
    [[4, 5], 0],
    [[1], 64],
  ] as const) {
    refuses(port(shape, [bytes, -1]), /has a wrong port/);
  }
  for (const offset of [[65, -1], [68, -1], [2, -1], [-4, -1], [0, -2], [0, 0], [0, 0.5], [0], ["0", -1]]) {
    refuses(port([1], offset), /has a wrong offset/);
  }
  for (const shape of [[0], [-1], [1.5], [null]]) refuses(port(shape, [0, -1]), /has a wrong shape/);
  refuses(port(["space"], [0, -1]), /has a wrong port/);
  refuses(port(["time", 2], [0, -1]), /has a wrong port/);
});

ports("a port that depends on the length is one of the buffers that do, of its size", () => {
  const sized = (size: readonly unknown[], shape: readonly unknown[]) => () =>
    run({ regions: [[64], [64, size]], outputs: { y: [shape, [0, 0]] } });
  assert.ok(sized([3, "time"], ["time", 3])().outputs.has("y"));
  assert.ok(sized([6, "time"], ["time", 2, 3])().outputs.has("y"));
  refuses(sized([3, "time"], ["time", 4]), /has a wrong port/);
  refuses(sized([3, "time"], [3]), /has a wrong port/);
  refuses(sized([3, "time"], ["time", "time", 3]), /has a wrong port/);
  for (const size of [[3], [-1, "time"], ["3", "time"], [3, ...Array<string>(9).fill("time")]]) {
    refuses(sized(size, ["time", 3]), /has a wrong size/);
  }
});

ports("dimensions are as many as there are names, and none is spelled as another", () => {
  const sized = (size: readonly unknown[], shape: readonly unknown[]) => () =>
    run({ regions: [[64], [64, size]], outputs: { y: [shape, [0, 0]] } });
  const { dimensions, outputs } = sized([3, "a", "b"], ["a", "b", 3])();
  assert.equal([...dimensions.keys()], ["a", "b"]);
  assert.is(outputs.get("y")!.shape[1], dimensions.get("b"));
  for (const [size, shape] of [
    [
      [3, "space"],
      ["time", 3],
    ],
    [[1, "a", "b"], ["a·b"]],
    [
      [1, "a·b"],
      ["a", "b"],
    ],
    [
      [3, "a"],
      ["3", "a"],
    ],
    [
      [1, "a", "b"],
      ["b", "a"],
    ],
  ] as const) {
    refuses(sized(size, shape), /has a wrong port/);
  }
  refuses(sized([1, 7], [7]), /has a wrong dimension/);
  const many = Array.from({ length: 9 }, (_, i) => [1, `d${i}`]);
  refuses(() => run({ regions: [[64], [64, ...many]] }), /has a wrong dimension/);
});

ports("random streams have the shape in which they are written", () => {
  const streams = (name: string, shape: readonly unknown[]) => () =>
    run({ regions: [[64], [512]], inputs: { [name]: [shape, [0, -1]] } });
  assert.ok(streams("streams", [32, 4])().inputs.has("streams"));
  assert.ok(streams("stream", [4])().inputs.has("stream"));
  for (const shape of [[31, 4], [4, 32], [128], [32, 4, 1], ["32,4"]]) {
    refuses(streams("streams", shape), /has a wrong port/);
    refuses(streams("streams3", shape), /has a wrong port/);
  }
});

ports("regions are whole multiples of sixteen bytes, one for activations and one for what goes in and out", () => {
  for (const regions of [[], [[64]], [[60], [64]], [[64], [-16]], [["64"], [64]], [[64], [1.5]], {}, [[], []]]) {
    refuses(() => run({ regions }), /has a wrong region/);
  }
});

ports("what an instruction touches lies inside these regions", () => {
  const words = (register: number, element: number): number[] => [TANH, at(register, element), at(register), 4, END];
  for (const register of [ACTIVATIONS, IO]) {
    assert.is(run({}, words(register, 12)).words.length, 5);
    refuses(() => run({}, words(register, 13)), /reaches 68 bytes behind register/);
  }
  assert.is(run({}, [TANH, at(IO), at(0), 4, END]).words.length, 5);
  refuses(() => run({}, [TANH, at(IO), at(0), 5, END]), /behind register 0/);
});

ports("a session's sequences have registers of their own, and reach to the end of what goes in and out", () => {
  const session =
    (sequences: unknown, count: number, { frame = 16, step = 1, frameRegister = 5 } = {}) =>
    () =>
      readSession(
        {
          words: "w",
          regions: [[64], [64]],
          relocations: [],
          inputs: {},
          outputs: {},
          step,
          frameRegister,
          frame,
          sequences,
        } as never,
        reading([END, TANH, at(7), at(5), count, TURN, 5, END]) as never,
      );
  const sequence = (register: number, bytes: number) => [register, [bytes, -1]];
  assert.is(session([sequence(7, 0)], 4)().session!.frameRegister, 5);
  session([sequence(7, 48)], 4)();
  refuses(session([sequence(7, 52)], 4), /reaches 16 bytes behind register 7, which has 12/);
  session([sequence(7, 0), sequence(8, 0)], 4)();
  for (const sequences of [
    [sequence(7, 0), sequence(7, 4)],
    [sequence(5, 0)],
    [sequence(6, 0)],
    [sequence(4, 0)],
    [sequence(32, 0)],
    [sequence(7, 0), sequence(1.5, 0)],
    {},
  ]) {
    refuses(session(sequences, 4), /has a wrong session/);
  }
  refuses(session([sequence(7, 0)], 5), /behind register 5, which has 16/);
  refuses(session([sequence(8, 0)], 4, { frameRegister: 31 }), /has a wrong session/);
  refuses(session([sequence(8, 0)], 4, { frameRegister: 4 }), /has a wrong session/);
  refuses(session([sequence(7, 0)], 4, { step: 8 }), /has a wrong session/);
  refuses(session([sequence(7, 0)], 4, { frame: 8 }), /has a wrong region/);
});
ports.run();
