/** Show, attend and tell, as tapehead/models exports it. */
export { ShowAttendTell, type ShowAttendTellOptions } from "./showAttendTell.js";
export { PictureError, type Picture, type PictureSize } from "./picture.js";
export type { Describer, DescriberOptions, PictureAttention } from "./describer.js";
export type { PictureEncoder, PictureEncoderOptions } from "./pictureEncoder.js";
export { picturePage, type PictureDrawing, type PicturePageOptions } from "../../trace/picturePage.js";
