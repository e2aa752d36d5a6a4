/** CRC-32C of RFC 3720, appendix B.4 (Castagnoli's polynomial 0x1EDC6F41, reflected). */
export function crc32c(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; ++i) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; ++bit) crc = crc & 1 ? 0x82f6_3b78 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});
