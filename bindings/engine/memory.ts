import { MemoryError } from "../graph/memoryError.js";

const PAGE = 65_536;
const MOST = 65_536 * PAGE; // what a 32-bit address reaches

/** WebAssembly memory with blocks handed out and given back. Views are always those of the current buffer. */
export class Memory {
  readonly #memory: WebAssembly.Memory;
  #f32: Float32Array<ArrayBuffer>;
  #u32: Uint32Array<ArrayBuffer>;
  /** Free stretches by address. */
  #free: { begin: number; end: number }[] = [];
  readonly #taken = new Map<number, number>();
  #end: number;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.#f32 = new Float32Array(memory.buffer as ArrayBuffer);
    this.#u32 = new Uint32Array(memory.buffer as ArrayBuffer);
    this.#end = 64; // address 0 stays unused
  }

  /** The memory itself, for threads that share it. */
  get shared(): WebAssembly.Memory {
    return this.#memory;
  }

  /** All of memory as numbers; element i is at byte 4i. Valid until the next allocation. */
  get f32(): Float32Array<ArrayBuffer> {
    if (this.#f32.buffer !== this.#memory.buffer) this.#f32 = new Float32Array(this.#memory.buffer as ArrayBuffer);
    return this.#f32;
  }

  /** All of memory as words. Valid until the next allocation. */
  get u32(): Uint32Array<ArrayBuffer> {
    if (this.#u32.buffer !== this.#memory.buffer) this.#u32 = new Uint32Array(this.#memory.buffer as ArrayBuffer);
    return this.#u32;
  }

  get byteLength(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Bytes handed out and not given back. */
  get used(): number {
    let used = 0;
    for (const bytes of this.#taken.values()) used += bytes;
    return used;
  }

  /**
   * A block of at least that many bytes, 64-byte aligned. Its contents are whatever was there.
   * @throws MemoryError when WebAssembly memory cannot hold it.
   */
  allocate(bytes: number): number {
    const size = Math.max(64, Math.ceil(bytes / 64) * 64);
    const hole = this.#free.find(({ begin, end }) => end - begin >= size);
    let address: number;
    if (hole) {
      address = hole.begin;
      hole.begin += size;
      if (hole.begin === hole.end) this.#free.splice(this.#free.indexOf(hole), 1);
    } else {
      address = this.#end;
      this.#reserve(address + size);
      this.#end += size;
    }
    this.#taken.set(address, size);
    return address;
  }

  /** Fills bytes of a block with zeros. */
  clear(address: number, bytes: number): void {
    this.u32.fill(0, address / 4, (address + bytes) / 4);
  }

  /** Whatever `make` takes is given back when it throws. */
  attempt<T>(make: () => T): T {
    const before = new Set(this.#taken.keys());
    try {
      return make();
    } catch (error) {
      for (const address of [...this.#taken.keys()]) if (!before.has(address)) this.free(address);
      throw error;
    }
  }

  free(address: number): void {
    const size = this.#taken.get(address);
    if (size === undefined) throw new RangeError(`Address ${address} is not an allocated block`);
    this.#taken.delete(address);
    const after = this.#free.findIndex(({ begin }) => begin > address);
    const at = after < 0 ? this.#free.length : after;
    this.#free.splice(at, 0, { begin: address, end: address + size });
    this.#free = this.#free.reduce<{ begin: number; end: number }[]>((merged, hole) => {
      const last = merged.at(-1);
      if (last && last.end === hole.begin) last.end = hole.end;
      else merged.push(hole);
      return merged;
    }, []);
    const last = this.#free.at(-1);
    if (last && last.end === this.#end) {
      this.#end = last.begin;
      this.#free.pop();
    }
  }

  #reserve(end: number): void {
    const have = this.#memory.buffer.byteLength;
    if (end <= have) return;
    if (end > MOST) throw new MemoryError(end, MOST);
    const pages = Math.ceil((end - have) / PAGE);
    try {
      this.#memory.grow(pages);
    } catch {
      throw new MemoryError(end, have);
    }
  }
}
