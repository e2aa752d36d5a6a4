/** Letters of base64, each six bits. */
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const HEAD = 54;

/** Colours of a picture: channels are grey or red, green and blue, from 0 to 1, row by row from above. */
interface Colours {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: ArrayLike<number>;
}

/** A picture as the address of a BMP file that is in the address itself. */
export function bitmapOf({ height, width, channels, pixels }: Colours): string {
  const stride = 4 * Math.ceil((3 * width) / 4);
  const bytes = new Uint8Array(HEAD + stride * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]); // BM
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, HEAD, true);
  view.setUint32(14, 40, true); // bytes of the second head
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true); // bits of a pixel
  view.setUint32(34, stride * height, true);
  for (let y = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) {
      const from = (y * width + x) * channels;
      const to = HEAD + (height - 1 - y) * stride + 3 * x; // from below, and blue first
      for (let c = 0; c < 3; ++c) bytes[to + 2 - c] = Math.round(255 * pixels[from + (channels < 3 ? 0 : c)]!);
    }
  return `data:image/bmp;base64,${base64(bytes)}`;
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => LETTERS[(bits >> shift) & 63]!).join("");
    const there = bytes.length - i;
    parts.push(there > 2 ? letters : letters.slice(0, there + 1).padEnd(4, "="));
  }
  return parts.join("");
}
