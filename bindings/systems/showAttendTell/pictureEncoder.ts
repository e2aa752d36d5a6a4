import { add, broadcast, convolution, dropout, max, relu } from "../../graph/ops/index.js";
import type { Parameter } from "../../graph/parameter.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { uniform, zeros } from "../../layers/initializers.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";

/** Sizes of a PictureEncoder. */
export interface PictureEncoderOptions {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Maps of each layer that halves height and width. */
  readonly maps: readonly number[];
  /** Whether a cell sees less around it: the last kernel of 3 × 3 taps comes before the last halving. Default: false. */
  readonly focused?: boolean;
  /** Units of a layer that each cell has for itself, if there is one. Default: 0. */
  readonly cellUnits?: number;
  /** Numbers of an annotation. */
  readonly annotationSize: number;
}

/** Taps of a kernel that sees what is around, each way. */
const TAPS = 3;

/** The larger of two neighbours each way: x (batch, height, width, maps) → (batch, height / 2, width / 2, maps). */
export function maxPool(x: Tensor): Tensor {
  const [batch, height, width, maps] = x.shape as [number, number, number, number];
  const halfWidth = width / 2;
  const narrow = max(reshape(x, [batch * height * halfWidth, 2, maps]), { axis: 1 });
  const low = max(reshape(narrow, [(batch * height) / 2, 2, halfWidth * maps]), { axis: 1 });
  return reshape(low, [batch, height / 2, halfWidth, maps]);
}

/** A convolution, whose kernel starts as He et al. 2015, arXiv:1502.01852, for rectifiers. */
class Filters extends Layer {
  readonly kernel: Parameter;
  readonly bias: Parameter;

  constructor(inputs: number, outputs: number, taps = TAPS) {
    super();
    const limit = Math.sqrt(6 / (taps * taps * inputs));
    this.kernel = this.parameter("kernel", [taps, taps, inputs, outputs], uniform(limit));
    this.bias = this.parameter("bias", [outputs], zeros);
  }

  /** (batch, height, width, inputs) → (batch, height, width, outputs). */
  forward(x: Tensor): Tensor {
    const { graph } = x.scope;
    return convolution(x, graph.parameter(this.kernel), graph.parameter(this.bias));
  }
}

/** Adds to each annotation what two layers make of it, at first nothing: a + V relu(U a + b) + c. */
class CellUnits extends Layer {
  readonly up: Linear;
  readonly down: Linear;

  constructor(annotationSize: number, units: number) {
    super();
    this.up = this.layer("up", new Linear({ inputSize: annotationSize, outputSize: units }));
    this.down = this.layer("down", new Linear({ inputSize: units, outputSize: annotationSize, weights: zeros }));
  }

  /** (…, annotationSize), as it comes out. */
  forward(a: Tensor): Tensor {
    return add(a, this.down.forward(relu(this.up.forward(a))));
  }
}

/**
 * Sees a picture as annotations, one for each cell of a grid, row by row:
 *
 *   x ← relu(maxPool(K ∗ x + b))     each layer, which halves height and width
 *   a = relu(K ∗ x + b + p)          p is learned for each cell; K has 1 × 1 taps if the encoder is focused, and then
 *                                    the last layer that halves has x ← relu(K ∗ x + b) before it
 *   a ← a + V relu(U a + b) + c      if cells have units; no cell sees more than before, so it stays clear where it looks
 *
 * Xu et al. 2015, arXiv:1502.03044, take the last maps of a network of 16 layers that others trained, whose maps know
 * where in the picture they are, since their borders have come so far. These few layers are trained with the decoder,
 * and p tells it where.
 */
export class PictureEncoder extends Layer {
  /** @internal */
  readonly layers: readonly Filters[];
  /** @internal */
  readonly before: Filters | undefined;
  /** @internal */
  readonly last: Filters;
  /** @internal */
  readonly cells: CellUnits | undefined;
  readonly places: Parameter;
  /** Cells of the grid. */
  readonly rows: number;
  readonly columns: number;

  constructor({
    height,
    width,
    channels,
    maps,
    focused = false,
    cellUnits = 0,
    annotationSize,
  }: PictureEncoderOptions) {
    super();
    this.layers = maps.map((outputs, i) => this.layer(`layer${i}`, new Filters(i ? maps[i - 1]! : channels, outputs)));
    const top = maps.at(-1)!;
    const before = maps.at(-2) ?? channels;
    this.before = focused ? this.layer("before", new Filters(before, before)) : undefined;
    this.last = this.layer("last", new Filters(top, annotationSize, focused ? 1 : TAPS));
    this.cells = cellUnits ? this.layer("cells", new CellUnits(annotationSize, cellUnits)) : undefined;
    this.rows = height >> maps.length;
    this.columns = width >> maps.length;
    this.places = this.parameter("places", [this.rows * this.columns, annotationSize], zeros);
  }

  /** (batch, height, width, channels) → (batch, rows · columns, annotationSize); `rate` of the last maps are dropped. */
  forward(picture: Tensor, rate = 0): Tensor {
    const { graph } = picture.scope;
    const batch = picture.shape[0] as number;
    const top = this.layers.reduce((x, layer, i) => {
      const isLast = i === this.layers.length - 1;
      const seen = isLast && this.before ? relu(this.before.forward(x)) : x;
      return relu(maxPool(layer.forward(seen)));
    }, picture);
    const kept = rate ? dropout(top, graph.random(), { rate }) : top;
    const maps = reshape(this.last.forward(kept), [batch, ...this.places.shape]);
    const seen = relu(add(maps, broadcast(graph.parameter(this.places), { count: batch })));
    return this.cells ? this.cells.forward(seen) : seen;
  }
}
