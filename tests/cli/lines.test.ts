/** Lines as they come, and how many there have been. */
import { Readable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Counting } from "../../cli/counting.js";
import { linesFrom, type Line } from "../../cli/lines.js";

const lines = suite("lines of input");

async function read(chunks: readonly (string | Uint8Array)[], words: readonly string[] = []): Promise<Line[][]> {
  const stdin = Readable.from(chunks.map((chunk) => Buffer.from(chunk as string))) as NodeJS.ReadStream;
  const groups: Line[][] = [];
  for await (const group of linesFrom(words, stdin)) groups.push(group);
  return groups;
}
const texts = (groups: readonly Line[][]): string[] => groups.flat().map(({ text }) => text);

lines("are whole, wherever the pieces of stdin are cut, also within a character", async () => {
  const text = "\ufeffcafé\r\nnaïve\n\n語\nend";
  const bytes = Buffer.from(text);
  for (let size = 1; size < bytes.length; ++size) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    const groups = await read(chunks);
    assert.equal(texts(groups), ["café", "naïve", "", "語", "end"], `${size}`);
    assert.equal(
      groups.flat().map(({ number }) => number),
      [1, 2, 3, 4, 5],
    );
  }
});

lines("come in the groups in which stdin has them, and those of the command line at once", async () => {
  assert.equal(
    (await read(["a\nb\n", "c\n"])).map((group) => group.length),
    [2, 1],
  );
  assert.equal(texts(await read([])), []);
  assert.equal(texts(await read(["a"], ["x", "y\nz"])), ["x y", "z"]);
});

lines("of a terminal are asked for", async () => {
  const stdin = Object.assign(Readable.from([]), { isTTY: true }) as unknown as NodeJS.ReadStream;
  let message = "";
  try {
    for await (const _ of linesFrom([], stdin));
  } catch (error) {
    ({ message } = error as Error);
  }
  assert.match(message, /There is no text: give one as an argument, or pipe one in/);
});

lines("are counted now and then: in more lines, or in one of a terminal", () => {
  for (const isTTY of [false, true]) {
    const said: string[] = [];
    const stream = { isTTY, write: (text: string) => said.push(text) } as unknown as NodeJS.WriteStream;
    let now = 0;
    const counting = new Counting("word", stream, () => now);
    for (let i = 0; i < 100; ++i) {
      now += 100;
      counting.add(64);
    }
    counting.clear();
    const shown = said.filter((text) => text.includes("words"));
    assert.is(shown.length, isTTY ? 24 : 3);
    assert.match(shown[0]!, isTTY ? /^\r\x1b\[K1,920 words, [\d,]+ a second$/ : /^1,920 words, [\d,]+ a second\n$/);
    assert.is(said.at(-1) === "\r\x1b[K", isTTY);
  }
});

lines.run();
