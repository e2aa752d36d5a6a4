import { shown } from "../../common/shown.js";

/** A picture: rows of pixels from above, each with its channels next to each other. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  /** 1: grey; 3: red, green and blue. */
  readonly channels: number;
  /** height · width · channels, from 0, black, to 1. */
  readonly pixels: ArrayLike<number>;
}

/** Sizes of a picture. */
export type PictureSize = Pick<Picture, "height" | "width" | "channels">;

/** A picture that cannot be described. */
export class PictureError extends RangeError {
  override readonly name = "PictureError";
}

/** "48 × 72 × 1", as messages say it. */
export const sizeText = ({ height, width, channels }: PictureSize): string => `${height} × ${width} × ${channels}`;

/**
 * The pixels of a picture.
 *
 * @throws TypeError when it is none, PictureError when it is of another size, or holds what is no number from 0 to 1.
 */
export function pixelsOf(owner: string, picture: unknown, what: string, size: PictureSize): ArrayLike<number> {
  const given = (picture ?? {}) as Partial<Picture>;
  const { pixels } = given;
  const isList = Array.isArray(pixels) || ArrayBuffer.isView(pixels);
  const sizes = [given.height, given.width, given.channels];
  if (!isList || sizes.some((each) => typeof each !== "number"))
    throw new TypeError(`${owner}: ${what} is ${shown(picture)}, and must be { height, width, channels, pixels }`);
  const list = pixels as ArrayLike<number>;
  const fail = (message: string): never => {
    throw new PictureError(`${owner}: ${what} ${message}`);
  };
  const wanted = sizeText(size);
  if (sizeText(given as PictureSize) !== wanted)
    fail(`has ${sizeText(given as PictureSize)} numbers, and must have ${wanted}, as the model learned: scale it`);
  if (list.length !== size.height * size.width * size.channels)
    fail(`has ${list.length} pixels' numbers, and must have ${wanted}`);
  for (let i = 0; i < list.length; ++i)
    if (!(list[i]! >= 0 && list[i]! <= 1))
      fail(`has ${shown(list[i])} at ${i}, and what is in a picture must be from 0 to 1`);
  return list;
}
