/**
 * Sequences, what they should be answered with, and where an answer is due. Blocks are (time, count, …), so that one
 * time step of all sequences is contiguous. A batch is filled again and again; it only allocates when it must grow.
 */
export class Batch {
  time = 0;
  count = 0;
  inputs = new Float32Array(0);
  targets = new Float32Array(0);
  mask = new Float32Array(0);

  constructor(
    readonly inputSize: number,
    readonly outputSize: number,
  ) {}

  /** Makes the batch all zeros, of this many steps and sequences. */
  reset(time: number, count: number): void {
    this.time = time;
    this.count = count;
    const cells = time * count;
    this.inputs = cleared(this.inputs, cells * this.inputSize);
    this.targets = cleared(this.targets, cells * this.outputSize);
    this.mask = cleared(this.mask, cells);
  }

  /** First element of a step's inputs. */
  inputAt(step: number, sequence: number): number {
    return (step * this.count + sequence) * this.inputSize;
  }

  /** First element of a step's targets. */
  targetAt(step: number, sequence: number): number {
    return (step * this.count + sequence) * this.outputSize;
  }

  /** Says that an answer is due at a step. */
  expect(step: number, sequence: number): void {
    this.mask[step * this.count + sequence] = 1;
  }
}

function cleared(block: Float32Array<ArrayBuffer>, size: number): Float32Array<ArrayBuffer> {
  if (block.length < size) return new Float32Array(Math.ceil(size * 1.25));
  return block.fill(0, 0, size);
}
