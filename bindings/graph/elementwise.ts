import type { Opcode } from "../../assembly/generated/opcodes.js";
import { defineOp, type AnyDefinition, type Arguments } from "./op.js";
import { expectShape, sizeOf } from "./shape.js";
import type { Tensor } from "./tensor.js";

/** Tensors of an op's forward pass. */
interface Values {
  readonly x: readonly Tensor[];
  readonly y: Tensor;
}

/** An op on tensors of one shape, element by element. `needs` is what its derivative reads beside dy. Default: nothing. */
export function defineElementwise<const Names extends readonly string[]>(
  name: string,
  inputs: Names,
  forward: Opcode,
  backward: Opcode,
  needs: (values: Values) => readonly Tensor[] = () => [],
): ((...args: Arguments<Names>) => Tensor) & { readonly definition: AnyDefinition } {
  return defineOp<readonly string[]>(name, {
    inputs,
    shape(x) {
      const { shape } = x[0]!;
      x.forEach((each, i) => expectShape(name, inputs[i]!, each.shape, shape));
      return shape;
    },
    forward({ emit }, y, reads) {
      emit(forward, { writes: [y], reads, sizes: [sizeOf(y.shape)] });
    },
    backward({ emit }, values, adds) {
      const { dy } = values;
      emit(backward, { adds, reads: [dy, ...needs(values)], sizes: [sizeOf(dy.shape)] });
    },
  }) as ReturnType<typeof defineElementwise<Names>>;
}
