/** A learning rate by step, counted from 1. Schedules use no host mathematics, so that training has the same bits everywhere. */
export type Schedule = (step: number) => number;

/** Rises in a straight line from 0 over the first `steps`, then follows `then`. */
export function warmup(steps: number, then: number | Schedule): Schedule {
  const after = typeof then === "number" ? (): number => then : then;
  return (step) => (step < steps ? (after(step) * step) / steps : after(step));
}

/** Goes in a straight line from one rate to another between two steps. */
export function linear(from: number, to: number, { begin = 1, end }: { begin?: number; end: number }): Schedule {
  return (step) => {
    if (step <= begin) return from;
    return step >= end ? to : from + ((to - from) * (step - begin)) / (end - begin);
  };
}

/** Falls from `from` to `to` as half a cosine wave over `steps`. */
export function cosine(from: number, { to = 0, steps }: { to?: number; steps: number }): Schedule {
  return (step) => to + (from - to) * halfWave(Math.min(step, steps) / steps);
}

/** Multiplies the rate by `factor` every `every` steps. */
export function staircase(from: number, { factor, every }: { factor: number; every: number }): Schedule {
  return (step) => {
    let rate = from;
    for (let falls = Math.floor(step / every); falls > 0; --falls) rate *= factor;
    return rate;
  };
}

/** (1 + cos πx) / 2 for x from 0 to 1: the Taylor series of sin at 0, within 1e-9, on either side of the middle. */
function halfWave(x: number): number {
  const z = (x - 0.5) * 3.141592653589793;
  const s = z * z;
  const sine = z * (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - (s / 110) * (1 - s / 156))))));
  return (1 - sine) / 2;
}

/** @throws RangeError unless the rate is a positive number or a function. */
export function checkSchedule(owner: string, rate: number | Schedule): Schedule {
  if (typeof rate === "function") return rate;
  if (typeof rate === "number" && rate > 0 && rate < Infinity) return () => rate;
  throw new RangeError(`${owner}: learningRate is ${rate}, and must be a positive number or a function of the step`);
}
