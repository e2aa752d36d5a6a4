import type { Sources } from "../../models/transducer.js";
import type { Feed } from "../../runtime/executable.js";
import { pixelsOf, type PictureSize } from "./picture.js";

/** A picture that was checked; its length is in annotations. */
export interface Seen {
  readonly pixels: ArrayLike<number>;
  readonly length: number;
}

/** Sources that are pictures of one size, each seen as so many annotations. */
export const pictureSources = (size: PictureSize, annotations: number): Sources<Seen> => ({
  read: (owner, picture, what) => ({ pixels: pixelsOf(owner, picture, what, size), length: annotations }),
  feed: (pictures) => feedOf(pictures, size.height * size.width * size.channels),
});

function feedOf(pictures: readonly Seen[], size: number): Feed {
  const data = new Float32Array(pictures.length * size);
  pictures.forEach(({ pixels }, row) => data.set(pixels, row * size));
  return { count: pictures.length, dimensions: {}, fields: [{ name: "picture", data, time: 1, size }] };
}
