const view = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(4));

/** The 32 bits of a number in single precision. */
export function bitsOf(value: number): number {
  view.setFloat32(0, value);
  return view.getUint32(0);
}

/** The number in single precision that has these bits. */
export function ofBits(bits: number): number {
  view.setUint32(0, bits);
  return view.getFloat32(0);
}
