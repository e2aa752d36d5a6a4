/**
 * CRC-32 as in zip and PNG (polynomial 0xEDB88320, reflected), of bytes behind others whose CRC is `before`. In signed words,
 * which every engine has unboxed.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  const table = tableOf();
  let crc = ~before;
  for (let i = 0; i < bytes.length; ++i) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function tableOf(): Int32Array {
  const table = new Int32Array(256);
  for (let n = 0; n < 256; ++n) {
    let c = n;
    for (let bit = 0; bit < 8; ++bit) c = c & 1 ? 0xedb8_8320 ^ (c >>> 1) : c >>> 1;
    table[n] = c;
  }
  return table;
}
