/** The verifier of compiled programs, on programs of a few words: loops in loops, forks, sessions, sizes. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Opcode } from "../assembly/generated/opcodes.js";
import { signatures } from "../bindings/compiled/generated/signatures.js";
import type { Kernel } from "../bindings/compiled/signature.js";
import { verify, type Span, type Verified } from "../bindings/compiled/verify.js";
import { REACH } from "../bindings/graph/operand.js";
import { thrownBy } from "./support/thrown.js";

const kernels = new Map<number, Kernel | undefined>();
for (const signature of Object.values(signatures)) {
  if (signature) kernels.set(signature.opcode as number, signature.kernel);
}

const [PARAMETERS, ACTIVATIONS, IO] = [0, 2, 3];
const NONE = 0xffff_ffff;
/** Elements of what registers point at. */
const [FEW, MANY] = [4, 64];
const spans: (Span | undefined)[] = [];
spans[PARAMETERS] = { bytes: 4 * FEW, writable: false };
spans[ACTIVATIONS] = { bytes: 4 * MANY, writable: true };
spans[IO] = { bytes: 4 * MANY, writable: true };

const at = (register: number, element = 0): number => (register | (element << 5)) >>> 0;
const instruction = (opcode: Opcode, ...rest: readonly number[]): number[] => [
  (opcode | ((rest.length + 1) << 16)) >>> 0,
  ...rest,
];
const end = instruction(Opcode.end);
/** y ← tanh(x), of so many elements. */
const tanh = (y: number, x: number, count = 1): number[] => instruction(Opcode.tanhForward, y, x, count);

interface LoopOptions {
  readonly frame: number;
  readonly bytes?: number;
  readonly steps?: number;
  readonly record?: number;
  readonly keep?: number;
  readonly halted?: readonly [operand: number, size: number];
  /** Register, first element, bytes to the next. */
  readonly sequences?: readonly (readonly [number, number, number])[];
  readonly prologue?: readonly number[];
  /** What the second instruction says where it is not what the first says. */
  readonly again?: readonly (readonly [word: number, value: number])[];
}

function loop(
  { frame, bytes = 64, steps = 2, record = at(ACTIVATIONS), keep = 0, ...rest }: LoopOptions,
  ...body: readonly (readonly number[])[]
): number[] {
  const { halted = [NONE, 0], sequences = [], prologue = [], again = [] } = rest;
  const words = [...body.flat(), ...end];
  const head = [record, frame, bytes, steps, keep];
  const looped = instruction(
    Opcode.scanLoop,
    ...head,
    1,
    ...halted,
    words.length,
    sequences.length,
    ...sequences.flat(),
  );
  for (const [word, value] of again) looped[word] = value;
  return [...instruction(Opcode.scanEnter, ...head), ...prologue, ...looped, ...words];
}

function fork(...branches: readonly (readonly number[])[]): number[] {
  const [words, begins] = [[] as number[], [] as number[]];
  for (const branch of branches) {
    begins.push(3 + branches.length + words.length);
    words.push(...branch, ...end);
  }
  return [...instruction(Opcode.fork, words.length, branches.length, ...begins), ...words];
}

const given = (words: readonly number[], more: Partial<Verified> = {}): Verified => ({
  words: Uint32Array.from(words),
  entries: [0],
  kernels,
  spans,
  fail: (reason) => {
    throw new Error(reason);
  },
  ...more,
});
const program = (...parts: readonly (readonly number[])[]): number[] => [...parts.flat(), ...end];
const accepts = (words: readonly number[], frames = 0, more: Partial<Verified> = {}): void =>
  assert.is(verify(given(words, more)), frames);
const refuses = (words: readonly number[], reason: RegExp, more: Partial<Verified> = {}): void =>
  assert.match(thrownBy(() => verify(given(words, more))).message, reason);

const registers = suite("verifier: registers of loops");

registers("loops in loops: the bytes of frames are those of all that are open at once", () => {
  const inner = loop({ frame: 8, bytes: 32 }, tanh(at(8), at(9)));
  accepts(program(loop({ frame: 5 }, inner)), 2 * 64 + 2 * 32);
  accepts(program(loop({ frame: 5 }, inner, inner)), 2 * 64 + 2 * 32);
  accepts(program(inner, loop({ frame: 5 }, tanh(at(5), at(6)))), 2 * 64);
  accepts(program(loop({ frame: 5, bytes: 16 }, inner), inner), 2 * 16 + 2 * 32);
});

registers("one behind the other may have the same, and what follows may read their frames", () => {
  const one = loop({ frame: 5 }, tanh(at(5), at(6)));
  accepts(program(one, one, tanh(at(IO), at(5)), tanh(at(IO), at(6))), 128);
});

