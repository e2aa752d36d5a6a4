/** Shards: what each machine of a batch is given. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LoadedProgram } from "../bindings/engine/loadedProgram.js";
import { shardRows, Shards, wideShardRows, type Shard } from "../bindings/engine/shards.js";
import { compile } from "../bindings/graph/compile.js";
import { Graph } from "../bindings/graph/graph.js";
import { identity } from "../bindings/graph/ops/index.js";
import { STREAMS, streamsInput } from "../bindings/graph/streams.js";
import { keptIn, testEngine } from "./support/engine.js";

const engine = await testEngine();
/** More than two inputs of streams hold. */
const DRAWS = 2 * STREAMS + 3;
const SIZE = 5;

/** Copies its rows of x, and its streams. */
function shardsOf(batch: number): Shards {
  return new Shards(engine, batch, (rows) => {
    const graph = new Graph();
    const time = graph.dimension("time");
    graph.output("y", identity(graph.input("x", [time, rows, SIZE])));
    for (let draw = 0; draw < DRAWS; ++draw) graph.output(`drawn ${draw}`, identity(graph.random()));
    graph.output("given", identity(graph.input("weight", [])));
    return new LoadedProgram(engine, compile(graph));
  });
}

/** Streams of a shard's draws: (DRAWS, 4). */
function streamsOf({ machine }: Shard): number[][] {
  return Array.from({ length: DRAWS }, (_, draw) => {
    const first = machine.inputAt(streamsInput(Math.floor(draw / STREAMS))) + 4 * (draw % STREAMS);
    return [...engine.memory.u32.slice(first, first + 4)];
  });
}

const suiteOf = suite("shards");

suiteOf("every draw of every shard and step has a stream of its own, which depends on the seed", () => {
  const shards = shardsOf(19);
  shards.prepare({ time: 1 }, 0);
  const seen = new Set<string>();
  const [seeds, steps] = [
    [0, 1, 0xffff_ffff],
    [1, 2, 3, 4, 100, 101, 102],
  ];
  for (const seed of seeds) {
    for (const step of steps) {
      shards.writeStreams(seed, step);
      for (const shard of shards.shards) {
        for (const stream of streamsOf(shard)) {
          assert.is(stream[0], seed);
          assert.is(stream[2], 0, "positions that differ in their high words alone, 2³² words from one another");
          seen.add(stream.join());
        }
      }
    }
  }
  assert.is(seen.size, seeds.length * steps.length * 3 * DRAWS);
  shards.free();
});

suiteOf("the streams of a step are the same again", () => {
  const shards = shardsOf(9);
  shards.prepare({ time: 1 }, 0);
  const written = (): string => String(shards.shards.map(streamsOf));
  shards.writeStreams(7, 5);
  const before = written();
  shards.writeStreams(7, 6);
  assert.is.not(written(), before);
  shards.writeStreams(7, 5);
  assert.is(written(), before);
  shards.free();
});

for (const batch of [1, 8, 9, 16, 19]) {
  suiteOf(`each of a batch of ${batch} gets its rows, of every step, and every scalar`, () => {
    const shards = shardsOf(batch);
    for (const time of [1, 4]) {
      const data = Float32Array.from({ length: time * batch * SIZE }, (_, i) => i + 1);
      shards.prepare({ time }, 0);
      shards.writeSequence("x", data, time, batch, SIZE);
      shards.writeScalar("weight", 0.25);
      shards.writeScalar("nothing", 1);
      shards.run();
      let next = 0;
      for (const { machine, begin, rows } of shards.shards) {
        assert.is(begin, next);
        next += rows;
        const { f32 } = engine.memory;
        const y = f32.subarray(machine.outputAt("y"), machine.outputAt("y") + time * rows * SIZE);
        for (let t = 0; t < time; ++t) {
          const from = (t * batch + begin) * SIZE;
          const expected = data.subarray(from, from + rows * SIZE);
          assert.equal([...y.subarray(t * rows * SIZE, (t + 1) * rows * SIZE)], [...expected]);
        }
        assert.is(f32[machine.outputAt("given")], 0.25);
      }
      assert.is(next, batch);
    }
    shards.free();
  });
}

suiteOf("their cuts leave nothing over, and nothing but the batch decides them", () => {
  for (const cut of [shardRows, wideShardRows]) {
    for (let batch = 1; batch < 140; ++batch) {
      let left = batch;
      while (left > 0) {
        const rows = cut(left, batch);
        assert.ok(rows >= 1 && rows <= left);
        left -= rows;
      }
      assert.is(left, 0);
    }
  }
  assert.equal(
    [1, 7, 8, 9, 64].map((left) => shardRows(left, 64)),
    [1, 7, 8, 8, 8],
  );
});

suiteOf("their gradient blocks do not overlap, and all memory comes back", () => {
  const used = keptIn(engine);
  const graph = new Graph();
  graph.result("loss", graph.input("weight", []));
  const program = compile(graph);
  const loaded = new LoadedProgram(engine, program);
  const shards = new Shards(engine, 17, () => loaded);
  shards.prepare({}, 0);
  assert.ok(shards.gradientStride >= (program.gradientSize + 1) * 4 && shards.gradientStride % 16 === 0);
  shards.free();
  loaded.free();
  assert.is(keptIn(engine), used);
});
suiteOf.run();
