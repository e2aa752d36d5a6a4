import { expectValue, whole } from "../../common/options.js";
import { NeuralProgrammerInterpreter } from "./neuralProgrammerInterpreter.js";

/**
 * The same model with more programs, behind those it has, whose rows alone are trained: section 4.3 of Reed & de Freitas
 * 2016, arXiv:1511.06279. All else is as it was, and stays so.
 *
 * @throws RangeError when there is no program to add.
 * @example
 * const larger = withPrograms(sorting, 2, { seed: 1 }); // rows for MAX and RJMP
 * for await (const { step } of train(engine, larger, taskWithMax)) if (step === 1000) break;
 */
export function withPrograms(
  model: NeuralProgrammerInterpreter,
  count: number,
  { seed = model.options.seed }: { seed?: number } = {},
): NeuralProgrammerInterpreter {
  expectValue("withPrograms: count", count, whole(1));
  const { inputSize, outputSize, programs, ...sizes } = model.options;
  const larger = new NeuralProgrammerInterpreter({
    ...sizes,
    inputSize: inputSize + count,
    outputSize: outputSize + count,
    programs: programs + count,
    frozen: programs,
    seed,
  });
  const values = larger.parameters.values.slice();
  const before = new Map(model.namedParameters());
  for (const [path, { offset }] of larger.namedParameters()) {
    const { offset: from, size } = before.get(path)!;
    values.set(model.parameters.values.subarray(from, from + size), offset); // new rows are behind the old ones
  }
  larger.parameters.set(values);
  return larger;
}
