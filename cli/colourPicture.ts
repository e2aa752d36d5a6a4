/** Colours of a picture, red, green and blue from 0 to 1, row by row from above. */
export interface ColourPicture {
  readonly height: number;
  readonly width: number;
  readonly colours: Float32Array;
}
