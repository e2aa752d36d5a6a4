/** The engine's memory: blocks that are handed out, given back, and handed out again. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Memory } from "../bindings/engine/memory.js";
import { MemoryError } from "../bindings/graph/memoryError.js";
import { Random } from "../bindings/common/random/philox.js";
import { testEngine } from "./support/engine.js";
import { thrownBy } from "./support/thrown.js";

const PAGE = 65_536;
const fresh = (maximum = 64): Memory => new Memory(new WebAssembly.Memory({ initial: 1, maximum }));

const memories = suite("memory");

memories("blocks do not overlap, begin at multiples of 64, and hold what was asked for", () => {
  const memory = fresh(1000);
  const random = new Random(3);
  const blocks = new Map<number, { bytes: number; mark: number }>();
  for (let i = 1; i < 2000; ++i) {
    if (random.uniform() < 0.55 || !blocks.size) {
      const bytes = random.integer(0, 700);
      const address = memory.allocate(bytes);
      assert.is(address % 64, 0);
      assert.ok(address >= 64 && address + bytes <= memory.byteLength && !blocks.has(address));
      memory.u32.fill(i, address / 4, (address + bytes) / 4);
      blocks.set(address, { bytes, mark: i });
    } else {
      const address = [...blocks.keys()][random.integer(0, blocks.size - 1)]!;
      const { bytes, mark } = blocks.get(address)!;
      const words = memory.u32.subarray(address / 4, Math.floor((address + bytes) / 4));
      assert.ok(
        words.every((word) => word === mark),
        "somebody else has written there",
      );
      memory.free(address);
      blocks.delete(address);
    }
    const rounded = [...blocks.values()].map(({ bytes }) => Math.max(64, Math.ceil(bytes / 64) * 64));
    assert.is(
      memory.used,
      rounded.reduce((a, b) => a + b, 0),
    );
  }
  for (const address of blocks.keys()) memory.free(address);
  assert.is(memory.used, 0);
  assert.is(memory.allocate(64), 64, "all is one hole again");
});

memories("neighbours that are given back are one hole, in whatever order they go", () => {
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
  ]) {
    const memory = fresh();
    const blocks = [0, 1, 2].map(() => memory.allocate(640));
    const behind = memory.allocate(64);
    for (const i of order) memory.free(blocks[i]!);
    assert.is(memory.allocate(3 * 640), blocks[0], String(order));
    memory.free(behind);
  }
});

memories("what is given back at the end is there for something larger, without growing", () => {
  const memory = fresh();
  const first = memory.allocate(PAGE / 2);
  memory.free(first);
  assert.is(memory.allocate(PAGE - 64), first);
  assert.is(memory.byteLength, PAGE);
  memory.free(first);
  const [small, last] = [memory.allocate(64), memory.allocate(PAGE / 2)];
  memory.free(last);
  memory.free(small);
  assert.is(memory.allocate(PAGE - 64), first);
  assert.is(memory.byteLength, PAGE);
});

memories("the first hole that is large enough is taken, and its rest stays", () => {
  const memory = fresh();
  const [a, , b] = [memory.allocate(128), memory.allocate(64), memory.allocate(256), memory.allocate(64)];
  memory.free(a!);
  memory.free(b!);
  assert.is(memory.allocate(192), b);
  assert.is(memory.allocate(64), a);
  assert.is(memory.allocate(64), a! + 64);
  assert.is(memory.allocate(64), b! + 192);
});

memories("an attempt that fails gives back what it took, and nothing else", () => {
  const memory = fresh();
  const before = memory.allocate(100);
  const used = memory.used;
  const error = thrownBy(() =>
    memory.attempt(() => {
      memory.allocate(100);
      memory.free(memory.allocate(300));
      memory.allocate(500);
      throw new RangeError("enough");
    }),
  );
  assert.is(error.message, "enough");
  assert.is(memory.used, used);
  memory.free(before);
  assert.is(
    memory.attempt(() => memory.allocate(10)),
    before,
    "one that does not fail keeps it",
  );
  assert.is(memory.used, 64);
});

memories("a block that there is no room for is refused, and takes nothing", () => {
  const memory = fresh(2);
  for (let i = 0; i < 2; ++i)
    assert.instance(
      thrownBy(() => memory.allocate(2 * PAGE)),
      MemoryError,
    );
  assert.is(memory.used, 0);
  assert.instance(
    thrownBy(() => memory.allocate(65_536 * PAGE)),
    MemoryError,
  );
  assert.is(memory.allocate(2 * PAGE - 64), 64);
  for (const address of [0, 128, 65]) {
    assert.match(thrownBy(() => memory.free(address)).message, `Address ${address} is not an allocated block`);
  }
});

memories("views are of the memory as it is, and a block is cleared to its last byte", () => {
  const memory = fresh();
  const address = memory.allocate(256);
  memory.f32.fill(7, address / 4, address / 4 + 64);
  memory.allocate(2 * PAGE);
  assert.is(memory.f32.buffer.byteLength, memory.byteLength);
  assert.is(memory.f32[address / 4], 7);
  memory.clear(address + 4, 100);
  const left = memory.f32.subarray(address / 4, address / 4 + 64).map(Number);
  assert.equal(
    [...left].map((v, i) => (v ? i : -1)).filter((i) => i >= 0),
    [0, ...Array.from({ length: 38 }, (_, i) => 26 + i)],
  );
});

memories("an engine's arena is one block, the same as long as it suffices", async () => {
  const engine = await testEngine();
  const used = engine.memory.used;
  const first = engine.arena(1000);
  assert.equal(engine.arena(10), first);
  assert.equal(engine.arena(1000), first);
  for (const bytes of [2000, 300_000, 5000]) {
    const { address, bytes: has } = engine.arena(bytes);
    assert.ok(has >= bytes);
    assert.is(engine.memory.used - used, Math.ceil(has / 64) * 64, "the one before it is given back");
    assert.ok(address > 0);
  }
  engine.dispose();
});
memories.run();
