import { array, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference(_: readonly NDArray[], { window, size }: { window: number; size: number }) {
    const bins = Math.floor(size / 2) + 1;
    const y = Array.from({ length: window }, (_, n) => {
      const taper = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / window);
      const angles = Array.from({ length: bins }, (_, k) => (2 * Math.PI * k * n) / size);
      return [...angles.map(Math.cos), ...angles.map(Math.sin)].map((wave) => taper * wave);
    });
    return [array([window, 2 * bins], y.flat())];
  },
  cases: [
    { window: 1, size: 1 },
    { window: 3, size: 4 },
    { window: 5, size: 5 },
    { window: 7, size: 16 },
    { window: 200, size: 256 },
  ].map((attributes) => ({ shapes: [], attributes, atol: 4e-7 })),
  peer: "tfjs has none: its transforms take no windows of other lengths, and are not products",
});
