import { exp4 } from "./exp";
import { log4 } from "./log";

/**
 * xʸ of four lanes for x ≥ 0, as exp(y · log x).
 *
 * Error   relative, ≤ 2 (2 + |y · log x|) · 2⁻²⁴; results under 2⁻¹²⁵·⁵ flush to 0. 1ʸ = 1, 0ʸ = 0 for y > 0,
 *         NaN for 0⁰ and x < 0, NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function pow4(x: v128, y: v128): v128 {
  return exp4(f32x4.mul(y, log4(x)));
}
