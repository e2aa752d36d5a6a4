import { format, type Shape } from "./shape.js";

/** A program was to be compiled over a parameter that has no address: it belongs to no model that was laid out. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";

  constructor(
    /** Dotted path in the model; empty if the parameter was never part of one. */
    readonly path: string,
    readonly shape: Shape,
  ) {
    const which = path ? `parameter ${path}` : "a parameter";
    super(
      `Cannot compile a program over ${which} ${format(shape)}: it has no address, since no model has laid it out. ` +
        "Declare it with this.parameter or this.layer in the model's constructor",
    );
  }
}
