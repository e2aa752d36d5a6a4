/** What the shipped model of digits answers about recordings as people have them, and what it refuses. */
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint } from "../../bindings/load.js";
import { hear, readWav, RecordingError, UnsureError, withoutSilence } from "../../bindings/listen.js";
import { ListenAttendSpell } from "../../bindings/models.js";
import { testEngine } from "../support/engine.js";
import { clear, spoken } from "../support/voice.js";
import { thrownBy } from "../support/thrown.js";

const bytes = readFileSync(new URL("../../checkpoints/digits.safetensors", import.meta.url));
const digits = loadCheckpoint(bytes, { models: [ListenAttendSpell] });
const engine = await testEngine("release");

const hearing = suite("the shipped model of digits");

hearing("hears the same with and without silence around, and says what it listened to", () => {
  const alone = hear(engine, digits, spoken(clear.eight));
  assert.is(alone.text, "eight");
  assert.equal(alone.symbols, [..."eight"]);
  assert.ok(alone.confidence! > 0.99 && alone.score < 0);
  const within = hear(engine, digits, spoken(clear.eight, 1, 2));
  assert.is(within.text, "eight");
  const { samples, sampleRate } = within.recording;
  assert.ok(samples.length < spoken(clear.eight).samples.length + 0.24 * sampleRate);
  assert.is(within.attention!.length, 6); // with the end
  const weights = Array.from(within.attention![0]!);
  assert.is(weights.length, Math.ceil(samples.length / (within.seconds * sampleRate)));
});

hearing("refuses what it is not sure of, by name", () => {
  const backwards = { ...spoken(clear.three), samples: spoken(clear.three).samples.reverse() };
  const refused = thrownBy(() => hear(engine, digits, backwards, { name: "back.wav" }));
  assert.instance(refused, UnsureError);
  assert.match(refused.message, /^Cannot answer "back.wav": /);
  assert.instance(
    thrownBy(() => hear(engine, digits, spoken(clear.eight), { least: 0.9999 })),
    UnsureError,
  );
  const seven = Array.from({ length: 7 }, () => spoken(clear.eight, 0.1, 0.1).samples).flat();
  const long = thrownBy(() => hear(engine, digits, { samples: seven, sampleRate: 8000 }, { least: 0 }));
  assert.instance(long, UnsureError);
});

hearing("says what a recording and options must be", () => {
  const said = (recording: unknown, options = {}): string =>
    thrownBy(() => hear(engine, digits, recording as never, options)).message;
  assert.match(said({ samples: [], sampleRate: 8000 }), /is empty/);
  assert.match(said({ samples: [0, 0], sampleRate: 8000 }), /is silent/);
  assert.match(said({ samples: [1], sampleRate: 44_100 }), /resample it/);
  assert.match(said(null), /must be \{ samples, sampleRate \}/);
  assert.match(said(spoken(clear.eight), { least: 2 }), /least/);
  assert.match(said(spoken(clear.eight), { loud: true }), /loud/);
  assert.match(said(spoken(clear.eight), { name: 7 }), /hear: name is 7, and must be a text/);
  const read = (bytes: unknown, options: unknown): string =>
    thrownBy(() => readWav(bytes as never, options as never)).message;
  assert.match(read("eight.wav", { sampleRate: 8000 }), /readWav: the bytes are "eight.wav", and must be a Uint8Array/);
  assert.match(
    read(new Uint8Array(4), { sampleRate: "8k" }),
    /readWav: sampleRate is "8k", and must be a number from 1000/,
  );
  assert.match(read(new Uint8Array(4), undefined), /readWav: the options are undefined/);
  const plain = { model: digits.model };
  const unknown = thrownBy(() => hear(engine, plain, spoken(clear.eight), { least: 0.5 }));
  assert.match(unknown.message, /does not tell how sure it is/);
  assert.is(hear(engine, plain, spoken(clear.eight)).confidence, null);
  assert.instance(
    thrownBy(() => hear(engine, digits, { samples: [], sampleRate: 8000 })),
    RecordingError,
  );
});

const silence = suite("silence around what is said");

silence("of a fifth of a second stays, and of more a tenth", () => {
  const sampleRate = 1000;
  const tone = Array.from({ length: 500 }, (_, i) => (i % 2 ? 0.5 : -0.5));
  const around = (before: number, after: number): number[] => [
    ...new Array<number>(before).fill(0.01),
    ...tone,
    ...new Array<number>(after).fill(0.01),
  ];
  const left = (before: number, after: number): ArrayLike<number> =>
    withoutSilence({ samples: around(before, after), sampleRate }).samples;
  assert.equal(left(200, 200), around(200, 200));
  assert.equal(left(220, 0), around(100, 0));
  assert.equal(left(1000, 2000), around(100, 100));
  assert.equal(left(0, 500), around(0, 100));
});

silence("is not what is quieter in the middle", () => {
  const loud = Array.from({ length: 100 }, (_, i) => (i % 2 ? 0.5 : -0.5));
  const samples = [...loud, ...new Array<number>(1000).fill(0), ...loud];
  assert.is(withoutSilence({ samples, sampleRate: 1000 }).samples.length, 1200);
});

hearing.run();
silence.run();
