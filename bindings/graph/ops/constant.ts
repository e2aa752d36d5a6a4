import { Opcode } from "../../../assembly/generated/opcodes.js";
import type { Graph } from "../graph.js";
import { recordIn, type AnyDefinition } from "../op.js";
import { sizeOf, type Shape } from "../shape.js";
import type { Tensor } from "../tensor.js";

interface ConstantAttributes {
  shape: Shape;
  value: number;
}

const definition: AnyDefinition = {
  name: "constant",
  shapes: (_, attributes) => [(attributes as ConstantAttributes).shape],
  saves: () => [],
  forward({ emit, attributes }, [y]) {
    const { shape, value } = attributes as ConstantAttributes;
    emit(Opcode.fill, { writes: [y!], sizes: [sizeOf(shape)], scalars: [value] });
  },
};

/** One value everywhere, of any shape. */
export const constant = /* @__PURE__ */ Object.assign(
  (graph: Graph, shape: Shape, value: number): Tensor => recordIn(graph, definition, [], { shape, value })[0]!,
  { definition },
);
