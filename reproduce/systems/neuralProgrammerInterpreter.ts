import { Random, type AnyTask } from "../../bindings/core.js";
import {
  interpret,
  InterpreterError,
  modelCore,
  NeuralProgrammerInterpreter,
  verifyPrograms,
  worldOf,
  type World,
} from "../../bindings/models.js";
import { teacherCore, type Call, type CallNames } from "../../bindings/tasks.js";
import type { ProgramTest } from "../../recipes/neuralProgrammerInterpreter.js";
import type { Examination, Measured, System } from "../system.js";
import { testTaskOf } from "../testTask.js";

type Examined = Examination<NeuralProgrammerInterpreter, ProgramTest>;

/** Problems of a test, where it does not say how many. */
const PROBLEMS = 100;

/** Whole problems, solved by the model's programs alone; or the proof that all are. */
export const system: System<NeuralProgrammerInterpreter, ProgramTest> = {
  className: NeuralProgrammerInterpreter.className,
  measure(of) {
    const task = testTaskOf(of);
    const world = worldOf(task);
    if (!world) throw new TypeError(`${task.name} has no problems to solve`);
    return of.test.proof ? proved(of, world) : solved(of, task, world);
  },
};

/** Step inputs that there can be, and mistakes among them. */
function proved({ engine, model, test: { call } }: Examined, world: World<unknown, unknown>): Measured {
  const problems = [...world.coverage!()];
  const { frames, steps, mistakes } = verifyPrograms(engine, model, world.environment, problems, callOf(call));
  return { problems: problems.length, frames, steps, mistakes };
}

const callOf = (call: string | undefined): Call | undefined => (call === undefined ? undefined : [call]);

/** Parts of the problems that are solved wrongly, and those without an end among them; steps of the core. */
function solved({ engine, model, test }: Examined, task: AnyTask, world: World<unknown, unknown>): Measured {
  const { length, sequences = PROBLEMS, seed = 1_000_000, call: name } = test;
  const { environment } = world;
  const { minLength, maxLength } = task.options as { readonly minLength: number; readonly maxLength: number };
  const random = new Random(seed, 1);
  const core = modelCore(engine, model, environment);
  const call = callOf(name) ?? [mainOf(environment)];
  let [wrong, unsolved, all] = [0, 0, 0];
  for (let i = 0; i < sequences; ++i) {
    const problem = environment.draw(random, length ?? random.integer(minLength, maxLength));
    const taught = interpret(teacherCore(environment), environment, environment.start(problem), { call });
    try {
      const maxSteps = 2 * taught.steps + 100;
      const { state, steps } = interpret(core, environment, environment.start(problem), { call, maxSteps });
      all += steps;
      if (world.answerOf(state, call) !== world.expectedOf(problem, call)) ++wrong;
    } catch (error) {
      if (!(error instanceof InterpreterError)) throw error;
      ++unsolved;
      ++wrong;
    }
  }
  return { problemError: wrong / sequences, unsolved: unsolved / sequences, steps: all / sequences };
}

const mainOf = ({ programs }: CallNames): string => Object.keys(programs)[0]!;
