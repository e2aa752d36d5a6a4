/** How samples are written: bits of whole numbers, or floats. */
export type Format = 8 | 16 | 24 | 32 | "float" | "double";

/** A WAV file of channels, whose samples are from −1 to 1. */
export function wav(channels: readonly (readonly number[])[], rate: number, format: Format = 16): Buffer {
  const bits = format === "float" ? 32 : format === "double" ? 64 : format;
  const frame = (channels.length * bits) / 8;
  const bytes = Buffer.alloc(44 + frame * channels[0]!.length);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(typeof format === "string" ? 3 : 1, 20);
  bytes.writeUInt16LE(channels.length, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * frame, 28);
  bytes.writeUInt16LE(frame, 32);
  bytes.writeUInt16LE(bits, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(bytes.length - 44, 40);
  channels[0]!.forEach((_, i) =>
    channels.forEach((channel, c) => {
      const at = 44 + i * frame + (c * bits) / 8;
      const sample = channel[i]!;
      if (format === "float") bytes.writeFloatLE(sample, at);
      else if (format === "double") bytes.writeDoubleLE(sample, at);
      else if (format === 8) bytes.writeUInt8(Math.round(127 * sample) + 128, at);
      else bytes.writeIntLE(Math.round((2 ** (bits - 1) - 1) * sample), at, bits / 8);
    }),
  );
  return bytes;
}
