/** What models and sessions keep in an engine. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Kept } from "../bindings/engine/kept.js";

const keeping = suite("what is kept");

/** Something that says when it goes. */
const freeable = (name: string, gone: string[]) => ({ name, free: () => void gone.push(name) });

keeping("is made once for an owner and a key", () => {
  const kept = new Kept();
  const [one, other] = [{}, {}];
  let made = 0;
  const keep = (owner: object, key: string): number => kept.keep(owner, key, () => ++made);
  assert.equal([keep(one, "a"), keep(one, "a"), keep(one, "b"), keep(other, "a"), keep(one, "a")], [1, 1, 2, 3, 1]);
  assert.is(
    kept.keep(one, "none", () => undefined),
    undefined,
  );
  assert.is(
    kept.keep(one, "none", () => 5),
    undefined,
    "undefined is kept too",
  );
});

keeping("goes when its owner lets go, the last first, and nobody else's", () => {
  const kept = new Kept();
  const gone: string[] = [];
  const [one, other] = [{}, {}];
  for (const name of ["a", "b", "c"]) kept.keep(one, name, () => freeable(name, gone));
  kept.keep(other, "a", () => freeable("other", gone));
  kept.keep(one, "number", () => 7);
  kept.release(one);
  assert.equal(gone, ["c", "b", "a"]);
  kept.release(one);
  kept.release({});
  assert.equal(gone, ["c", "b", "a"]);
  kept.keep(one, "a", () => freeable("again", gone));
  kept.release(one);
  kept.release(other);
  assert.equal(gone, ["c", "b", "a", "again", "other"]);
});

keeping("may be made of what is kept for the same owner meanwhile, and both stay", () => {
  const kept = new Kept();
  const gone: string[] = [];
  const owner = {};
  const outer = kept.keep(owner, "outer", () => {
    kept.keep(owner, "inner", () => freeable("inner", gone));
    return freeable("outer", gone);
  });
  assert.is(
    kept.keep(owner, "outer", () => freeable("never", gone)),
    outer,
  );
  assert.is(kept.keep(owner, "inner", () => freeable("never", gone)).name, "inner");
  kept.release(owner);
  assert.equal(gone, ["outer", "inner"]);
});

keeping("is not kept when it cannot be made", () => {
  const kept = new Kept();
  const owner = {};
  let tries = 0;
  for (let i = 0; i < 2; ++i) {
    assert.throws(() =>
      kept.keep(owner, "a", () => {
        ++tries;
        throw new RangeError("full");
      }),
    );
  }
  assert.is(tries, 2);
  assert.is(
    kept.keep(owner, "a", () => 3),
    3,
  );
});
keeping.run();
