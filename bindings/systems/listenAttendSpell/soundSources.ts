import type { Sources } from "../../models/transducer.js";
import type { Feed } from "../../runtime/executable.js";
import { annotationsOf, fillFrames, type Framing } from "./framing.js";
import { samplesOf } from "./recording.js";

/** A recording that was checked; its length is in annotations. */
export interface Sound {
  readonly samples: ArrayLike<number>;
  readonly length: number;
}

/** Sources that are recordings. */
export const soundSources = (framing: Framing, sampleRate: number): Sources<Sound> => ({
  read(owner, recording, what) {
    const samples = samplesOf(owner, recording, what, sampleRate);
    return { samples, length: annotationsOf(samples.length, framing) };
  },
  feed: (sounds) => feedOf(sounds, framing),
});

function feedOf(sounds: readonly Sound[], framing: Framing): Feed {
  const count = sounds.length;
  const time = Math.max(...sounds.map(({ length }) => length));
  const size = framing.parts * framing.window;
  const [sound, inside] = [new Float32Array(time * count * size), new Float32Array(time * count)];
  sounds.forEach(({ samples, length }, row) => {
    fillFrames(sound, samples, framing, { row, count });
    for (let t = 0; t < length; ++t) inside[t * count + row] = 1;
  });
  return {
    count,
    dimensions: { source: time },
    fields: [
      { name: "sound", data: sound, time, size },
      { name: "inside", data: inside, time, size: 1 },
      { name: "lengths", data: Float32Array.from(sounds, ({ length }) => length), time: 1, size: 1 },
    ],
  };
}
