type Channel = ArrayLike<number>;

/** Seconds by which two microphones may hear the same, one after the other, and of a part in which both are loud or not. */
const LATEST = 0.002;
const PART = 0.02;
/** How alike channels of one sound are: of test digits 0.9 with an echo, and of two digits at once 0.33 in 99%. */
const ALIKE = 0.5;
/** The energy that both have at once, as a part of the mean, from which one disturbs the other. */
const AT_ONCE = 0.05;
/** The energy of the mean, as a part of that of the channels, below which they cancel each other. */
const CANCELLED = 0.05;

/** Why the mean of channels is not what is to be heard in them; undefined where it is. */
export function channelsDoubt(channels: readonly Channel[], mean: Channel, rate: number): string | undefined {
  const total = channels.reduce((sum, channel) => sum + product(channel, channel), 0) / channels.length;
  if (product(mean, mean) < CANCELLED * total) return "its channels cancel each other: take one of them";
  const isApart = channels.some((a, i) => channels.slice(0, i).some((b) => areApart(a, b, rate)));
  return isApart ? "its channels have different sounds at once: take one of them" : undefined;
}

function areApart(a: Channel, b: Channel, rate: number): boolean {
  const part = Math.ceil(PART * rate);
  let [ofA, ofB, atOnce] = [0, 0, 0];
  for (let from = 0; from < a.length; from += part) {
    const [left, right] = [a, b].map((each) => product(each, each, 0, from, from + part)) as [number, number];
    [ofA, ofB, atOnce] = [ofA + left, ofB + right, atOnce + Math.min(left, right)];
  }
  if (atOnce < (AT_ONCE * (ofA + ofB)) / 2) return false;
  const least = ALIKE * Math.sqrt(ofA * ofB);
  const latest = Math.round(LATEST * rate);
  for (let late = -latest; late <= latest; ++late) if (Math.abs(product(a, b, late)) >= least) return false;
  return true;
}

/** Σ a[i] · b[i + late]. */
function product(a: Channel, b: Channel, late = 0, from = 0, to = a.length): number {
  let sum = 0;
  const end = Math.min(to, a.length, b.length - late);
  for (let i = Math.max(from, -late); i < end; ++i) sum += a[i]! * b[i + late]!;
  return sum;
}
