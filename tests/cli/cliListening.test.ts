/** The command line with a model that listens: WAV files of every kind, what is refused, and the page. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { ListenAttendSpell, resample } from "../../bindings/models.js";
import { digitSymbols, spokenDigitsTask } from "../../bindings/tasks.js";
import { readWav, type WavRecording } from "../../bindings/listen.js";
import { commandLine, linesOf } from "../support/cli.js";
import { thrownBy } from "../support/thrown.js";
import { wav } from "../support/wav.js";

const wavOf = (name: string, bytes: Uint8Array, sampleRate: number): WavRecording =>
  readWav(bytes, { name, sampleRate });

const tone = (hz: number, rate: number, seconds: number, loud = 0.5): number[] =>
  Array.from({ length: Math.round(rate * seconds) }, (_, i) => loud * Math.sin((2 * Math.PI * hz * i) / rate));

const reading = suite("WAV files");

for (const format of [8, 16, 24, 32, "float", "double"] as const) {
  reading(
    `of ${typeof format === "string" ? `${format}s` : `${format} bits`}, mono and stereo, are what was written`,
    () => {
      const samples = tone(440, 8000, 0.1);
      for (const channels of [[samples], [samples, samples]]) {
        const read = wavOf("a.wav", wav(channels, 8000, format), 8000);
        assert.is(read.sampleRate, 8000);
        assert.is(read.samples.length, samples.length);
        const error = Math.max(...samples.map((sample, i) => Math.abs(sample - read.samples[i]!)));
        assert.ok(error < (format === 8 ? 0.01 : 1e-4), String(error));
        assert.equal(read.notes, []);
      }
    },
  );
}

reading("of two channels are their mean, and of another rate resampled", () => {
  const left = tone(300, 44_100, 0.2);
  const right = left.map((_, i) => 0.3 * (left[i - 20] ?? 0)); // further away, and quieter
  const { samples } = wavOf("a.wav", wav([left, right], 44_100, "float"), 8000);
  const mean = left.map((sample, i) => Math.fround((Math.fround(sample) + Math.fround(right[i]!)) / 2));
  const expected = resample({ samples: mean, sampleRate: 44_100 }, 8000).samples;
  assert.is(samples.length, 1600);
  assert.ok(samples.every((sample, i) => Math.abs(sample - expected[i]!) < 1e-6));
});

reading("of channels with different sounds are refused where these are at once, and not one after the other", () => {
  const [one, other] = [tone(300, 8000, 0.2), tone(700, 8000, 0.2)];
  const silence = one.map(() => 0);
  const read = (...channels: number[][]) => wavOf("a.wav", wav(channels, 8000), 8000).samples.length;
  const refused = (...channels: number[][]): string => thrownBy(() => read(...channels)).message;
  assert.match(refused(one, other), /a.wav: its channels have different sounds at once: take one of them$/);
  assert.match(refused(one, one, other), /different sounds at once/);
  assert.match(refused(one, one.map((each) => -each)), /its channels cancel each other: take one of them$/); // prettier-ignore
  const room = (count: number): number[][] => [one, ...Array.from({ length: count - 1 }, () => silence)];
  assert.is(read(...room(8)), one.length);
  assert.match(refused(...room(9)), /a.wav: it has 9 channels, and may have 8: take one of them$/);
  assert.is(read([...one, ...silence], [...silence, ...other]), 3200);
  assert.is(read(one, silence), 1600);
  assert.is(read(one, other.map((each) => each / 20)), 1600); // prettier-ignore
});

reading("that cannot be listened to are refused, each for its reason", () => {
  const good = wav([tone(440, 8000, 0.1)], 8000);
  const refused = (bytes: Uint8Array): string => thrownBy(() => wavOf("a.wav", bytes, 8000)).message;
  assert.match(refused(new Uint8Array()), /^Cannot listen to a.wav: it is empty$/);
  assert.match(refused(good.subarray(0, 500)), /it was cut off: it says that it has 1644 bytes, and has 500/);
  for (const length of [1, 4, 11, 20, 43]) assert.match(refused(good.subarray(0, length)), /cut off|no WAV file/);
  assert.match(refused(Buffer.from("ID3\x04 and so on, as long as it must be")), /it is an MP3 file and no WAV file/);
  assert.match(refused(Buffer.from([0xff, 0xfb, 0x90, 0x00, 1, 2, 3, 4, 5, 6, 7, 8])), /an MP3 file/);
  assert.match(refused(Buffer.from("fLaC and so on")), /a FLAC file/);
  assert.match(refused(Buffer.from("OggS and so on")), /an Ogg file/);
  assert.match(refused(Buffer.from("just a text, and no more than that")), /it is no WAV file/);
  assert.match(refused(wav([[]], 8000)), /it has no samples/);
  assert.match(refused(wav([Array<number>(800).fill(0)], 8000)), /it is silent: all of its samples are 0/);
  assert.match(refused(wav([tone(440, 8000, 31)], 8000)), /it lasts 31.0 s, and may last 30 s at most/);
  assert.match(refused(wav([[0.1, NaN]], 8000, "float")), /sample 1 is no number/);
  const strange = Buffer.from(good);
  strange.writeUInt16LE(0x55, 20); // MP3 inside of a WAV file
  assert.match(refused(strange), /Unsupported WAV format: 0x55/);
});

reading("of floats that are louder than can be are made quieter", () => {
  const { samples } = wavOf("a.wav", wav([tone(440, 8000, 0.1, 1.5)], 8000, "float"), 8000);
  assert.is(Math.max(...samples.map(Math.abs)), 1);
});

reading("that are clipped are read, and it is said", () => {
  const loud = tone(440, 8000, 0.1, 3).map((sample) => Math.max(-1, Math.min(1, sample)));
  const { notes } = wavOf("a.wav", wav([loud], 8000), 8000);
  assert.is(notes.length, 1);
  assert.equal(wavOf("a.wav", wav([loud.map((each) => each / 2), loud], 8000), 8000).notes, notes);
  assert.match(notes[0]!, /it is clipped: \d+\.\d% of its samples are as loud as can be/);
});
reading.run();

const { folder, tapehead } = commandLine();
const path = (name: string): string => join(folder, name);
const task = spokenDigitsTask({ sampleRate: 1600, seed: 1 });
const sizes = { symbols: digitSymbols, sampleRate: 1600, bands: 8, hiddenSize: 6, embeddingSize: 4, attentionSize: 5 };
const model = new ListenAttendSpell({ ...sizes, seed: 3 });
writeFileSync(path("las.safetensors"), save(model, { task }));
writeFileSync(path("free.safetensors"), save(model));
writeFileSync(path("tone.wav"), wav([tone(200, 8000, 0.4)], 8000));
writeFileSync(path("text.wav"), "no recording");

const listening = suite("command line: listening");

listening("what is no string of digits is refused, and a guess is called one", async () => {
  const { code, stdout, stderr } = await tapehead("listen tone.wav --model las.safetensors");
  assert.is(code, 1);
  assert.is(stdout, "");
  assert.match(stderr, /^error: Cannot answer "tone.wav": (what it heard, .* is no string of digits|it heard no)/);
  const both = await tapehead("listen tone.wav tone.wav --model las.safetensors --json");
  const [{ answers }] = linesOf(both.stdout) as never as [{ answers: { source: string; refused: string }[] }];
  assert.is(both.code, 1);
  assert.equal(
    answers.map(({ source }) => source),
    ["tone.wav", "tone.wav"],
  );
});

listening("a model of something else says what it hears, as run does, also from stdin", async () => {
  const { code, stdout, stderr } = await tapehead("listen tone.wav --model free.safetensors --json");
  assert.is(code, 0, stderr);
  const [heard] = linesOf(stdout) as never as [{ answer: string; confidence: null }];
  assert.type(heard.answer, "string");
  assert.is(heard.confidence, null);
  const run = await tapehead("run free.safetensors tone.wav --json");
  assert.is((linesOf(run.stdout)[0] as { answer?: string }).answer, heard.answer);
});

listening("of several files, one that cannot be read does not keep the others from being answered", async () => {
  const line = "listen missing.wav tone.wav text.wav --model free.safetensors";
  const { code, stdout } = await tapehead(`${line} --json`);
  const [{ answers }] = linesOf(stdout) as never as [
    { answers: { source: string; answer?: string; refused?: string }[] },
  ];
  assert.is(code, 1);
  assert.equal(
    answers.map(({ source }) => source),
    ["missing.wav", "tone.wav", "text.wav"],
  );
  assert.match(answers[0]!.refused!, /^Cannot read missing.wav/);
  assert.type(answers[1]!.answer, "string");
  assert.match(answers[2]!.refused!, /^Cannot listen to text.wav: it is no WAV file/);
  const said = await tapehead(line);
  assert.is(said.code, 1);
  assert.match(said.stdout, /^missing.wav  –\ntone.wav .*\ntext.wav     –\n$/);
  assert.match(said.stderr, /error: line 1: Cannot read missing.wav[^]*error: line 3: Cannot listen to text.wav/);
  const run = await tapehead("run free.safetensors missing.wav tone.wav text.wav --json");
  assert.equal(
    [run.code, (linesOf(run.stdout) as never as [{ answers: unknown }])[0].answers, run.stderr],
    [1, answers, ""],
  );
});

listening("bad files, models and flags are refused by name", async () => {
  const fails = async (line: string, wanted: RegExp, status: number): Promise<void> => {
    const { code, stderr } = await tapehead(line);
    assert.match(stderr, wanted);
    assert.is(code, status);
  };
  await fails("listen missing.wav --model free.safetensors", /Cannot read missing.wav/, 1);
  await fails("listen text.wav --model free.safetensors", /Cannot listen to text.wav: it is no WAV file/, 1);
  await fails("listen --model free.safetensors", /missing required argument 'file'/, 2);
  await fails("listen tone.wav tone.wav --model free.safetensors --trace a.html", /--trace draws one recording/, 2);
  await fails("listen tone.wav --model free.safetensors --min-confidence 0.9", /does not tell how sure it is/, 2);
  await fails("trace free.safetensors", /give it one WAV file/, 2);
  await fails("trace free.safetensors tone.wav --length 3", /leave out --length/, 2);
  await fails("train las --recordings .", /It holds no recordings of digits/, 2);
});

listening(
  "calibrate: with the recordings of training, which it cannot do without; then listen says how sure it is",
  async () => {
    mkdirSync(path("clips"));
    for (let digit = 0; digit < 10; ++digit)
      writeFileSync(path(`clips/${digit}_me_0.wav`), wav([tone(100 + 90 * digit, 8000, 0.1)], 8000));
    writeFileSync(path("clips/notes.txt"), "no clip");
    const options = { ...sizes, sampleRate: 8000, pyramidLayers: 3 };
    const learned = spokenDigitsTask({ maxDigits: 1, seed: 1 });
    writeFileSync(path("own.safetensors"), save(new ListenAttendSpell(options), { task: learned }));
    const without = await tapehead("calibrate own.safetensors");
    assert.is(without.code, 2);
    assert.match(without.stderr, /is calibrated with the recordings that it was trained on: it needs --recordings/);
    const { code, stdout, stderr } = await tapehead("calibrate own.safetensors --recordings clips --json");
    assert.is(code, 0, stderr);
    const [{ calibration }] = linesOf(stdout) as never as [{ calibration: { answers: number; threshold: null } }];
    assert.is(calibration.answers, 1000);
    const train = await tapehead(
      "train las --recordings clips --max-digits 1 --steps 2 --batch 2 --hidden 4 --out t.safetensors",
    );
    assert.is(train.code, 0, train.stderr);
  },
);

listening("trace: a page of where it listened", async () => {
  const { code, stderr } = await tapehead("trace free.safetensors tone.wav --out page.html");
  assert.is(code, 0, stderr);
  assert.match(
    readFileSync(path("page.html"), "utf8"),
    /<svg class="sound"[^]*Where it listened|Where it listened[^]*<svg class="sound"/,
  );
});
listening.run();
