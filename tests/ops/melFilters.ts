import { array, type NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

interface Attributes {
  readonly bins: number;
  readonly size: number;
  readonly rate: number;
  readonly bands: number;
  readonly low?: number;
  readonly high?: number;
}

const mel = (f: number): number => 1127.01048 * Math.log(1 + f / 700);
const hertz = (m: number): number => 700 * (Math.exp(m / 1127.01048) - 1);

export default defineOpTest({
  reference(_: readonly NDArray[], { bins, size, rate, bands, low = 0, high = rate / 2 }: Attributes) {
    const step = (mel(high) - mel(low)) / (bands + 1);
    const corners = Array.from({ length: bands + 2 }, (_, i) => hertz(mel(low) + i * step));
    const y = Array.from({ length: bins }, (_, k) => {
      const f = (k * rate) / size;
      return Array.from({ length: bands }, (_, m) => {
        const [left, centre, right] = corners.slice(m, m + 3) as [number, number, number];
        return Math.max(0, Math.min((f - left) / (centre - left), (right - f) / (right - centre)));
      });
    });
    return [array([bins, bands], y.flat())];
  },
  cases: [
    { bins: 1, size: 1, rate: 100, bands: 1 },
    { bins: 9, size: 16, rate: 8000, bands: 3 },
    { bins: 129, size: 256, rate: 8000, bands: 40 },
    { bins: 201, size: 400, rate: 16000, bands: 23, low: 20, high: 7600 },
  ].map((attributes) => ({ shapes: [], attributes, atol: 2e-4 })),
  peer: "tfjs has none: it has no bands of hearing",
});
