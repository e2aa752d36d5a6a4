/** A program was to be compiled over a parameter without an address: no model that was laid out has it. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";

  /** `path` is its dotted path in a model; empty if it was never part of one. */
  constructor(readonly path: string) {
    super(`Parameter "${path}" has no address: no model that was laid out has it`);
  }
}
