/** Programs of environments: the interpreter with cores that are tables or teachers, and tasks of their traces. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import {
  additionEnvironment,
  additionProgramsTask,
  sumOnPad,
} from "../../bindings/systems/neuralProgrammerInterpreter/addition.js";
import type { Core } from "../../bindings/systems/neuralProgrammerInterpreter/core.js";
import {
  defineEnvironment,
  type Call,
  type Environment,
} from "../../bindings/systems/neuralProgrammerInterpreter/environment.js";
import { FrameSet, TeacherError, traceFrames } from "../../bindings/systems/neuralProgrammerInterpreter/frames.js";
import { interpret } from "../../bindings/systems/neuralProgrammerInterpreter/interpret.js";
import { InterpreterError } from "../../bindings/systems/neuralProgrammerInterpreter/interpreterError.js";
import { CallLayout } from "../../bindings/systems/neuralProgrammerInterpreter/layout.js";
import { programTask } from "../../bindings/systems/neuralProgrammerInterpreter/programTask.js";
import { sortingEnvironment, sortingProgramsTask } from "../../bindings/systems/neuralProgrammerInterpreter/sorting.js";
import { teacherCore } from "../../bindings/systems/neuralProgrammerInterpreter/teacher.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import { thrownBy } from "../support/thrown.js";

type Row = readonly [call: Call | undefined, returns: boolean];

/** A core that is a table: what each program does at each of its steps, by what it observes. */
const tableCore = (table: Readonly<Record<string, (step: number, observation: string) => Row>>): Core<unknown> => ({
  enter([name]) {
    let step = 0;
    return {
      decide(observation) {
        const [call, returns] = table[name]!(step++, Array.from(observation).join(""));
        return { call, returns };
      },
    };
  },
});

const digitAt = (observation: string, row: number): number => observation.indexOf("1", 11 * row) - 11 * row - 1;
const isBlank = (o: string): boolean => [0, 1, 2].every((row) => digitAt(o, row) < 0);
const columnSum = (o: string): number => [0, 1, 2].reduce((sum, row) => sum + Math.max(0, digitAt(o, row)), 0);

/** Addition as a table of what its programs do, which knows nothing of the teacher. */
const ADDITION = {
  ADD1: (step: number, o: string): Row => {
    if (step) return [["CARRY"], true];
    return [["WRITE", 3, columnSum(o) % 10], columnSum(o) < 10];
  },
  CARRY: (step: number): Row =>
    (
      [
        [["LEFT", 2], false],
        [["WRITE", 2, 1], false],
        [["RIGHT", 2], true],
      ] as const
    )[step]!,
  LSHIFT: (step: number): Row => [["LEFT", step], step === 3],
};
const LOOPING = {
  ...ADDITION,
  ADD: (step: number, o: string): Row =>
    step % 2 ? [["LSHIFT"], false] : isBlank(o) ? [undefined, true] : [["ADD1"], false],
};
const RECURSIVE = {
  ...ADDITION,
  ADD: (step: number, o: string): Row =>
    step === 2 ? [["ADD"], true] : step ? [["LSHIFT"], false] : isBlank(o) ? [undefined, true] : [["ADD1"], false],
};

const interpreting = suite("interpret");

interpreting("with a table as its core, it adds by loops and by recursion, as the teacher does", () => {
  const random = new Random(3);
  for (const recursive of [false, true]) {
    const environment = additionEnvironment(recursive);
    for (const length of [1, 2, 3, 7, 20]) {
      const [a, b] = environment.draw(random, length);
      const traces = [tableCore(recursive ? RECURSIVE : LOOPING), teacherCore(environment)].map((core) => {
        const calls: string[] = [];
        const { state, steps, acts, depth } = interpret(core, environment, environment.start([a, b]), {
          onCall: ({ call, level, isAct, isLast }) => calls.push(JSON.stringify([call, level, isAct, isLast])),
        });
        assert.is(sumOnPad(state), String(BigInt(a) + BigInt(b)));
        assert.is(depth, 2);
        return { calls, steps, acts };
      });
      assert.equal(traces[0], traces[1]);
    }
  }
});

interpreting("96 + 125 has the paper's calls", () => {
  const environment = additionEnvironment();
  const calls: string[] = [];
  interpret(teacherCore(environment), environment, environment.start(["96", "125"]), {
    onCall: ({ call, level }) => calls.push("  ".repeat(level) + environment.show!(call)),
  });
  const shift = ["  LSHIFT", ...["IN1", "IN2", "CARRY", "OUT"].map((row) => `    LEFT(${row})`)];
  const carry = ["    CARRY", "      LEFT(CARRY)", "      WRITE(CARRY, 1)", "      RIGHT(CARRY)"];
  assert.equal(calls, [
    "ADD",
    ...["  ADD1", "    WRITE(OUT, 1)", ...carry, ...shift],
    ...["  ADD1", "    WRITE(OUT, 2)", ...carry, ...shift],
    ...["  ADD1", "    WRITE(OUT, 2)", ...shift],
  ]);
});

