/** CRC-32 as in zip and PNG (polynomial 0xEDB88320, reflected). */
export function crc32(bytes: Uint8Array): number {
  const table = tableOf();
  let crc = 0xffff_ffff;
  for (let i = 0; i < bytes.length; ++i) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffff_ffff) >>> 0;
}

function tableOf(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; ++bit) c = c & 1 ? 0xedb8_8320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
}
