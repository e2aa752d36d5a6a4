import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import { parseTape, textOf } from "../../bindings/systems/reinforcementLearningNTM/tapeText.js";
import { tapeTask, type TapeTaskOptions } from "../../bindings/systems/reinforcementLearningNTM/tapeTask.js";
import { Batch } from "../../bindings/tasks/batch.js";
import type { GenerateOptions } from "../../bindings/tasks/task.js";
import { thrownBy } from "../support/thrown.js";

interface Drawn {
  readonly input: readonly number[];
  readonly target: readonly number[];
  readonly time: number;
}

function drawn(options: TapeTaskOptions, count: number, generate: GenerateOptions = {}): Drawn[] {
  const batch = new Batch(sequenceLayout({ inputSize: 1, targetSize: 1 }));
  tapeTask(options).generate(new Random(5), count, batch, generate);
  const { time } = batch;
  return Array.from({ length: count }, (_, row) => {
    const column = (of: Float32Array): number[] => Array.from({ length: time }, (_, t) => of[t * count + row]!);
    const input = column(batch.inputs);
    const due = column(batch.mask);
    const last = input.findLastIndex((symbol) => symbol > 0);
    return { input: input.slice(0, last + 1), target: column(batch.targets).filter((_, t) => due[t]), time };
  });
}

const checked = (options: TapeTaskOptions): Required<TapeTaskOptions> =>
  tapeTask(options).options as unknown as Required<TapeTaskOptions>;

const tapes = suite("tapeTask");
tapes("puts out what the transformation says, and then the end", () => {
  for (const { input, target } of drawn({ transformation: "copy" }, 50)) assert.equal(target, [...input, 0]);
  for (const { input, target } of drawn({ transformation: "reverse" }, 50)) {
    assert.equal(target, [...input.toReversed(), 0]);
  }
  for (const { input, target } of drawn({ transformation: "duplicated-input" }, 50)) {
    assert.equal(
      input,
      target.slice(0, -1).flatMap((symbol) => [symbol, symbol, symbol]),
    );
  }
  const counts = new Set<number>();
  for (const { input, target } of drawn({ transformation: "repeat-copy" }, 50)) {
    const [repeats, ...once] = input;
    counts.add(repeats!);
    assert.equal(target, [...Array.from({ length: repeats! }, () => once).flat(), 0]);
  }
  assert.equal([...counts].sort(), [2, 3]);
});

tapes("lengths are from the least to the most, or what is asked for, and symbols from 1 up", () => {
  const all = drawn({ minLength: 2, maxLength: 4, symbols: 3 }, 200);
  assert.equal([...new Set(all.map(({ input }) => input.length))].sort(), [2, 3, 4]);
  assert.equal([...new Set(all.flatMap(({ input }) => input))].sort(), [1, 2, 3]);
  for (const { input } of drawn({}, 20, { length: 9 })) assert.is(input.length, 9);
  for (const { input } of drawn({ transformation: "repeat-copy" }, 20, { length: 2, repeats: 5 })) {
    assert.equal([input[0], input.length], [5, 3]);
  }
});

tapes("there are steps enough to read the tape and put all out", () => {
  for (const transformation of ["copy", "duplicated-input", "reverse", "repeat-copy"] as const) {
    for (const { input, target, time } of drawn({ transformation, maxLength: 6 }, 30)) {
      const walk = transformation === "reverse" ? 2 * input.length : input.length;
      assert.ok(time >= Math.max(walk, target.length), `${transformation}: ${time} steps`);
    }
  }
});

tapes("a curriculum begins with the shortest and ends with all", () => {
  const task = { minLength: 1, maxLength: 6, curriculum: 100 };
  const mean = (level: number): number => {
    const all = drawn(task, 2_000, { progress: [level, 0, 1] });
    return all.reduce((sum, { input }) => sum + input.length, 0) / all.length;
  };
  const [first, fourth, last] = [mean(1), mean(4), mean(6)];
  assert.ok(first < 2.3 && first < fourth - 1 && fourth < last - 0.5, `${first}, ${fourth}, ${last}`);
  assert.ok(drawn(task, 500, { progress: [1, 0, 1] }).some(({ input }) => input.length === 6));
});

tapes("a text is a tape: letters together or apart, repeats in front", () => {
  assert.equal(parseTape(" c ab\n", checked({})), { input: [3, 1, 2], target: [3, 1, 2, 0] });
  assert.equal(parseTape("cab", checked({ transformation: "reverse" })).target, [2, 1, 3, 0]);
  assert.equal(parseTape("aaabbb", checked({ transformation: "duplicated-input" })).target, [1, 2, 0]);
  assert.equal(parseTape("3 ab", checked({ transformation: "repeat-copy" })).target, [1, 2, 1, 2, 1, 2, 0]);
  assert.equal(parseTape("30 2", checked({ symbols: 40 })).input, [30, 2]);
  assert.is(textOf([3, 1, 0], 7), "ca·");
  assert.is(textOf([3, 31], 40), "3 31");
});

tapes("says what it did not understand", () => {
  const said = (text: string, options: TapeTaskOptions = {}): string =>
    thrownBy(() => parseTape(text, checked(options))).message;
  assert.match(said(""), /nothing on the tape.*from a to g, such as "cab"/);
  assert.match(said("cax"), /"x" is no symbol of this machine, which knows symbols from a to g/);
  assert.match(said("CAB"), /"C" is no symbol/);
  assert.match(said("3 ab"), /"3" is no symbol/);
  assert.match(said("aaabb", { transformation: "duplicated-input" }), /three times.*"cccaaabbb"/);
  assert.match(said("aaabba", { transformation: "duplicated-input" }), /three times/);
  assert.match(said("ab", { transformation: "repeat-copy" }), /how often.*"2 cab"/);
  assert.match(said("1 ab", { transformation: "repeat-copy" }), /from 2 to 7/);
  assert.match(said("9 ab", { transformation: "repeat-copy" }), /from 2 to 7/);
  assert.match(said("41", { symbols: 40 }), /"41" is no symbol/);
  assert.match(said("3 x", { symbols: 40 }), /"x" is no symbol/);
  assert.match(thrownBy(() => tapeTask({ minLength: 6, maxLength: 5 })).message, /minLength is 6/);
  assert.match(thrownBy(() => tapeTask({ repeats: 3 })).message, /repeats are 3.*nothing is repeated by copy/);
  const once = { transformation: "repeat-copy", repeats: 1 } as const;
  assert.match(thrownBy(() => tapeTask(once)).message, /repeats are 1, and must be 2 or more/);
  assert.match(
    thrownBy(() => tapeTask({ transformation: "repeat-copy", symbols: 2 })).message,
    /repeats are 3.*symbols, 2/,
  );
});
tapes.run();