interpreting("the teacher sorts by loops and by recursion, and finds the largest", () => {
  const random = new Random(4);
  for (const recursive of [false, true]) {
    for (const view of ["comparison", "digits"] as const) {
      const environment = sortingEnvironment({ recursive, view });
      for (const length of [1, 2, 3, 9]) {
        const values = environment.draw(random, length);
        const sorted = [...values].sort((a, b) => a - b);
        const core = teacherCore(environment);
        assert.equal(interpret(core, environment, environment.start(values)).state.values, sorted);
        const { state } = interpret(core, environment, environment.start(values), { call: ["MAX"] });
        assert.is(state.values[state.pointers[0]!], sorted.at(-1));
      }
    }
  }
});

interpreting("5,000 digits need no deeper stack than two, of the host neither", () => {
  const environment = additionEnvironment(true);
  const [a, b] = ["9".repeat(5000), "1"];
  const { state, depth, steps } = interpret(tableCore(RECURSIVE), environment, environment.start([a, b]));
  assert.is(sumOnPad(state), `1${"0".repeat(5000)}`);
  assert.equal({ depth, steps }, { depth: 2, steps: 5000 * 12 + 9 });
});

/** A program that calls itself, in front of its end or with it, or that goes on for ever. */
const endless: Environment<object, number> = {
  name: "endless",
  observationSize: 1,
  argumentSizes: [3],
  start: () => ({}),
  observe: () => [0],
  acts: {
    NOTHING: () => undefined,
    FAIL() {
      throw new RangeError("it cannot be done");
    },
  },
  takes: { GIVEN: 1 },
  programs: {
    *DEEPER() {
      yield ["DEEPER"];
    },
    *AGAIN() {
      return ["AGAIN"];
    },
    *FOREVER() {
      while (true) yield ["NOTHING"];
    },
    *FAILING() {
      yield ["FAIL"];
    },
    *GIVEN(_, value) {
      if (value) return ["GIVEN", value - 1];
      return ["NOTHING"];
    },
    *WRONG() {
      yield ["GIVEN", 3];
    },
    *UNKNOWN() {
      yield ["toString"];
    },
  },
  draw: (_, length) => length,
};

interpreting("steps, depth and acts that are impossible end it with an error of its own", () => {
  const run = (name: string, options: object = {}): InterpreterError => {
    const error = thrownBy(() => interpret(teacherCore(endless), endless, {}, { call: [name], ...options }));
    assert.instance(error, InterpreterError);
    return error as InterpreterError;
  };
  const deeper = run("DEEPER");
  assert.is(deeper.message, "endless, step 1000: 1000 calls are open, and there may be no more");
  assert.equal([deeper.reason, deeper.steps, deeper.depth], ["depth", 1000, 1000]);
  for (const name of ["AGAIN", "FOREVER"]) {
    const error = run(name, { maxSteps: 500 });
    assert.equal([error.reason, error.steps, error.depth], ["steps", 500, 1]);
  }
  const failing = run("FAILING");
  assert.is(failing.message, "endless, step 1: FAIL is impossible: it cannot be done");
  assert.is(failing.reason, "act");
  assert.instance(failing.cause, RangeError);
});

interpreting("arguments reach programs, and calls that are none are refused", () => {
  const run = (call: Call): unknown => interpret(teacherCore(endless), endless, {}, { call });
  assert.equal(run(["GIVEN", 2]), { state: {}, steps: 3, acts: 1, depth: 1 });
  const error = (call: Call): Error => thrownBy(() => run(call));
  assert.is(error(["GIVEN"]).message, "interpret: GIVEN is no call of GIVEN, which takes 0 to 2");
  assert.is(error(["GIVEN", 3]).message, "interpret: GIVEN(3) is no call of GIVEN, which takes 0 to 2");
  assert.is(error(["AGAIN", 1]).message, "interpret: AGAIN(1) is no call of AGAIN, which takes no arguments");
  assert.match(error(["NONE"]).message, "interpret: endless has nothing that is called NONE; it has DEEPER, ");
  assert.is(error(["NOTHING"]).message, "interpret: NOTHING is an act, and must be a program");
  assert.is(error(["WRONG"]).message, "WRONG of endless: GIVEN(3) is no call of GIVEN, which takes 0 to 2");
  assert.match(error(["UNKNOWN"]).message, "UNKNOWN of endless: endless has nothing that is called toString");
});
interpreting.run();

const tasks = suite("tasks of programs");