const sequence = (register: number): LoopOptions["sequences"] => [[register, at(IO), 16]];
const taken: [what: string, words: number[], reason: RegExp][] = [
  ["the first is its outer loop's first", loop({ frame: 5 }, loop({ frame: 5 })), /cannot have register 5/],
  ["the first is its outer loop's second", loop({ frame: 5 }, loop({ frame: 6 })), /cannot have register 6/],
  [
    "the second is its outer loop's sequence",
    loop({ frame: 5, sequences: sequence(9) }, loop({ frame: 8 })),
    /cannot have register 9/,
  ],
  ["the second is its outer loop's first", loop({ frame: 9 }, loop({ frame: 8 })), /cannot have register 9/],
  [
    "the second is that of a loop two further out",
    loop({ frame: 12 }, loop({ frame: 5 }, loop({ frame: 11 }))),
    /cannot have register 12/,
  ],
  [
    "the second is a frame of a loop outside that has ended",
    [...loop({ frame: 9 }), ...loop({ frame: 5 }, loop({ frame: 8 }))],
    /cannot have register 9/,
  ],
  ["there is no second", loop({ frame: 31 }), /cannot have register 32/],
  ["it is none of loops", loop({ frame: 4 }), /cannot have register 4/],
  ["it is there for something else", loop({ frame: IO }), /cannot have register 3/],
  ["a sequence has its loop's first", loop({ frame: 5, sequences: sequence(5) }), /cannot have register 5/],
  ["a sequence has its loop's second", loop({ frame: 5, sequences: sequence(6) }), /cannot have register 6/],
  ["a sequence has one that no loop has", loop({ frame: 5, sequences: sequence(32) }), /cannot have register 32/],
  [
    "two sequences have one",
    loop({ frame: 5, sequences: [...sequence(9)!, ...sequence(9)!] }),
    /cannot have register 9/,
  ],
  [
    "a sequence has one of its outer loop's sequence",
    loop({ frame: 5, sequences: sequence(9) }, loop({ frame: 7, sequences: sequence(9) })),
    /cannot have register 9/,
  ],
  [
    "the body uses a frame of a loop that ended in another block",
    loop({ frame: 5 }, loop({ frame: 8 }, loop({ frame: 10 })), tanh(at(ACTIVATIONS), at(10))),
    /uses register 10, which points at nothing/,
  ],
  [
    "a sequence is used behind its loop",
    [...loop({ frame: 5, sequences: sequence(9) }), ...tanh(at(ACTIVATIONS), at(9))],
    /uses register 9, which points at nothing/,
  ],
];
for (const [what, words, reason] of taken) {
  registers(`refused where ${what}`, () => refuses(program(words), reason));
}
registers.run();

const loops = suite("verifier: loops");

loops("their sequences lie inside what they are slices of, to the last element", () => {
  const with_ = (steps: number, first: number, stride: number, register = IO): number[] =>
    program(loop({ frame: 5, steps, sequences: [[9, at(register, first), stride]] }, tanh(at(ACTIVATIONS), at(9))));
  accepts(with_(4, 0, 64), 128);
  accepts(with_(3, 16, 64), 128);
  refuses(with_(4, 1, 64), /reaches 260 bytes behind register 3, which has 256/);
  refuses(with_(5, 0, 64), /bytes behind register 3/);
  refuses(with_(2, 0, 6), /has elements of 6 bytes/);
  accepts(with_(FEW, 0, 4, PARAMETERS), 128);
  refuses(with_(FEW + 1, 0, 4, PARAMETERS), /bytes behind register 0/);
});

loops("a slice is as long as the step, and is read only where its sequence is", () => {
  const body = (...words: number[][]): number[] =>
    program(loop({ frame: 5, sequences: [[9, at(IO), 16]] }, ...words), loop({ frame: 7, steps: 1 }));
  accepts(body(tanh(at(9), at(9), 4)), 128);
  refuses(body(tanh(at(9), at(9), 5)), /reaches 20 bytes behind register 9, which has 16/);
  const ofParameters = (y: number): number[] =>
    program(loop({ frame: 5, sequences: [[9, at(PARAMETERS), 8]] }, tanh(y, at(9), 2)));
  accepts(ofParameters(at(ACTIVATIONS)), 128);
  refuses(ofParameters(at(9)), /writes to register 9, which is to be read/);
});

loops("their frames are as large as they say, both of them", () => {
  const body = (y: number, x: number): number[] => program(loop({ frame: 5, bytes: 16 }, tanh(y, x, 4)));
  accepts(body(at(5), at(6)), 32);
  refuses(body(at(5, 1), at(6)), /behind register 5/);
  refuses(body(at(5), at(6, 1)), /behind register 6/);
});

