const view = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(4));

/** The 32 bits of a number in single precision. */
export function bitsOf(value: number): number {
  view.setFloat32(0, value);
  return view.getUint32(0);
}
