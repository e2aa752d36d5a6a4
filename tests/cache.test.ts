/** What models and sessions keep in an engine. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { EngineCache } from "../bindings/engine/cache.js";
import { AttentionSeq2Seq } from "../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.js";
import { keptIn, testEngine } from "./support/engine.js";

const keeping = suite("what is kept");

/** Something that says when it goes. */
const freeable = (name: string, gone: string[]) => ({ name, free: () => void gone.push(name) });

keeping("is made once for an owner and a key", () => {
  const cache = new EngineCache();
  const [one, other] = [{}, {}];
  let made = 0;
  const keep = (owner: object, key: string): number => cache.keep(owner, key, () => ++made);
  assert.equal([keep(one, "a"), keep(one, "a"), keep(one, "b"), keep(other, "a"), keep(one, "a")], [1, 1, 2, 3, 1]);
  assert.is(
    cache.keep(one, "none", () => undefined),
    undefined,
  );
  assert.is(
    cache.keep(one, "none", () => 5),
    undefined,
    "undefined is kept too",
  );
});

keeping("goes when its owner lets go, the last first, and nobody else's", () => {
  const cache = new EngineCache();
  const gone: string[] = [];
  const [one, other] = [{}, {}];
  for (const name of ["a", "b", "c"]) cache.keep(one, name, () => freeable(name, gone));
  cache.keep(other, "a", () => freeable("other", gone));
  cache.keep(one, "number", () => 7);
  cache.release(one);
  assert.equal(gone, ["c", "b", "a"]);
  cache.release(one);
  cache.release({});
  assert.equal(gone, ["c", "b", "a"]);
  cache.keep(one, "a", () => freeable("again", gone));
  cache.release(one);
  cache.release(other);
  assert.equal(gone, ["c", "b", "a", "again", "other"]);
});

keeping("may be made of what is kept for the same owner meanwhile, and both stay", () => {
  const cache = new EngineCache();
  const gone: string[] = [];
  const owner = {};
  const outer = cache.keep(owner, "outer", () => {
    cache.keep(owner, "inner", () => freeable("inner", gone));
    return freeable("outer", gone);
  });
  assert.is(
    cache.keep(owner, "outer", () => freeable("never", gone)),
    outer,
  );
  assert.is(cache.keep(owner, "inner", () => freeable("never", gone)).name, "inner");
  cache.release(owner);
  assert.equal(gone, ["outer", "inner"]);
});

keeping("is not kept when it cannot be made", () => {
  const cache = new EngineCache();
  const owner = {};
  let tries = 0;
  for (let i = 0; i < 2; ++i) {
    assert.throws(() =>
      cache.keep(owner, "a", () => {
        ++tries;
        throw new RangeError("full");
      }),
    );
  }
  assert.is(tries, 2);
  assert.is(
    cache.keep(owner, "a", () => 3),
    3,
  );
});
keeping("is bounded for a sweep over an option that programs are made for", async () => {
  const engine = await testEngine("release");
  const model = new AttentionSeq2Seq({ sourceSymbols: ["a", "b"], targetSymbols: ["x", "y"], hiddenSize: 4, seed: 1 });
  const sweep = (from: number, count: number): number => {
    for (let i = from; i < from + count; ++i) {
      model.run(engine, ["ab"], { beam: 2, limit: 3, lengthPenalty: 1 + i / 1000 });
    }
    return keptIn(engine);
  };
  const most = Math.max(...Array.from({ length: 40 }, (_, i) => sweep(i, 1)));
  assert.ok(sweep(40, 120) <= most, "four times as many penalties keep no more programs");
});

keeping.run();
