import { affine, clip, relu, sigmoid, softplus, tanh } from "../graph/ops/index.js";
import type { Tensor } from "../graph/tensor.js";

/** 0.2 x + ½, kept between 0 and 1: the sigmoid of Theano's and Keras' early days. */
const hardSigmoid = (x: Tensor): Tensor => clip(affine(x, { scale: 0.2, shift: 0.5 }), { low: 0, high: 1 });

/** What numbers go through, by the name it has in options. */
export const activations = {
  tanh,
  relu,
  sigmoid,
  softplus,
  hardSigmoid,
  identity: (x: Tensor): Tensor => x,
} satisfies Readonly<Record<string, (x: Tensor) => Tensor>>;
