/** Pictures of scattered digits, and pictures with captions, as tapehead/tasks exports them. */
export {
  scatteredDigitsTask,
  scatteredSymbols,
  type DigitCanvas,
  type DigitPlace,
  type DrawDigits,
  type ScatteredDigitsOptions,
  type ScatteredDigitsTask,
  type WrittenDigit,
} from "./scatteredDigits.js";
export { captionsTask, type CaptionedPicture, type CaptionsOptions, type CaptionsTask } from "./captions.js";
export type { Ink } from "./glyph.js";
export type { Picture, PictureSize } from "./picture.js";