loops("flags that end them are read inside", () => {
  const halting = (operand: number, size: number): number[] =>
    program(loop({ frame: 5, bytes: 16, halted: [operand, size] }));
  accepts(halting(at(5), 4), 32);
  refuses(halting(at(5), 5), /behind register 5/);
  refuses(halting(at(5), 0), /has the size 0/);
  accepts(program(loop({ frame: 5, halted: [at(9), 4], sequences: [[9, at(IO), 16]] })), 128);
});

loops("a record is two words, which can be written", () => {
  accepts(program(loop({ frame: 5, record: at(ACTIVATIONS, MANY - 2) })), 128);
  refuses(program(loop({ frame: 5, record: at(ACTIVATIONS, MANY - 1) })), /behind register 2/);
  refuses(program(loop({ frame: 5, record: at(PARAMETERS) })), /writes to register 0/);
  refuses(program(loop({ frame: 5, record: at(5) })), /uses register 5/);
});

loops("a record that was inside a frame is looked at again where a loop takes that frame's register", () => {
  const second = (element: number): number[] =>
    program(loop({ frame: 5, bytes: 64 }), loop({ frame: 5, bytes: 16, record: at(5, element) }));
  accepts(second(2), 128);
  refuses(second(3), /reaches 20 bytes behind register 5, which has 16/);
});

loops("what is between entering one and its body are kernels", () => {
  accepts(program(loop({ frame: 5, prologue: tanh(at(6), at(PARAMETERS)) })), 128);
  refuses(program(loop({ frame: 5, prologue: loop({ frame: 8 }) })), /enters a loop where none can be/);
  const [enter] = [loop({ frame: 5 }).slice(0, 6)];
  refuses([...enter, ...end], /ends a block that has entered a loop/);
  refuses(program(loop({ frame: 5 }).slice(6)), /is a loop that nothing entered/);
});

loops("they go on with what was entered, word for word", () => {
  for (const [word, value] of [
    [1, at(ACTIVATIONS, 2)],
    [2, 6],
    [3, 32],
    [4, 3],
    [5, 1],
  ] as const) {
    refuses(program(loop({ frame: 5, again: [[word, value]] })), /another loop than the one that was entered/);
  }
  refuses(program(loop({ frame: 5, keep: 1 })), /keeps all frames/);
  refuses(program(loop({ frame: 5, steps: 0 })), /has the size 0/);
});

loops("a body ends where its loop says", () => {
  const body = tanh(at(5), at(6));
  const length = body.length + 1;
  refuses(program(loop({ frame: 5, again: [[9, length + 9]] }, body)), /body that is longer than what there is/);
  refuses(program(loop({ frame: 5, again: [[9, length - 1]] }, body)), /is missing/);
  refuses(program(loop({ frame: 5, again: [[9, length + 1]] }, body)), /body that ends too soon/);
  refuses(program(loop({ frame: 5, again: [[10, 1]] }, body)), /has not the words that it must have/);
});
loops.run();

const forks = suite("verifier: forks");
const copy = tanh(at(ACTIVATIONS), at(PARAMETERS));

forks("their branches are kernels, one behind the other", () => {
  accepts(program(fork(copy), fork(copy, [...copy, ...copy]), copy));
  refuses(program(fork(copy, loop({ frame: 5 }))), /is none that a branch can have/);
  refuses(program(fork(copy, fork(copy))), /is none that a branch can have/);
  refuses(program(fork(copy, instruction(Opcode.adam, 0))), /is none that a branch can have/);
  refuses(program(fork(copy, tanh(at(PARAMETERS), at(PARAMETERS)))), /writes to register 0/);
});

forks("their branches begin and end where they say", () => {
  const with_ = (word: number, by: number): number[] => {
    const words = program(fork(copy, copy), copy);
    words[word]! += by;
    return words;
  };
  accepts(with_(1, 0));
  refuses(with_(1, 100), /branches that are longer than what there is/);
  refuses(with_(1, 1), /branches that end too soon/);
  refuses(with_(1, -1), /is missing/);
  refuses(with_(2, 1), /has not the words that it must have/);
  refuses(with_(3, 1), /has a branch that begins somewhere else/);
  refuses(with_(4, 4), /has a branch that begins somewhere else/);
  refuses(with_(4, -5), /has a branch that begins somewhere else/);
  refuses(program(instruction(Opcode.fork, 0, 0)), /has not the words that it must have/);
});
forks.run();

const words = suite("verifier: words");

