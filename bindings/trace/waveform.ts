import { escape } from "./html.js";

/** A recording, what was written of it, and where the model listened. */
export interface SoundDrawing {
  /** From −1 to 1. */
  readonly samples: ArrayLike<number>;
  /** Samples a second. */
  readonly sampleRate: number;
  /** What the model wrote, with weights of each symbol and its end over the annotations, if it has attention. */
  readonly answer: {
    readonly symbols: readonly string[];
    /** How likely the model thinks that it is right. */
    readonly probability: number;
    readonly attention: ArrayLike<ArrayLike<number>> | null;
  };
  /** Seconds from one annotation to the next. */
  readonly seconds: number;
}

/** Sizes of the drawing, in its own units: the margin, its width without these, and the lines of what is in it. */
const MARGIN = 20;
const WIDTH = 1000;
const LETTERS = 30;
const LINES = 46;
const WAVE = 330;
const HALF = 70;
const AXIS = 424;
const HEIGHT = 440;
/** Weights below are not drawn. */
const LEAST = 0.02;
/** A weight of 1 is as wide. */
const WIDEST = 9;

const at = (x: number): string => (MARGIN + WIDTH * x).toFixed(1);

/** Letters above a waveform, and lines between. */
export function waveformOf({ samples, sampleRate, answer, seconds }: SoundDrawing): string {
  const length = samples.length / sampleRate;
  const { symbols, attention } = answer;
  const letters = symbols.map((symbol, i) => {
    const x = (i + 0.5) / symbols.length;
    const weights = attention ? Array.from(attention[i]!) : [];
    const links = weights.flatMap((weight, j) => {
      if (weight < LEAST) return [];
      const to = Math.min((seconds * (j + 0.5)) / length, 1);
      const middle = (LINES + WAVE - HALF) / 2;
      const path = `M${at(x)},${LINES}C${at(x)},${middle} ${at(to)},${middle} ${at(to)},${WAVE - HALF}`;
      return [`<path d="${path}" stroke-width="${(WIDEST * weight).toFixed(1)}"/>`];
    });
    const heard = weights.flatMap((weight, j) => {
      if (weight < LEAST) return [];
      const from = Math.min((seconds * j) / length, 1);
      const width = Math.min(seconds / length, 1 - from);
      const place = `x="${at(from)}" y="${WAVE - HALF}" width="${(WIDTH * width).toFixed(1)}" height="${2 * HALF}"`;
      return [`<rect ${place} fill-opacity="${(0.6 * weight).toFixed(2)}"/>`];
    });
    const shown = symbol === " " ? "␣" : symbol;
    const most = weights.indexOf(Math.max(...weights, 0));
    const where = weights.length ? `, most at ${(seconds * (most + 0.5)).toFixed(2)} s` : "";
    const half = Math.min(18, WIDTH / symbols.length / 2);
    return `<g class="letter" tabindex="0" role="img" aria-label="${escape(`${symbol === " " ? "space" : symbol}${where}`)}"><g class="links">${links.join("")}</g><g class="heard">${heard.join("")}</g><rect x="${(MARGIN + WIDTH * x - half).toFixed(1)}" y="4" width="${(2 * half).toFixed(1)}" height="38"/><text x="${at(x)}" y="${LETTERS}">${escape(shown)}</text></g>`;
  });
  return `<svg class="sound" viewBox="0 0 ${WIDTH + 2 * MARGIN} ${HEIGHT}" role="group" aria-label="Letters above the waveform">
<path class="wave" d="${outlineOf(samples)}"/>
<g class="axis">${axisOf(length)}</g>
${letters.join("\n")}
</svg>`;
}

/** The least and the largest sample of each unit of width, as loud as the loudest fills. */
function outlineOf(samples: ArrayLike<number>): string {
  const [above, below]: [string[], string[]] = [[], []];
  const all = Array.from(samples);
  const peak = all.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  for (let x = 0; x < WIDTH; ++x) {
    const begin = Math.floor((x * all.length) / WIDTH);
    const part = all.slice(begin, Math.max(begin + 1, Math.floor(((x + 1) * all.length) / WIDTH)));
    const y = (sample: number): string => (WAVE - (HALF * sample) / peak).toFixed(1);
    above.push(`${x + MARGIN},${y(Math.max(...part) + 0.005 * peak)}`);
    below.push(`${x + MARGIN},${y(Math.min(...part) - 0.005 * peak)}`);
  }
  return `M${above.join("L")}L${below.reverse().join("L")}Z`;
}

/** Seconds, at steps of which there are few. */
function axisOf(length: number): string {
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10].find((each) => length / each <= 12) ?? 20;
  const marks: string[] = [];
  for (let i = 0; i * step <= length; ++i) {
    const x = at((i * step) / length);
    marks.push(`<path d="M${x},${AXIS - 20}v6"/><text x="${x}" y="${AXIS}">${+(i * step).toFixed(1)} s</text>`);
  }
  return `<path d="M${MARGIN},${AXIS - 20}h${WIDTH}"/>${marks.join("")}`;
}
