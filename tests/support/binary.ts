import binaryen from "binaryen";

const enum Section {
  import = 2,
  memory = 5,
  global = 6,
  start = 8,
  data = 11,
}

const SHARED = "has a shared memory";

const kinds = ["function", "table", "memory", "global", "tag"];

/**
 * What keeps a wasm from being functions over memory that run everywhere with the same bits (invariant I3): an import
 * that is no memory, a mutable global, data, a start function, a shared memory, atomics, relaxed SIMD.
 */
export function faultsOf(bytes: Uint8Array, { threads = false } = {}): string[] {
  const faults = [...sectionsOf(bytes)]
    .flatMap(([id, body]) => sectionFaults(id, body))
    .concat(instructionFaults(bytes));
  return threads ? faults.filter((fault) => fault !== SHARED && !/ (\w+\.)*atomic\./.test(fault)) : faults;
}

/** Every section: an id, a size, a body. */
function* sectionsOf(bytes: Uint8Array): Generator<[id: number, body: Reader]> {
  const reader = new Reader(bytes, 8); // behind the magic number and the version
  while (!reader.atEnd) {
    const id = reader.byte();
    yield [id, reader.part(reader.unsigned())];
  }
}

function sectionFaults(id: Section, body: Reader): string[] {
  if (id === Section.start) return ["has a start function"];
  const count = body.unsigned();
  if (id === Section.data) return count ? ["has data"] : [];
  if (id === Section.memory) return sharedFaults(body, count);
  if (id === Section.import) return importFaults(body, count);
  return id === Section.global ? globalFaults(body, count) : [];
}

function importFaults(body: Reader, count: number): string[] {
  const faults: string[] = [];
  for (let i = 0; i < count; ++i) {
    const name = `${body.name()}.${body.name()}`;
    const kind = kinds[body.byte()]!;
    if (kind === "memory") faults.push(...sharedFaults(body, 1));
    else return [...faults, `imports the ${kind} ${name}`]; // what follows is not read
  }
  return faults;
}

function sharedFaults(body: Reader, count: number): string[] {
  const faults: string[] = [];
  for (let i = 0; i < count; ++i) {
    const flags = body.byte();
    body.unsigned();
    if (flags & 1) body.unsigned();
    if (flags & 2) faults.push(SHARED);
  }
  return faults;
}

function globalFaults(body: Reader, count: number): string[] {
  const faults: string[] = [];
  for (let i = 0; i < count; ++i) {
    body.byte(); // its type
    if (body.byte()) faults.push(`global ${i} is mutable`);
    body.skipPast(0x0b); // its value; a byte of it that equals `end` would show as a fault, never hide one
  }
  return faults;
}

/** From the disassembly, since opcodes are hard to find in bytes. */
function instructionFaults(bytes: Uint8Array): string[] {
  const module = binaryen.readBinary(bytes);
  const text = module.emitText();
  module.dispose();
  const words = text.match(/\b(?:\w+\.relaxed_\w+|(?:\w+\.)?atomic\.\w+(?:\.\w+)?)/g) ?? [];
  return [...new Set(words)].map((word) => `has the instruction ${word}`);
}

class Reader {
  constructor(
    readonly bytes: Uint8Array,
    private at = 0,
    readonly end = bytes.length,
  ) {}

  get atEnd(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    if (this.atEnd) throw new RangeError("The module ends too early");
    return this.bytes[this.at++]!;
  }

  /** LEB128. */
  unsigned(): number {
    let [value, scale, byte] = [0, 1, 0];
    do {
      byte = this.byte();
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
    } while (byte & 0x80);
    return value;
  }

  part(size: number): Reader {
    const begin = this.at;
    this.at += size;
    return new Reader(this.bytes, begin, this.at);
  }

  name(): string {
    const { bytes, at, end } = this.part(this.unsigned());
    return new TextDecoder().decode(bytes.subarray(at, end));
  }

  skipPast(wanted: number): void {
    while (this.byte() !== wanted);
  }
}