words("sizes count from 1, or 0 where a kernel says so, to what an operand reaches", () => {
  const huge = { bytes: 4 * REACH, writable: true };
  const most = { spans: [, , huge] };
  accepts(program(tanh(at(ACTIVATIONS), at(ACTIVATIONS), REACH)), 0, most);
  refuses(program(tanh(at(ACTIVATIONS), at(ACTIVATIONS), REACH + 1)), /must have one from 1 to 134217728/, most);
  refuses(program(tanh(at(ACTIVATIONS), at(ACTIVATIONS), 0)), /has the size 0/);
  // inner, y's and x's stride, y's and x's offset, groups
  const blocks = (...sizes: number[]): number[] =>
    program(instruction(Opcode.copyBlocks, at(ACTIVATIONS), at(PARAMETERS), ...sizes));
  accepts(blocks(1, 2, 1, 0, 0, FEW));
  accepts(blocks(1, 1, 1, MANY - FEW, 0, FEW));
  refuses(blocks(1, 1, 1, MANY - FEW + 1, 0, FEW), /behind register 2/);
  refuses(blocks(1, 1, 1, 0, 1, FEW), /behind register 0/);
  refuses(blocks(2, 1, 2, 0, 0, 1), /sizes that its kernel cannot take/);
  refuses(blocks(2, 2, 1, 0, 0, 1), /sizes that its kernel cannot take/);
});

words("rows of a product are whole matrices, and it adds or does not", () => {
  // m, k, n, accumulate, rows of all matrices
  const product = (m: number, accumulate: number, rows: number): number[] =>
    program(instruction(Opcode.matmul, at(ACTIVATIONS), at(IO), at(IO), m, 1, 1, accumulate, rows));
  accepts(product(2, 0, 6));
  accepts(product(2, 1, 2));
  refuses(product(2, 0, 5), /sizes that its kernel cannot take/);
  refuses(product(2, 0, 1), /sizes that its kernel cannot take/);
  refuses(product(2, 2, 2), /sizes that its kernel cannot take/);
});

words("what a number chooses among is no more than numbers can count", () => {
  const huge = { bytes: 4 * REACH, writable: true };
  const all = { spans: [huge, , huge, huge] };
  const most = 2 ** 24;
  const gather = (rows: number): number[] =>
    program(instruction(Opcode.gatherForward, at(ACTIVATIONS), at(PARAMETERS), at(IO), rows, 1, 1));
  const reverse = (time: number): number[] =>
    program(instruction(Opcode.reverseSequenceForward, at(ACTIVATIONS), at(IO), at(IO), 1, 1, time));
  for (const make of [gather, reverse]) {
    accepts(make(most), 0, all);
    refuses(make(most + 1), /sizes that its kernel cannot take/, all);
  }
});

words("every operand lies inside, what is written and what is read", () => {
  accepts(program(tanh(at(ACTIVATIONS, MANY - FEW), at(PARAMETERS), FEW)));
  refuses(program(tanh(at(ACTIVATIONS, MANY - FEW + 1), at(PARAMETERS), FEW)), /reaches 260 bytes behind register 2/);
  refuses(program(tanh(at(ACTIVATIONS), at(PARAMETERS, 1), FEW)), /reaches 20 bytes behind register 0/);
  refuses(program(tanh(at(ACTIVATIONS), at(1))), /uses register 1/);
});

words("an instruction has its operands, sizes and scalars, no more and no less", () => {
  const [y, x] = [at(ACTIVATIONS), at(PARAMETERS)];
  for (const rest of [[], [1], [y, 1], [y, x, x, 1]]) {
    refuses(program(instruction(Opcode.tanhForward, ...rest)), /has not the words that it must have/);
  }
  refuses(program([Opcode.tanhForward]), /is longer than what there is/);
  refuses([(Opcode.end | (2 << 16)) >>> 0, 0], /has not the words that it must have/);
  refuses(tanh(y, x), /is missing/);
  refuses(program(instruction(0xfff as Opcode, y, x)), /is none that a compiled model has/);
});

words("only a session turns frames, and only its own", () => {
  const turn = program(instruction(Opcode.scanTurn, 5));
  accepts(turn, 0, { turning: 5 });
  refuses(turn, /turns frames that are not a session's/, { turning: 7 });
  refuses(turn, /turns frames that are not a session's/);
});

words("each of several entries ends where the next begins", () => {
  const two = [...program(copy), ...program(copy, copy)];
  const second = copy.length + 1;
  accepts(two, 0, { entries: [0, second] });
  refuses(two, /ends before its words do/);
  refuses(two, /is missing/, { entries: [0, copy.length] });
  const loops = [...program(loop({ frame: 5 })), ...program(tanh(at(ACTIVATIONS), at(5)))];
  refuses(loops, /uses register 5/, { entries: [0, program(loop({ frame: 5 })).length] });
});
words.run();
