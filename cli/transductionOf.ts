import type { AttentionSeq2Seq } from "../bindings/models.js";
import type { Transduction } from "./transducing.js";

/**
 * A model that turns symbols into symbols, with probabilities beside scores. `limitOf` is the most symbols of a target by the
 * source's; default: those of `run`.
 */
export function transductionOf(model: AttentionSeq2Seq, limitOf?: (length: number) => number): Transduction {
  return {
    vocabulary: model.source.symbols,
    knows: (symbol) => model.source.numberOf(symbol) !== undefined,
    says: (symbol) => model.target.numberOf(symbol) !== undefined,
    run: (engine, sources, { beam, attention = false }) =>
      model
        .run(engine, sources, { beam, attention, ...limitFor(sources, limitOf) })
        .map(({ symbols, score, beams, attention: weights }, i) => {
          const source = sources[i]!;
          const unknown = [...new Set(source)].filter((symbol) => model.source.numberOf(symbol) === undefined);
          return {
            source,
            symbols,
            score,
            probability: Math.exp(score),
            beams: beams.map(({ symbols, score }) => ({ symbols, probability: Math.exp(score) })),
            unknown,
            ...(weights && {
              attention: weights.map((row) => [...(row as unknown as ArrayLike<number> & Iterable<number>)]),
            }),
          };
        }),
  };
}

const limitFor = (
  sources: readonly (readonly string[])[],
  limitOf?: (length: number) => number,
): { readonly limit?: number } =>
  limitOf && sources.length ? { limit: Math.max(...sources.map(({ length }) => limitOf(length))) } : {};
