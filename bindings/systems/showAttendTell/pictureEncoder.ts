import { add, broadcast, convolution, max, relu } from "../../graph/ops/index.js";
import type { Parameter } from "../../graph/parameter.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { uniform, zeros } from "../../layers/initializers.js";
import { Layer } from "../../layers/layer.js";

/** Sizes of a PictureEncoder. */
export interface PictureEncoderOptions {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Maps of each layer that halves height and width. */
  readonly maps: readonly number[];
  /** Maps of a layer over the cells, if there is one. Default: 0. */
  readonly cellMaps?: number;
  /** Numbers of an annotation. */
  readonly annotationSize: number;
}

/** Taps of a kernel, each way. */
const TAPS = 3;

/** The larger of two neighbours each way: x (batch, height, width, maps) → (batch, height / 2, width / 2, maps). */
export function maxPool(x: Tensor): Tensor {
  const [batch, height, width, maps] = x.shape as [number, number, number, number];
  const halfWidth = width / 2;
  const narrow = max(reshape(x, [batch * height * halfWidth, 2, maps]), { axis: 1 });
  const low = max(reshape(narrow, [(batch * height) / 2, 2, halfWidth * maps]), { axis: 1 });
  return reshape(low, [batch, height / 2, halfWidth, maps]);
}

/** A convolution of 3 × 3 taps, whose kernel starts as He et al. 2015, arXiv:1502.01852, for rectifiers. */
class Filters extends Layer {
  readonly kernel: Parameter;
  readonly bias: Parameter;

  constructor(inputs: number, outputs: number) {
    super();
    const limit = Math.sqrt(6 / (TAPS * TAPS * inputs));
    this.kernel = this.parameter("kernel", [TAPS, TAPS, inputs, outputs], uniform(limit));
    this.bias = this.parameter("bias", [outputs], zeros);
  }

  /** (batch, height, width, inputs) → (batch, height, width, outputs). */
  forward(x: Tensor): Tensor {
    const { graph } = x.scope;
    return convolution(x, graph.parameter(this.kernel), graph.parameter(this.bias));
  }
}

/**
 * Sees a picture as annotations, one for each cell of a grid, row by row:
 *
 *   x ← relu(maxPool(K ∗ x + b))     each layer, which halves height and width
 *   x ← relu(K ∗ x + b)              if there is a layer over the cells
 *   a = relu(K ∗ x + b + p)          p is learned for each cell
 *
 * Xu et al. 2015, arXiv:1502.03044, take the last maps of a network of 16 layers that others trained, whose maps know
 * where in the picture they are, since their borders have come so far. These few layers are trained with the decoder,
 * and p tells it where.
 */
export class PictureEncoder extends Layer {
  /** @internal */
  readonly layers: readonly Filters[];
  /** @internal */
  readonly cells: Filters | undefined;
  /** @internal */
  readonly last: Filters;
  readonly places: Parameter;
  /** Cells of the grid. */
  readonly rows: number;
  readonly columns: number;

  constructor({ height, width, channels, maps, cellMaps = 0, annotationSize }: PictureEncoderOptions) {
    super();
    this.layers = maps.map((outputs, i) => this.layer(`layer${i}`, new Filters(i ? maps[i - 1]! : channels, outputs)));
    const top = maps.at(-1)!;
    this.cells = cellMaps ? this.layer("cells", new Filters(top, cellMaps)) : undefined;
    this.last = this.layer("last", new Filters(cellMaps || top, annotationSize));
    this.rows = height >> maps.length;
    this.columns = width >> maps.length;
    this.places = this.parameter("places", [this.rows * this.columns, annotationSize], zeros);
  }

  /** (batch, height, width, channels) → (batch, rows · columns, annotationSize). */
  forward(picture: Tensor): Tensor {
    const { graph } = picture.scope;
    const batch = picture.shape[0] as number;
    const top = this.layers.reduce((x, layer) => relu(maxPool(layer.forward(x))), picture);
    const seen = this.cells ? relu(this.cells.forward(top)) : top;
    const maps = reshape(this.last.forward(seen), [batch, ...this.places.shape]);
    return relu(add(maps, broadcast(graph.parameter(this.places), { count: batch })));
  }
}
