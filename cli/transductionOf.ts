import type { AttentionSeq2Seq } from "../bindings/models.js";
import type { Transduction } from "./transducing.js";

/** A model that turns symbols into symbols, with probabilities beside scores. */
export function transductionOf(model: AttentionSeq2Seq): Transduction {
  return {
    knows: (symbol) => model.source.numberOf(symbol) !== undefined,
    says: (symbol) => model.target.numberOf(symbol) !== undefined,
    run: (engine, sources, { beam, attention = false }) =>
      model.run(engine, sources, { beam, attention }).map(({ symbols, score, beams, attention: weights }, i) => {
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
