import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CheckpointError } from "../bindings/checkpoint/checkpointError.js";
import { Random } from "../bindings/common/random/philox.js";
import { areas } from "./fuzz/areas.js";
import { check } from "./fuzz/property.js";
import { whyNotOurs } from "./support/ours.js";
import { thrownBy } from "./support/thrown.js";

/** Cheap cases a property; `npm run fuzz` runs as many as one likes. */
const CASES = 300;

for (const [area, properties] of Object.entries(areas)) {
  const fuzz = suite(`fuzz, with a fixed seed: ${area}`);
  for (const property of properties) {
    fuzz(property.name, async () => {
      const cases = Math.ceil(CASES / property.cost);
      const wrong = await check(property, { seed: 1, cases });
      assert.is(wrong, undefined, wrong ?? "");
    });
  }
  fuzz.run();
}

const predicate = suite("an error is ours if our source made it");

predicate("and is not if the engine made it, wherever it was", () => {
  assert.is(whyNotOurs(thrownBy(() => new Random(-1))), undefined);
  assert.is(whyNotOurs(new CheckpointError("a", "it is damaged")), undefined);
  const engines: (() => unknown)[] = [
    () => (undefined as never as { x: number }).x,
    () => new Array(-1),
    () => new Float32Array(-1),
    () => JSON.parse("{"),
    () => (5 as never as () => void)(),
    () => new Random(1).uniform(Symbol() as never),
    function deep(): unknown {
      return [deep()];
    },
    () => new WebAssembly.Module(new Uint8Array(3)),
  ];
  for (const make of engines) assert.type(whyNotOurs(thrownBy(make)), "string", String(make));
  assert.match(whyNotOurs(new TypeError("Made by a test"))!, /outside of ours/);
  assert.match(whyNotOurs(new Error("of no type"))!, /it was made at|it is a Error/);
  assert.is(whyNotOurs("text"), "it is no Error");
});
predicate.run();
