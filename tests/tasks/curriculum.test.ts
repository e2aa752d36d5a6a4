/** Curricula that go by errors: what training hands them, what a checkpoint keeps, and what is drawn. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { train } from "../../bindings/core.js";
import { ReinforcementLearningNTM } from "../../bindings/systems/reinforcementLearningNTM/index.js";
import { tapeTask } from "../../bindings/systems/reinforcementLearningNTM/tapeTask.js";
import { ramTask } from "../../bindings/systems/neuralRandomAccessMachine/ramTask.js";
import { associativeRecallTask } from "../../bindings/tasks/associativeRecall.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { doublingLengths, drawRisen, risingLengths } from "../../bindings/tasks/curriculum.js";
import { testEngine } from "../support/engine.js";
import { rejectedBy, thrownBy } from "../support/thrown.js";

const curricula = suite("curricula by errors");
const engine = await testEngine();

const lengths = { minLength: 2, maxLength: 4, curriculum: 3, curriculumError: 0.5 };

curricula("a level ends after so many steps, and not before the recent error is low enough", () => {
  const { first, next } = risingLengths(lengths, "own", "error").curriculum!;
  const after = (errors: readonly number[], from = first): readonly number[] =>
    errors.reduce((progress, error) => next(progress, { error, other: 1 }), from);
  assert.equal(first, [2, 0, 1]);
  assert.is(after([0, 0, 0])[0], 2, "0.8³ is more than a half");
  assert.equal(after([0, 0, 0, 0]), [3, 0, 1]);
  assert.is(after([1, 1, 1, 1, 1, 1])[0], 2);
  assert.equal(after([1, 1, 1, 1, 0, 0, 0, 0]), [3, 0, 1]);
  assert.is(after(Array<number>(100).fill(0))[0], 4, "it stays at the longest");
  const steps = risingLengths({ ...lengths, curriculumError: 1 }, "own", "error").curriculum!;
  assert.equal(
    [1, 1, 1].reduce((progress, error) => steps.next(progress, { error }), steps.first),
    [3, 0, 1],
  );
  assert.equal(risingLengths({ ...lengths, curriculum: 0, curriculumError: 1 }, "own", "error"), {});
});

curricula("most sequences are of the level, or a little longer, and all lengths are seen", () => {
  const random = new Random(1);
  const counts = new Map<number, number>();
  for (let i = 0; i < 10_000; ++i) {
    const length = drawRisen(random, { minLength: 1, maxLength: 8 }, [4, 0, 1]);
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  const share = (length: number): number => counts.get(length)! / 10_000;
  // 0.1 / 8 of all lengths; of the rest a quarter up to 4 + e, and three quarters of 4 + e, where e = 0 in half.
  const upTo = [4, 5, 6, 7, 8].map((top, e) => [top, e < 4 ? 0.5 ** (e + 1) : 0.5 ** 4] as const);
  for (let length = 1; length <= 8; ++length) {
    const expected = upTo.reduce(
      (sum, [top, p]) => sum + 0.9 * p * ((length <= top ? 0.25 / top : 0) + (length === top ? 0.75 : 0)),
      0.1 / 8,
    );
    assert.ok(Math.abs(share(length) - expected) < 0.02, `${length}: ${share(length)}, expected ${expected}`);
  }
});

curricula("lengths double, to the longest, once the recent error is low enough", () => {
  const errorOf = ({ error }: Readonly<Record<string, number>>): number => error!;
  const doubling = (options: Partial<typeof lengths>) =>
    doublingLengths({ ...lengths, minLength: 3, maxLength: 20, ...options }, "own", errorOf).curriculum;
  const after = (steps: number, error: number, { first, next } = doubling({})!): readonly number[] =>
    Array.from({ length: steps }).reduce<readonly number[]>((progress) => next(progress, { error }), first);
  assert.equal(after(0, 0), [3, 0, 1]);
  assert.is(after(13, 0)[0], 3, "0.95¹³ is more than a half");
  assert.equal(after(14, 0), [6, 0, 1]);
  assert.is(after(500, 0.6)[0], 3);
  const any = doubling({ curriculumError: 1 })!;
  assert.equal(
    [2, 3, 5, 6, 8, 9, 100].map((steps) => after(steps, 1, any)[0]),
    [3, 6, 6, 12, 12, 20, 20],
  );
  assert.is(doubling({ curriculum: 0, curriculumError: 1 }), undefined);
});

curricula("recall has from the fewest items to those of the level, and all of them without one", () => {
  const task = associativeRecallTask({ bits: 2, itemLength: 1, minItems: 3, maxItems: 20, curriculum: 2 });
  const { curriculum, generate } = task;
  assert.equal(curriculum!.next([3, 1, 0], { bitError: 0 }), [6, 0, 1]);
  // Half of two bits are wrong: half of the error.
  assert.equal(curriculum!.next([3, 0, 1], { bitError: 1 }), [3, 1, 0.975]);
  const random = new Random(1);
  const batch = new Batch({ x: ["time", "batch", 4], targets: ["time", "batch", 2], mask: ["time", "batch"] });
  const items = (progress?: readonly number[]): Set<number> => {
    const seen = new Set<number>();
    for (let i = 0; i < 300; ++i) {
      generate(random, 1, batch, { progress });
      seen.add(batch.time / 2 - 2);
    }
    return seen;
  };
  assert.equal([...items([6, 0, 1])].sort(), [3, 4, 5, 6]);
  assert.is(items().size, 18);
});

const tiny = { symbols: 4, hiddenSize: 4, inputReach: 1, memoryReach: 1, memoryCells: 4, seed: 1 };
/** After step 4 there are longer sequences: 0.8⁴ of the first error is left, and at most 0.6 of the others is added. */
const rising = { symbols: 3, minLength: 1, maxLength: 3, curriculum: 4, curriculumError: 0.999, seed: 3 };

