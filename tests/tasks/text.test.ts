import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { textTask } from "../../bindings/tasks/text.js";
import { answered, drawn, sequencesOf, type DrawnSequence } from "../support/answered.js";
import { array, uniform } from "../support/array.js";
import { expectUniform } from "../support/chiSquare.js";
import { testEngine } from "../support/engine.js";
import { judgeClasses, judged } from "../support/taskAnswers.js";

const engine = await testEngine();
const quote = "To be, or not to be, that is the question:\nWhether 'tis nobler in the mind to suffer";

/** What was shown and wanted, as classes. */
function classesOf({ inputs, targets }: DrawnSequence): { shown: number[]; wanted: number[] } {
  for (const input of inputs)
    assert.equal(
      [...input].sort((a, b) => a - b),
      [...Array(input.length - 1).fill(0), 1],
    );
  return { shown: inputs.map((input) => input.indexOf(1)), wanted: targets.flat() };
}

const text = suite("text");
text("has the paper's length, and an alphabet of the text's characters in the order of their codes", () => {
  const task = textTask({ text: "hello, world ".repeat(50) });
  assert.equal(task.options, { length: 500, alphabet: " ,dehlorw", crc32: task.options.crc32, seed: 0 });
  assert.equal([task.inputSize, task.outputSize, task.targetSize], [9, 9, 1]);
});
text("stretches of the text, and what follows each of their characters", () => {
  const task = textTask({ text: quote, length: 20 });
  const letters = [...task.options.alphabet!];
  for (const sequence of sequencesOf(drawn(task, 200))) {
    const { shown, wanted } = classesOf(sequence);
    assert.is(shown.length, 20);
    assert.ok(sequence.due.every(Boolean));
    assert.equal(shown.slice(1), wanted.slice(0, -1));
    const stretch = [shown[0]!, ...wanted].map((code) => letters[code]).join("");
    assert.ok(quote.includes(stretch), stretch);
  }
});
text("every place of the text is as likely, to the first and the last", () => {
  const alphabet = Array.from({ length: 30 }, (_, i) => String.fromCodePoint(97 + i)).join("");
  const task = textTask({ text: alphabet, length: 10 });
  const starts = Array<number>(20).fill(0);
  for (const sequence of sequencesOf(drawn(task, 10_000))) ++starts[classesOf(sequence).shown[0]!]!;
  assert.is(starts.length, 20);
  expectUniform(starts);
});
text("a text as long as the sequence and the character to follow has one place", () => {
  const [sequence] = sequencesOf(drawn(textTask({ text: "abcd", length: 3 }), 1));
  assert.equal(classesOf(sequence!), { shown: [0, 1, 2], wanted: [1, 2, 3] });
});
text("bytes are 256 classes", () => {
  const bytes = Uint8Array.of(0, 255, 7, 128, 9);
  const task = textTask({ text: bytes, length: 4 });
  assert.equal([task.inputSize, task.options.alphabet], [256, null]);
  const [sequence] = sequencesOf(drawn(task, 1));
  assert.equal(classesOf(sequence!), { shown: [0, 255, 7, 128], wanted: [255, 7, 128, 9] });
});
text("characters beyond 16 bits are one each, in an alphabet that is given or found", () => {
  const found = textTask({ text: "a🙂b🙂", length: 3 });
  assert.is(found.options.alphabet, "ab🙂");
  const given = textTask({ text: "a🙂b🙂", length: 3, alphabet: "🙂xba" });
  assert.is(given.inputSize, 4);
  const [sequence] = sequencesOf(drawn(given, 1));
  assert.equal(classesOf(sequence!), { shown: [3, 0, 2], wanted: [0, 2, 0] });
});
text("sequences as long as are asked for", () => {
  const task = textTask({ text: quote, length: 20 });
  for (const { inputs } of sequencesOf(drawn(task, 10, { length: 3 }))) assert.is(inputs.length, 3);
});
text("its options, the text's checksum among them, make it again of that text, and of no other", () => {
  const task = textTask({ text: quote, length: 20, seed: 5 });
  const options = JSON.parse(JSON.stringify(task.options)) as typeof task.options;
  assert.is(Object.keys(options).includes("text"), false);
  assert.equal(textTask({ ...options, text: quote }).options, options);
  assert.equal(
    textTask({ ...options, text: new TextEncoder().encode(quote), alphabet: null }).options.crc32,
    options.crc32,
  );
  const other = { ...options, text: quote.replace("nobler", "nobles") };
  assert.throws(() => textTask(other), /the text's CRC-32 is \d+, and must be \d+: it is another text/);
});
text("CRC-32 is that of the bytes in UTF-8", () => {
  assert.is(textTask({ text: "123456789", length: 3 }).options.crc32, 0xcbf43926);
  assert.is(textTask({ text: "äa€🙂", length: 3 }).options.crc32, 0x7487e45e); // of zlib
});
text("metrics are those of plain loops, a mean over each sequence", () => {
  const task = textTask({ text: quote, length: 20 });
  for (const length of [20, 7]) {
    const batch = drawn(task, 5, { length });
    const logits = uniform(new Random(3), [length, 5, task.outputSize]);
    const { loss, wrong } = judged(batch, logits, task.outputSize, judgeClasses);
    const actual = answered(engine, task, batch, logits);
    const near = (value: number, expected: number): void =>
      assert.ok(Math.abs(value - expected) < 1e-5 * expected, `${value} is not ${expected}`);
    near(actual["loss"]!, loss);
    near(actual["bitsPerCharacter"]!, loss / length / Math.LN2);
    near(actual["characterError"]!, wrong.reduce((a, b) => a + b) / length);
  }
});
text("who knows nothing needs the logarithm of the alphabet in bits a character", () => {
  const task = textTask({ text: new Uint8Array(50), length: 20 });
  const batch = drawn(task, 3);
  const { bitsPerCharacter } = answered(engine, task, batch, array([20, 3, 256], new Float64Array(20 * 3 * 256)));
  assert.ok(Math.abs(bitsPerCharacter! / 3 - 8) < 1e-5);
});
text.run();
