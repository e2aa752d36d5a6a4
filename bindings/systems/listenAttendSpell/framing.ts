/** How recordings are cut into frames. */
export interface Framing {
  /** Samples of a frame: 25 ms. */
  readonly window: number;
  /** Samples from a frame to the next: 10 ms. */
  readonly hop: number;
  /** Frames that become one annotation. */
  readonly parts: number;
}

/** The paper's frames, at a rate in Hz, of which so many become one annotation. */
export const framingOf = (sampleRate: number, parts: number): Framing => ({
  window: Math.round(sampleRate / 40),
  hop: Math.round(sampleRate / 100),
  parts,
});

/** Annotations of a recording: enough that every sample is in one, and at least one. */
export function annotationsOf(samples: number, { window, hop, parts }: Framing): number {
  const frames = 1 + Math.max(0, Math.ceil((samples - window) / hop));
  return Math.ceil(frames / parts);
}

/** A recording's place in a block (annotations, count, parts, window). */
interface Place {
  readonly row: number;
  readonly count: number;
}

/** Writes the frames of a recording into a block of zeros: what is behind its end is silence. */
export function fillFrames(
  block: Float32Array,
  samples: ArrayLike<number>,
  { window, hop, parts }: Framing,
  { row, count }: Place,
): void {
  const annotations = annotationsOf(samples.length, { window, hop, parts });
  for (let frame = 0; frame < annotations * parts; ++frame) {
    const begin = frame * hop;
    const there = Math.min(window, samples.length - begin);
    const at = ((Math.floor(frame / parts) * count + row) * parts + (frame % parts)) * window;
    for (let i = 0; i < there; ++i) block[at + i] = samples[begin + i]!;
  }
}
