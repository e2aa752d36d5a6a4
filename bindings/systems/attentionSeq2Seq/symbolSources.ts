import { shown } from "../../common/shown.js";
import type { Vocabulary } from "../../common/vocabulary.js";
import type { Sources } from "../../models/transducer.js";
import type { Feed } from "../../runtime/executable.js";

/** Sources that are symbols of a vocabulary: an array of them, or a string, whose characters they are. */
export const symbolSources = (vocabulary: Vocabulary): Sources<Float32Array> => ({
  read(owner, source, what) {
    const symbols: unknown = typeof source === "string" ? [...source] : source;
    const areSymbols = Array.isArray(symbols) && symbols.every((symbol) => typeof symbol === "string");
    if (!areSymbols)
      throw new TypeError(`${owner}: ${what} is ${shown(source)}, and must be a string or an array of symbols`);
    if (!symbols.length) throw new RangeError(`${owner}: ${what} is empty, and must have at least one symbol`);
    return Float32Array.from(symbols as string[], (symbol) => vocabulary.numberOf(symbol) ?? 0);
  },
  feed: feedOf,
});

function feedOf(sources: readonly Float32Array[]): Feed {
  const count = sources.length;
  const time = Math.max(...sources.map(({ length }) => length));
  const [ids, inside] = [new Float32Array(time * count), new Float32Array(time * count)];
  sources.forEach((source, i) => {
    source.forEach((id, t) => {
      ids[t * count + i] = id;
      inside[t * count + i] = 1;
    });
  });
  return {
    count,
    dimensions: { source: time },
    fields: [
      { name: "source", data: ids, time, size: 1 },
      { name: "inside", data: inside, time, size: 1 },
      { name: "lengths", data: Float32Array.from(sources, ({ length }) => length), time: 1, size: 1 },
    ],
  };
}
