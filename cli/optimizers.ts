import { adam, rmsProp, sgd } from "../bindings/core.js";
import { adaMax } from "../bindings/models.js";

/** Every optimizer by the name it has on the command line. */
export const optimizers = { adam, adamax: adaMax, rmsprop: rmsProp, sgd };

export type OptimizerName = keyof typeof optimizers;

export const optimizerNames = Object.keys(optimizers) as OptimizerName[];
