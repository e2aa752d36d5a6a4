import type { Engine } from "../bindings/engine/engine.js";
import { Random } from "../bindings/common/random/philox.js";
import { constant, gather, linear, matmul, productTopK, softmax } from "../bindings/graph/ops/index.js";
import type { Parameter } from "../bindings/graph/parameter.js";
import { reshape } from "../bindings/graph/reshape.js";
import type { Tensor } from "../bindings/graph/tensor.js";
import { zeros } from "../bindings/layers/initializers.js";
import { Linear } from "../bindings/layers/linear.js";
import { ProductKeyMemory } from "../bindings/layers/productKeyMemory.js";
import { RecurrentModel } from "../bindings/models/recurrentModel.js";
import { array } from "../tests/support/array.js";
import { close } from "../tests/support/close.js";
import { repeated, type Benchmark, type Contest } from "./contest.js";

/** A head of the paper's sizes. */
const sizes = { inputSize: 64, width: 64, keys: 512, heads: 1, count: 32, keySize: 128 } as const;
const VALUES = sizes.keys ** 2;

/** A lookup with nothing around it. */
abstract class Lookup extends RecurrentModel<Record<string, never>> {
  readonly name = "Lookup";
  readonly options = { inputSize: sizes.inputSize, outputSize: sizes.width, seed: 1 };

  override initialState(): Record<string, never> {
    return {};
  }

  override step(x: Tensor): [y: Tensor, next: Record<string, never>] {
    return [this.look(x), {}];
  }

  protected abstract look(x: Tensor): Tensor;
}

class ByProduct extends Lookup {
  readonly memory = this.layer("memory", new ProductKeyMemory(sizes));

  protected look(x: Tensor): Tensor {
    return this.memory.forward(x);
  }
}

/** The same with every key as it is, compared with all of them. */
class ByAll extends Lookup {
  readonly query = this.layer("query", new Linear({ inputSize: sizes.inputSize, outputSize: sizes.keySize }));
  readonly keys: Parameter = this.parameter("keys", [sizes.keySize, VALUES], zeros);
  readonly values: Parameter = this.parameter("values", [VALUES, sizes.width], zeros);

  protected look(x: Tensor): Tensor {
    const { graph } = x.scope;
    const scores = linear(this.query.forward(x), this.keys, constant(graph, [VALUES], 0));
    // The largest of one list are those of its sums with 0.
    const [best, indices] = productTopK(scores, constant(graph, [1, 1], 0), { count: sizes.count });
    const found = gather(graph.parameter(this.values), indices);
    const read = matmul(reshape(softmax(best), [1, 1, sizes.count]), found);
    return reshape(read, [1, sizes.width]);
  }
}

/** A lookup among 512² values, against one that compares all keys. */
export const productKeyBenchmarks = (engine: Engine): Benchmark[] => [
  {
    group: "product keys",
    name: `lookup of ${sizes.count} of ${VALUES} values`,
    peer: "all keys compared",
    prepare: () => contest(engine),
  },
];

function contest(engine: Engine): Contest {
  const ours = new ByProduct();
  const peer = new ByAll();
  copyInto(peer, ours);
  const random = new Random(3);
  const x = Array.from({ length: sizes.inputSize }, () => random.uniform(-1, 1));
  const [a, b] = [ours.session(engine), peer.session(engine)];
  close(array([sizes.width], b.step(x)), array([sizes.width], a.step(x)), { rtol: 1e-4, atol: 1e-5 });
  return {
    ours: repeated(() => a.step(x)),
    peer: repeated(() => b.step(x)),
    dispose() {
      a.dispose();
      b.dispose();
    },
  };
}

/** Gives the peer the same query and values, and every pair of sub-keys as a key. */
function copyInto(peer: ByAll, ours: ByProduct): void {
  const [from, to] = [ours, peer].map((model) => {
    const all = new Map(model.namedParameters());
    const { values } = model.parameters;
    return (name: string): Float32Array => {
      const { offset, size } = all.get(name)!;
      return values.subarray(offset, offset + size);
    };
  }) as [(name: string) => Float32Array, (name: string) => Float32Array];
  for (const name of ["query.weights", "query.bias"]) to(name).set(from(`memory.${name}`));
  to("values").set(from("memory.values"));
  const [keys, half] = [to("keys"), sizes.keySize / 2];
  const [first, second] = [from("memory.head0.firstKeys"), from("memory.head0.secondKeys")];
  for (let j = 0; j < half; ++j) {
    for (let key = 0; key < VALUES; ++key) {
      keys[j * VALUES + key] = first[j * sizes.keys + Math.floor(key / sizes.keys)]!;
      keys[(half + j) * VALUES + key] = second[j * sizes.keys + (key % sizes.keys)]!;
    }
  }
}
