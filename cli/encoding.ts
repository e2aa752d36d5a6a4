/** Bytes looked at to tell UTF-16 from other encodings. */
const SAMPLE = 4096;
/** Part of zeros at even or odd places from which a text is UTF-16: letters of most scripts with spaces and commas. */
const ZEROS = 0.2;

/**
 * Text of a file that somebody exported: UTF-8, UTF-16 of either byte order, with or without a mark of it, or, where it
 * is no UTF-8, Windows-1252, which spreadsheets write.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const order = byteOrderOf(bytes.subarray(0, SAMPLE));
  if (order) return new TextDecoder(order).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return windows1252(bytes);
  }
}

/** UTF-16 has zeros in every second byte of Latin letters, digits and separators; other texts have none. */
function byteOrderOf(sample: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const zeros = [0, 0];
  sample.forEach((byte, i) => {
    if (!byte) ++zeros[i % 2]!;
  });
  const most = (ZEROS * sample.length) / 2;
  const [even, odd] = zeros as [number, number];
  if (odd > most && odd > 2 * even) return "utf-16le";
  return even > most && even > 2 * odd ? "utf-16be" : undefined;
}

/** Characters of the bytes 0x80 to 0x9f in Windows-1252; the others are those of Unicode. Node's decoder skips these. */
const HIGH = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const windows1252 = (bytes: Uint8Array): string =>
  new TextDecoder("latin1").decode(bytes).replace(/[\x80-\x9f]/g, (character) => HIGH[character.charCodeAt(0) - 0x80]!);