async function trained(stops: readonly number[], options: object = rising): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  for (const steps of [...stops, 10]) {
    const training = train(engine, new ReinforcementLearningNTM(tiny), tapeTask(options), {
      batch: 8,
      steps,
      ...(bytes && { resume: bytes }),
    });
    for await (const { loss } of training) assert.is(loss - loss, 0);
    bytes = training.checkpoint();
  }
  return bytes!;
}

const recordOf = (bytes: Uint8Array): { progress?: readonly number[] } => {
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + new DataView(bytes.buffer).getUint32(0, true)));
  return JSON.parse((JSON.parse(header) as { __metadata__: { training: string } }).__metadata__.training) as object;
};

curricula("stopped on either side of a rise and resumed, training has the bits of never stopped", async () => {
  const whole = await trained([]);
  assert.ok(recordOf(whole).progress![0]! > 1, "it never rose");
  for (const stops of [[1], [3], [4], [5], [4, 5]]) assert.equal(await trained(stops), whole, String(stops));
  const still = await trained([], { ...rising, curriculumError: 0.001 });
  assert.is(recordOf(still).progress![0], 1);
  assert.is(recordOf(await trained([], { ...rising, curriculum: 0, curriculumError: 1 })).progress, undefined);
});

curricula("a task of one's own has its own: it is handed the step's means, and hands on what it likes", async () => {
  const seen: (readonly number[])[] = [];
  const measured: (readonly string[])[] = [];
  const { curriculum: _, generate, ...task } = tapeTask({ ...rising, curriculum: 0, curriculumError: 1 });
  const own = {
    ...task,
    generate: ((random, count, batch, options = {}) => {
      seen.push(options.progress!);
      generate(random, count, batch, options.progress ? { length: options.progress[0]! } : {});
    }) as typeof generate,
    curriculum: {
      first: [1],
      next([length]: readonly number[], means: Readonly<Record<string, number>>) {
        measured.push(Object.keys(means));
        return [length! + means["sequenceError"]! * 0 + 1];
      },
    },
  };
  const training = train(engine, new ReinforcementLearningNTM(tiny), own, { batch: 8, steps: 3 });
  for await (const { step } of training) assert.is(step, seen.length);
  assert.equal(seen, [[1], [2], [3]]);
  assert.ok(measured[0]!.includes("sequenceError") && measured[0]!.includes("symbolError"));
  assert.equal(recordOf(training.checkpoint()).progress, [4]);
});

curricula("says what it did not understand", async () => {
  assert.match(thrownBy(() => ramTask({ curriculumError: 0 })).message, /curriculumError is 0, and must be/);
  for (const task of [tapeTask, ramTask, associativeRecallTask]) {
    assert.match(thrownBy(() => task({ curriculumError: 0.2 })).message, /curriculumError is 0.2.*give curriculum/);
  }
  assert.match(thrownBy(() => tapeTask({ curriculum: 1.5 })).message, /curriculum is 1.5, and must be/);
  const bytes = await trained([]);
  const other = train(engine, new ReinforcementLearningNTM(tiny), tapeTask({ ...rising, curriculum: 5 }), { batch: 8 });
  for await (const _ of other) break;
  const resumed = async (): Promise<void> => {
    const options = { batch: 8, steps: 12, resume: bytes };
    const training = train(engine, new ReinforcementLearningNTM(tiny), tapeTask({ ...rising, curriculum: 5 }), options);
    for await (const _ of training) break;
  };
  assert.match((await rejectedBy(resumed())).message, /Cannot resume: the checkpoint's task is/);
});

curricula.run();