tasks("decisions are what targets and logits say", () => {
  const layout = new CallLayout(additionEnvironment());
  assert.equal(layout.programs, ["ADD", "ADD1", "CARRY", "LSHIFT"]);
  assert.equal(layout.targetOf({ call: ["WRITE", 3, 7], returns: true }), [1, 1, 2, 3, 7]);
  assert.equal(layout.targetOf({ call: ["LEFT", 2], returns: false }), [0, 1, 0, 2, -1]);
  assert.equal(layout.targetOf({ call: ["CARRY"], returns: true }), [1, 4, -1, -1, -1]);
  assert.equal(layout.targetOf({ returns: true }), [1, 0, -1, -1, -1]);
  for (const [call, returns] of [
    [["WRITE", 3, 7], true],
    [["LEFT", 2], false],
    [["CARRY"], true],
    [undefined, true],
  ] as const) {
    const [end, program, ...args] = layout.targetOf({ call, returns });
    const logits = new Float32Array(layout.outputSize);
    logits[0] = end! - 0.5;
    logits[1 + program!] = 1;
    args.forEach((value, i) => value >= 0 && (logits[1 + layout.rows + layout.begins[i]! + value] = 1));
    assert.equal(layout.decisionOf(logits), call ? { call, returns } : { returns });
  }
});

tasks("frames that are alike are learned once, and batches have only these", () => {
  const task = sortingProgramsTask({ recursive: true, problems: 100, minLength: 2, maxLength: 2 });
  const set = task.frames();
  assert.equal(Object.fromEntries([...set.frames].map(([name, frames]) => [name, frames.length])), {
    BUBBLESORT: 3,
    BUBBLE: 2,
    BSTEP: 3,
    COMPSWAP: 2,
    RSHIFT: 1,
    RESET: 1,
    LSHIFT: 3,
  });
  const batch = new Batch(sequenceLayout(task));
  task.generate(new Random(1), 200, batch, { step: 1 });
  const keyOf = (sequence: number): string => {
    const steps = Array.from({ length: batch.lengths[sequence]! }, (_, step) => {
      const [x, y] = [batch.inputAt(step, sequence), batch.targetAt(step, sequence)];
      return [...batch.inputs.slice(x, x + task.inputSize), ...batch.targets.slice(y, y + task.targetSize)].join();
    });
    return steps.join(";");
  };
  assert.is(new Set(Array.from({ length: 200 }, (_, i) => keyOf(i))).size, 15);
});

tasks("problems of recursive addition are dealt so that 200 have every column with every carry", () => {
  for (let seed = 1; seed <= 12; ++seed) {
    const task = additionProgramsTask({ recursive: true, problems: 200, minLength: 3, maxLength: 3, seed });
    const columns = task.frames().frames.get("ADD1")!;
    // 100 pairs and 10 digits over, of either number, with and without a carry, and a carry alone.
    assert.is(columns.length, 241, String(seed));
  }
});

tasks("the same options and seed make the same frames, and other seeds others", () => {
  const inputs = (options: object, length?: number): Float32Array => {
    const task = additionProgramsTask({ problems: 8, maxLength: 4, ...options });
    const batch = new Batch(sequenceLayout(task));
    task.generate(new Random(1), 6, batch, length === undefined ? { step: 1 } : { length });
    return batch.inputs.slice();
  };
  assert.equal(inputs({ seed: 1 }), inputs({ seed: 1 }));
  assert.not.equal(inputs({ seed: 1 }), inputs({ seed: 2 }));
  assert.equal(inputs({ seed: 1 }, 9), inputs({ seed: 2 }, 9), "what is evaluated on is fresh");
});

tasks("a teacher that contradicts what it did before is refused", () => {
  let calls = 0;
  const fickle: Environment<object, number> = {
    ...endless,
    name: "fickle",
    programs: {
      *MAIN() {
        return ++calls % 2 ? ["NOTHING"] : undefined;
      },
    },
    takes: {},
  };
  const task = programTask(fickle, { problems: 2 });
  const error = thrownBy(() => task.frames());
  assert.instance(error, TeacherError);
  assert.match(error.message, "MAIN of fickle does ; and NOTHING; at step 1 after the same observations");
  const set = new FrameSet(endless);
  traceFrames(endless, 1, ["GIVEN", 2], (frame) => set.add(frame));
  assert.is(set.steps, 3);
});

tasks("an environment that is none is refused, by what is wrong with it", () => {
  const error = (changed: object): string => thrownBy(() => defineEnvironment({ ...endless, ...changed })).message;
  assert.is(defineEnvironment(endless), endless);
  assert.match(error({ observationSize: 0 }), "endless: observationSize is 0, and must be a whole number from 1");
  assert.match(error({ argumentSizes: [0.5] }), "endless: argument 1 is 0.5");
  assert.match(error({ programs: {} }), "endless has no programs, and must have at least one");
  assert.match(error({ acts: { AGAIN: () => undefined } }), "AGAIN is an act and a program");
  assert.match(error({ takes: { NOBODY: 1 } }), "NOBODY takes arguments, and is nowhere");
  assert.match(error({ takes: { AGAIN: 2 } }), "AGAIN takes 2 arguments, and there are 1");
  assert.throws(() => additionProgramsTask({ minLength: 3, maxLength: 2 }), /minLength is 3, and must be at most/);
  assert.throws(() => sortingProgramsTask({ view: "none" as never }), /view is "none", and must be /);
});
tasks.run();
