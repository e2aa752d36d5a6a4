/** Means over the latest batches. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Recent } from "../bindings/training/recent.js";

const recents = suite("means over the latest batches");

recents("are over as few as hold so many sequences", () => {
  const recent = new Recent(10);
  recent.add(4, [4, 40]);
  assert.equal(recent.means, [1, 10]);
  recent.add(4, [8, 0]);
  assert.equal(recent.means, [12 / 8, 40 / 8]);
  recent.add(2, [0, 0]);
  assert.equal(recent.entries.length, 3, "ten in all: all of them are needed");
  assert.equal(recent.means, [1.2, 4]);
  recent.add(4, [2, 2]);
  assert.equal(
    recent.entries,
    [
      [4, 8, 0],
      [2, 0, 0],
      [4, 2, 2],
    ],
    "the ten behind the first are enough",
  );
  assert.equal(recent.means, [1, 0.2]);
  recent.add(100, [50, 100]);
  assert.equal(recent.entries, [[100, 50, 100]]);
  assert.equal(recent.means, [0.5, 1]);
});

recents("of a batch that is larger than asked for are over that batch", () => {
  const recent = new Recent(3);
  for (const sum of [5, 10, 15]) {
    recent.add(5, [sum]);
    assert.equal(recent.means, [sum / 5]);
  }
});
recents.run();
