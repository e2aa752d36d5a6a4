/** Bytes of other realms, and hosts that hide what makes bytes of texts. */
import { runInNewContext } from "node:vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bytesOf, isBytes } from "../bindings/common/encodings.js";
import { importModel } from "../bindings/import/importModel.js";
import { textTask } from "../bindings/tasks/text.js";
import { thrownBy } from "./support/thrown.js";

const encodings = suite("encodings");
const foreign = (...bytes: number[]): Uint8Array =>
  runInNewContext("Uint8Array.from(bytes)", { bytes }) as unknown as Uint8Array;

encodings("bytes are bytes, of whatever realm", () => {
  assert.not.ok(foreign(1) instanceof Uint8Array);
  for (const bytes of [foreign(1), Uint8Array.of(1), Buffer.of(1)]) assert.ok(isBytes(bytes));
  for (const other of [undefined, null, [1], new Float32Array(1), new ArrayBuffer(1), "a"])
    assert.not.ok(isBytes(other));
});

encodings("a text of another realm's bytes is a text, and its file a file", () => {
  assert.is(textTask({ text: foreign(...Buffer.from("to be or not to be")), length: 3 }).name, "text");
  const failure = thrownBy(() => importModel(foreign(1, 2, 3)));
  assert.not.match(failure.message, /must be a Uint8Array/);
  assert.match(thrownBy(() => importModel([1] as never)).message, /must be a Uint8Array/);
});

encodings("a host without TextEncoder is told what to do", () => {
  const own = globalThis.TextEncoder;
  Object.assign(globalThis, { TextEncoder: undefined });
  try {
    const { message } = thrownBy(() => bytesOf("a"));
    assert.match(message, /no TextEncoder/);
    assert.match(message, /setupFiles/);
  } finally {
    Object.assign(globalThis, { TextEncoder: own });
  }
  assert.equal([...bytesOf("aé")], [0x61, 0xc3, 0xa9]);
});

encodings.run();
