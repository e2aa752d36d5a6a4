/** The command line with a model that looks: pictures of every kind and size, what is refused, and the page. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import jpeg from "jpeg-js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { Random } from "../../bindings/common/random/philox.js";
import { crc32 } from "../../bindings/common/crc32.js";
import { picturePage, ShowAttendTell } from "../../bindings/models.js";
import { captionsTask, scatteredDigitsTask, scatteredSymbols } from "../../bindings/tasks.js";
import { captionOf, captionsOf, wordsOf } from "../../cli/captions.js";
import { fitted } from "../../cli/fittedPicture.js";
import { marksOf } from "../../cli/marksOf.js";
import { orientationOf, upright } from "../../cli/orientation.js";
import { pictureIn } from "../../cli/pictureFile.js";
import { digitsOf } from "../../cli/writtenDigits.js";
import { commandLine, linesOf } from "../support/cli.js";
import { thrownBy } from "../support/thrown.js";

/** Colour types of PNG: samples of a pixel. */
const TYPES = { grey: [0, 1], colour: [2, 3], palette: [3, 1], greyAlpha: [4, 2], colourAlpha: [6, 4] } as const;

interface PNGOptions {
  readonly type?: keyof typeof TYPES;
  readonly depth?: 1 | 2 | 4 | 8 | 16;
  readonly palette?: readonly number[];
  /** Bytes of the chunk tRNS. */
  readonly clear?: readonly number[];
}

function chunk(name: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(name, 4);
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/** A PNG file of rows of samples, as numbers of its depth. */
function png(
  rows: readonly (readonly number[])[],
  { type = "grey", depth = 8, palette, clear }: PNGOptions = {},
): Buffer {
  const [colourType, samples] = TYPES[type];
  const head = Buffer.alloc(13);
  head.writeUInt32BE(rows[0]!.length / samples, 0);
  head.writeUInt32BE(rows.length, 4);
  head.set([depth, colourType, 0, 0, 0], 8);
  const lines = rows.map((row) => {
    const bits = row.map((sample) => sample.toString(2).padStart(depth, "0")).join("");
    const bytes = bits.match(/.{1,8}/g)!.map((byte) => parseInt(byte.padEnd(8, "0"), 2));
    return [0, ...bytes]; // not filtered
  });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    ...(palette ? [chunk("PLTE", Uint8Array.from(palette))] : []),
    ...(clear ? [chunk("tRNS", Uint8Array.from(clear))] : []),
    chunk("IDAT", deflateSync(Uint8Array.from(lines.flat()))),
    chunk("IEND", new Uint8Array()),
  ]);
}

const near = (actual: ArrayLike<number>, expected: readonly number[], within = 1e-6): void => {
  assert.is(actual.length, expected.length);
  expected.forEach((each, i) => assert.ok(Math.abs(actual[i]! - each) < within, `${i}: ${actual[i]}, not ${each}`));
};
const thrice = (greys: readonly number[]): number[] => greys.flatMap((each) => [each, each, each]);

const reading = suite("picture files");

for (const depth of [1, 2, 4, 8, 16] as const) {
  reading(`greys of ${depth} bits are what was written`, () => {
    const most = 2 ** depth - 1;
    const rows = [0, 1].map((y) => [0, 1, 2, 3, 4].map((x) => Math.round(((x + y) / 5) * most)));
    const { width, height, colours } = pictureIn("a.png", png(rows, { depth }));
    assert.equal([width, height], [5, 2]);
    near(colours, thrice(rows.flat().map((each) => each / most)));
  });
}

for (const depth of [1, 2, 4, 8] as const) {
  reading(`a palette of ${depth} bits is its colours, on white where it is transparent`, () => {
    const palette = [255, 0, 0, 0, 0, 255]; // red, blue
    const rows = [
      [0, 1, 1],
      [1, 0, 0],
    ];
    const colours = rows.flat().flatMap((each) => (each ? [0, 0, 1] : [1, 0, 0]));
    near(pictureIn("a.png", png(rows, { type: "palette", depth, palette })).colours, colours);
    const half = rows.flat().flatMap((each) => (each ? [0, 0, 1] : [1, 1 - 51 / 255, 1 - 51 / 255]));
    near(pictureIn("a.png", png(rows, { type: "palette", depth, palette, clear: [51] })).colours, half);
  });
}

reading("colours of 8 and 16 bits, with and without alpha, are on white where they are transparent", () => {
  for (const depth of [8, 16] as const) {
    const most = 2 ** depth - 1;
    const of = (...parts: readonly number[]): number[] => parts.map((part) => Math.round(part * most));
    near(pictureIn("a", png([of(0.2, 0.4, 0.6)], { type: "colour", depth })).colours, [0.2, 0.4, 0.6], 0.01);
    near(pictureIn("a", png([of(0.2, 0.4, 0.6, 0.5)], { type: "colourAlpha", depth })).colours, [0.6, 0.7, 0.8], 0.01);
    near(pictureIn("a", png([of(0.2, 0, 0, 1)], { type: "greyAlpha", depth })).colours, thrice([1, 0]), 0.01);
  }
  const two = png([[10, 20, 30, 10, 20, 31, 1, 2, 3]], { type: "colour", clear: [0, 10, 0, 20, 0, 30] });
  near(pictureIn("a", two).colours, [1, 1, 1, 10 / 255, 20 / 255, 31 / 255, 1 / 255, 2 / 255, 3 / 255]);
  near(pictureIn("a", png([[7, 8]], { clear: [0, 7] })).colours, thrice([1, 8 / 255]));
});

reading("white strokes on a transparent ground are on black, since on white there would be nothing to see", () => {
  const greys = (...pixels: readonly (readonly [grey: number, alpha: number])[]): readonly number[] => [
    ...pictureIn("a", png([pixels.flat()], { type: "greyAlpha" })).colours,
  ];
  near(greys([255, 0], [255, 255], [250, 51]), thrice([0, 1, (250 / 255) * 0.2]));
  near(greys([255, 0], [255, 255], [200, 255]), thrice([1, 1, 200 / 255]));
  near(greys([255, 255], [250, 255]), thrice([1, 250 / 255]));
  near(greys([0, 0], [255, 0]), thrice([1, 1]));
  near(greys([0, 0], [255, 5]), thrice([1, 1]));
});

reading("JPEG is what was written, nearly", () => {
  const data = Buffer.alloc(16 * 8 * 4, 255);
  for (let i = 0; i < 16 * 8; ++i) data.set(i % 16 < 8 ? [200, 40, 40] : [30, 60, 220], 4 * i);
  const { width, height, colours } = pictureIn("a.jpg", jpeg.encode({ width: 16, height: 8, data }, 95).data);
  assert.equal([width, height], [16, 8]);
  near(colours.subarray(3 * 16 + 6, 3 * 16 + 9), [200 / 255, 40 / 255, 40 / 255], 0.06);
  near(colours.subarray(3 * 16 + 36, 3 * 16 + 39), [30 / 255, 60 / 255, 220 / 255], 0.06);
});

reading("JPEG is turned as its camera was held, and may have more behind its end", () => {
  // A picture of 2 × 3 as it is to be seen, and where the first row and column of the file are in it.
  const seen = [1, 2, 3, 4, 5, 6];
  const stored: Record<number, readonly (readonly number[])[]> = {
    1: [[1, 2, 3], [4, 5, 6]],
    2: [[3, 2, 1], [6, 5, 4]],
    3: [[6, 5, 4], [3, 2, 1]],
    4: [[4, 5, 6], [1, 2, 3]],
    5: [[1, 4], [2, 5], [3, 6]],
    6: [[3, 6], [2, 5], [1, 4]],
    7: [[6, 3], [5, 2], [4, 1]],
    8: [[4, 1], [5, 2], [6, 3]],
  }; // prettier-ignore
  for (const [orientation, rows] of Object.entries(stored)) {
    const colours = Float32Array.from(thrice(rows.flat()));
    const turned = upright({ height: rows.length, width: rows[0]!.length, colours }, Number(orientation));
    assert.equal([turned.height, turned.width], [2, 3], orientation);
    near(turned.colours, thrice(seen));
  }
  const data = Buffer.alloc(16 * 8 * 4, 255);
  const plain = jpeg.encode({ width: 16, height: 8, data }, 95).data;
  for (const isLittle of [true, false]) {
    const tiff = Buffer.alloc(26);
    tiff.write(isLittle ? "II" : "MM");
    const put = (value: number, at: number, bytes: number): unknown =>
      isLittle ? tiff.writeUIntLE(value, at, bytes) : tiff.writeUIntBE(value, at, bytes);
    put(42, 2, 2);
    put(8, 4, 4);
    put(1, 8, 2);
    put(0x0112, 10, 2);
    put(3, 12, 2);
    put(1, 14, 4);
    put(6, 18, 2);
    const head = Buffer.from([0xff, 0xe1, 0, 2 + 6 + tiff.length, ...Buffer.from("Exif\0\0"), ...tiff]);
    const held = Buffer.concat([plain.subarray(0, 2), head, plain.subarray(2), Buffer.from("more, as cameras write")]);
    assert.is(orientationOf(held), 6);
    const { width, height } = pictureIn("a.jpg", held);
    assert.equal([width, height], [8, 16]);
    for (let length = 0; length < 60; ++length) orientationOf(held.subarray(0, length)); // never throws
    tiff.fill(0xff, 4);
    assert.is(orientationOf(Buffer.concat([plain.subarray(0, 2), head.subarray(0, 10), tiff])), 1);
  }
});

const refused = (bytes: Uint8Array): string => {
  const error = thrownBy(() => pictureIn("a.png", bytes));
  assert.is(error.name, "FileError", String(error.stack));
  assert.match(error.message, /^Cannot look at a.png: /);
  return error.message;
};

reading("what is no picture, was cut off or is damaged is refused, each for its reason", () => {
  const good = png([[0, 255, 3], [4, 5, 6]]); // prettier-ignore
  const photo = jpeg.encode({ width: 8, height: 8, data: Buffer.alloc(256, 99) }, 90).data;
  assert.match(refused(new Uint8Array()), /it is empty/);
  assert.match(refused(Buffer.from("just a text, and no more than that")), /it is no picture: neither PNG nor JPEG/);
  assert.match(refused(Buffer.from([1])), /it is no picture/);
  for (const [head, name] of [
    ["GIF89a and so on", /it is a GIF file, and must be PNG or JPEG: turn it into one/],
    ["RIFFxxxxWEBPVP8 ", /it is a WebP file/],
    ["BM and so on, it is long", /it is a BMP file/],
    ["%PDF-1.7", /it is a PDF file/],
    ["II*\0 and so on", /it is a TIFF file/],
    ["\0\0\0 ftypavif", /it is an AVIF, HEIC or MP4 file/],
    ['<?xml version="1.0"?><svg/>', /it is an SVG file/],
  ] as const)
    assert.match(refused(Buffer.from(head, "latin1")), name);
  for (let length = 2; length < good.length; ++length)
    assert.match(refused(good.subarray(0, length)), /it was cut off/);
  for (let length = 2; length < photo.length; length += 7)
    assert.match(refused(photo.subarray(0, length)), /it was cut off|damaged/);
  const broken = Buffer.from(good);
  broken[45]! ^= 0xff; // within the pixels
  assert.match(refused(broken), /it is a damaged PNG file: /);
  const strange = Buffer.from(png([[1, 2]]));
  strange[24] = 3; // no depth of PNG
  strange.writeUInt32BE(crc32(strange.subarray(12, 29)), 29);
  assert.match(refused(strange), /it is a damaged PNG file: /);
  const huge = Buffer.from(good);
  huge.writeUInt32BE(60_000, 16);
  huge.writeUInt32BE(60_000, 20);
  assert.match(refused(huge), /it has 60000 × 60000 pixels, and may have 50 million: make it smaller/);
  huge.writeUInt32BE(0, 16);
  assert.match(refused(huge), /it has 0 × 60000 pixels/);
  const short = Buffer.concat([good.subarray(0, 33), chunk("IDAT", deflateSync(Uint8Array.of(0, 1))), chunk("IEND", new Uint8Array())]); // prettier-ignore
  assert.match(refused(short), /it is a damaged PNG file: /);
});

reading("random bytes behind a good head never crash: they are read or refused by name", () => {
  const good = png([[0, 9, 3, 4], [4, 5, 6, 7]]); // prettier-ignore
  const photo = Buffer.from(jpeg.encode({ width: 8, height: 8, data: Buffer.alloc(256, 99) }, 90).data);
  let word = 1;
  const next = (most: number): number => (word = (Math.imul(word, 1_103_515_245) + 12_345) >>> 0) % most;
  for (let i = 0; i < 300; ++i) {
    const bytes = Buffer.from(i % 2 ? good : photo);
    for (let k = 0; k < 1 + (i % 4); ++k) bytes[8 + next(bytes.length - 8)] = next(256);
    try {
      const { width, height, colours } = pictureIn("a.png", bytes);
      assert.is(colours.length, 3 * width * height);
    } catch (error) {
      assert.is((error as Error).name, "FileError", String((error as Error).stack));
    }
  }
});
reading.run();

const fitting = suite("fitted pictures");
const pictureOf = (rows: readonly (readonly number[])[]) => ({
  height: rows.length,
  width: rows[0]!.length,
  colours: Float32Array.from(thrice(rows.flat())),
});
const asIs = { channels: 1, keepsSmall: false, isLightOnDark: false };

fitting("a large picture is the means of areas, and what is left is of the colour of its border", () => {
  const picture = pictureOf([
    [0, 1, 0.5, 0.5],
    [1, 0, 0.5, 0.5],
  ]);
  near(fitted(picture, { ...asIs, height: 1, width: 2 }).pixels, [0.5, 0.5]);
  const { pixels } = fitted(picture, { ...asIs, height: 3, width: 2 });
  near(pixels, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  const thirds = fitted(pictureOf([[0, 0.3, 0.9]]), { ...asIs, height: 1, width: 2 }).pixels;
  near(thirds, [0.1, 0.7]);
});

fitting("a small picture is enlarged, or stays small in the middle", () => {
  const picture = pictureOf([[0.1, 0.9]]);
  near(fitted(picture, { ...asIs, height: 2, width: 4 }).pixels, [0.1, 0.1, 0.9, 0.9, 0.1, 0.1, 0.9, 0.9]);
  near(fitted(picture, { ...asIs, height: 1, width: 4, keepsSmall: true }).pixels, [0.5, 0.1, 0.9, 0.5]);
});

fitting("dark ink on a light ground is turned where the model has learned the other, and light on dark is not", () => {
  const ink = [[1, 1, 1], [1, 0, 1], [1, 1, 1]]; // prettier-ignore
  const same = [0, 0, 0, 0, 1, 0, 0, 0, 0];
  const sizes = { ...asIs, height: 3, width: 3, isLightOnDark: true };
  near(fitted(pictureOf(ink), sizes).pixels, same);
  near(fitted(pictureOf(ink.map((row) => row.map((each) => 1 - each))), sizes).pixels, same);
});

fitting("colours stay colours, and grey is as bright as they are", () => {
  const picture = { height: 1, width: 1, colours: Float32Array.of(1, 0.5, 0) };
  near(fitted(picture, { ...asIs, height: 1, width: 1, channels: 3 }).pixels, [1, 0.5, 0]);
  near(fitted(picture, { ...asIs, height: 1, width: 1 }).pixels, [0.299 + 0.2935]);
});

fitting("of any size, pixels are from 0 to 1, and what is very large is said", () => {
  for (const [height, width] of [
    [1, 1],
    [1, 500],
    [333, 7],
    [1000, 1300],
  ] as const) {
    // prettier-ignore
    const picture = { height, width, colours: new Float32Array(3 * height * width).fill(1) };
    const { pixels, notes } = fitted(picture, { ...asIs, height: 48, width: 72, channels: 3 });
    assert.is(pixels.length, 48 * 72 * 3);
    assert.ok(Array.from(pixels).every((each) => Math.abs(each - 1) < 1e-5 && each <= 1));
    assert.is(notes.length, height === 1000 ? 1 : 0);
  }
});
/** A picture with a bar of light ink, or several: left, top, width and height of each. */
const bars = (height: number, width: number, ...all: readonly (readonly [number, number, number, number])[]) =>
  pictureOf(
    Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) =>
        Number(all.some(([left, top, w, h]) => x >= left && x < left + w && y >= top && y < top + h)),
      ),
    ),
  );

fitting("marks: ink that hangs together, the highest of them, and where all are", () => {
  const at = (...all: readonly [number, number, number, number][]) => {
    const { height, width, colours } = bars(20, 30, ...all);
    return marksOf({ height, width, channels: 1, pixels: colours.filter((_, i) => i % 3 === 0) });
  };
  assert.is(at(), undefined);
  assert.equal(at([3, 4, 2, 9]), { highest: 9, apart: 1, top: 4, left: 3, bottom: 13, right: 5 });
  assert.equal(at([3, 4, 2, 5], [10, 2, 4, 6]), { highest: 6, apart: 2, top: 2, left: 3, bottom: 9, right: 14 });
  assert.is(at([3, 4, 2, 5], [5, 9, 2, 5])!.highest, 10, "at a corner they hang together");
  assert.is(at([0, 0, 30, 20])!.highest, 20);
});

fitting("marks that are near are one, over others too, and specks are none", () => {
  const apart = (...all: readonly [number, number, number, number][]) => {
    const { height, width, colours } = bars(20, 30, ...all);
    return marksOf({ height, width, channels: 1, pixels: colours.filter((_, i) => i % 3 === 0) })!.apart;
  };
  assert.is(apart([3, 4, 2, 9], [6, 4, 4, 2]), 1);
  assert.is(apart([3, 4, 2, 9], [7, 4, 4, 2]), 2);
  assert.is(apart([3, 4, 2, 9], [9, 4, 2, 9], [6, 8, 2, 2]), 1);
  assert.is(apart([3, 4, 2, 9], [20, 4, 2, 1], [20, 9, 1, 1]), 1);
});

fitting(
  "marks that are too high are made smaller, too low ones are cut closer, and what stays too low is in doubt",
  () => {
    const sizes = {
      ...asIs,
      height: 24,
      width: 36,
      keepsSmall: true,
      isLightOnDark: true,
      marks: { least: 8, most: 10 },
    };
    const highestOf = (picture: ReturnType<typeof pictureOf>): [number | undefined, string | undefined] => {
      const seen = fitted(picture, sizes);
      assert.equal([seen.height, seen.width, seen.pixels.length], [24, 36, 24 * 36]);
      return [marksOf(seen)?.highest, seen.doubt];
    };
    const fits = bars(24, 36, [5, 5, 3, 9]);
    const asItIs = fitted(fits, { ...asIs, height: 24, width: 36, isLightOnDark: true });
    assert.equal(fitted(fits, sizes), { ...asItIs, apart: 1 });
    assert.is(fitted(bars(240, 360, [50, 20, 30, 200], [250, 20, 30, 200]), sizes).apart, 2);
    for (const [picture, least] of [
      [bars(24, 36, [5, 2, 3, 20]), 9], // as large as the picture
      [bars(240, 360, [50, 20, 30, 200]), 9],
      [bars(240, 360, [50, 40, 9, 30], [80, 40, 9, 30]), 8], // 3 pixels as a whole
      [bars(1200, 300, [10, 1100, 20, 90]), 8],
      [bars(240, 360, [20, 20, 9, 30]), 8], // near a corner
    ] as const) {
      const [highest, doubt] = highestOf(picture);
      assert.ok(highest! >= least && highest! <= 10, `${highest}`);
      assert.is(doubt, undefined);
    }
    for (const [left, top] of [
      [5, 0],
      [0, 2],
      [33, 2],
      [5, 4],
    ] as const)
      assert.match(highestOf(bars(24, 36, [left, top, 3, 20]))[1]!, /a large mark ends at the picture's edge/);
    const far = bars(240, 360, [0, 0, 9, 30], [350, 205, 9, 30]);
    assert.match(
      highestOf(far)[1]!,
      /its marks are 3 pixels high in the 36 × 24 that are looked at, and must be 8 or more/,
    );
    assert.match(highestOf(bars(24, 36, [5, 5, 2, 4]))[1]!, /4 pixels high/);
    assert.equal(highestOf(bars(24, 36)), [undefined, undefined]);
    assert.match(highestOf(bars(6, 6, [0, 0, 6, 6]))[1] ?? "none", /pixels high|none/);
  },
);

fitting.run();

const { folder, tapehead } = commandLine();
const path = (name: string): string => join(folder, name);
const task = scatteredDigitsTask({ lines: 1, perLine: 1, maxDigits: 1, seed: 1 });
const sizes = { height: 24, width: 24, maps: 2, annotationSize: 6, hiddenSize: 6, embeddingSize: 4, attentionSize: 5 };
writeFileSync(
  path("sat.safetensors"),
  save(new ShowAttendTell({ ...sizes, symbols: scatteredSymbols, seed: 3 }), { task }),
);
const free = new ShowAttendTell({ ...sizes, symbols: ["red", ":", "fox"], channels: 3, seed: 5 });
writeFileSync(path("free.safetensors"), save(free));
writeFileSync(
  path("dot.png"),
  png(Array.from({ length: 30 }, (_, y) => Array.from({ length: 40 }, (_, x) => 5 * x + y))),
);
writeFileSync(path("text.png"), "no picture");

const looking = suite("command line: looking");

looking("what cannot be right is refused, and several pictures are told each for itself", async () => {
  const { code, stdout, stderr } = await tapehead("describe dot.png --model sat.safetensors");
  assert.is(code, 1);
  assert.is(stdout, "");
  assert.match(
    stderr,
    /^error: Cannot answer "dot.png": it (sees no digits|sees ".*", and what has 1 digits may|saw no end)/,
  );
  const both = await tapehead("describe dot.png dot.png --model sat.safetensors --json");
  const [{ answers }] = linesOf(both.stdout) as never as [{ answers: { source: string; refused: string }[] }];
  assert.is(both.code, 1);
  assert.equal(
    answers.map(({ source }) => source),
    ["dot.png", "dot.png"],
  );
});

looking("a model of something else tells what it sees, as run does", async () => {
  const line = "free.safetensors dot.png --json";
  const run = await tapehead(`run ${line}`);
  const described = await tapehead("describe dot.png --model free.safetensors --json");
  assert.is(described.code, run.code);
  const [seen] = linesOf(described.stdout) as never as [{ answer?: string; refused?: string }];
  const [ran] = linesOf(run.stdout) as never as [{ answer?: string; refused?: string }];
  assert.equal([ran.answer, ran.refused], [seen.answer, seen.refused]);
  assert.ok(seen.answer ?? seen.refused);
});

looking("bad files, models and flags are refused by name", async () => {
  const fails = async (line: string, wanted: RegExp, status: number): Promise<void> => {
    const { code, stderr } = await tapehead(line);
    assert.match(stderr, wanted);
    assert.is(code, status);
  };
  await fails("describe missing.png --model free.safetensors", /Cannot read missing.png/, 1);
  await fails("describe text.png --model free.safetensors", /Cannot look at text.png: it is no picture/, 1);
  await fails("describe --model free.safetensors", /missing required argument 'file'/, 2);
  await fails("describe dot.png dot.png --model free.safetensors --trace a.html", /--trace draws one picture/, 2);
  await fails("describe dot.png --model free.safetensors --min-confidence 0.9", /does not tell how sure it is/, 2);
  await fails("trace free.safetensors", /give it one PNG or JPEG file/, 2);
  await fails("trace free.safetensors dot.png --length 3", /leave out --length/, 2);
  await fails("listen dot.png --model free.safetensors", /tapehead describe picture.png --model free.safetensors/, 2);
  await fails("train sat --digits text.png", /It holds no pictures of digits: its name must have "images" in it/, 2);
  await fails("train sat --task captions --captions text.png", /It holds no captions with pictures/, 2);
  await fails("calibrate free.safetensors", /is of no task that pictures are drawn for/, 2);
});

looking(
  "calibrate: a model of drawn digits by itself, one of a data set with that; then describe says how sure it is",
  async () => {
    const { code, stdout, stderr } = await tapehead("calibrate sat.safetensors --out c.safetensors --json");
    assert.is(code, 0, stderr);
    const [{ calibration }] = linesOf(stdout) as never as [{ calibration: { answers: number } }];
    assert.is(calibration.answers, 2000);
    const ink = Buffer.alloc(784 * 10);
    for (let i = 0; i < 10; ++i)
      for (let k = 0; k < 40; ++k) ink[784 * i + 28 * (5 + i) + 8 + (k % 12) + 28 * (k % 3)] = 255;
    writeFileSync(path("my-images.gz"), gzipSync(ink));
    writeFileSync(path("my-labels"), Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    const train = await tapehead(
      "train sat --digits my-images.gz --max-digits 1 --lines 1 --per-line 1 --steps 2 --batch 2 --hidden 4 --out t.safetensors",
    );
    assert.is(train.code, 0, train.stderr);
    const without = await tapehead("calibrate t.safetensors");
    assert.is(without.code, 2);
    assert.match(without.stderr, /is calibrated with the digits that it was trained on: it needs --digits/);
  },
);

looking("the shipped model reads digits, dark on light or not, of any size of picture, and refuses noise", async () => {
  const random = new Random(12);
  const drawing = scatteredDigitsTask({ fillers: 0 });
  const told: string[] = [];
  for (let i = 0; i < 8; ++i) {
    const { picture, places } = drawing.draw(random, { length: 1 + (i % 3) });
    const { width } = picture;
    const ink = Array.from(picture.pixels, (each) => (i % 2 ? each : 1 - each)); // every other one dark on light
    const rows = Array.from({ length: 48 }, (_, y) => ink.slice(y * width, (y + 1) * width));
    // Some are three times as large as what the model has learned.
    const times = i < 4 ? 1 : 3;
    const large = rows.flatMap((row) => new Array<number[]>(times).fill(row.flatMap((each) => new Array<number>(times).fill(Math.round(255 * each))))); // prettier-ignore
    writeFileSync(path(`d${i}.png`), png(large));
    told.push(places.map(({ digit }) => digit).join(" "));
  }
  const noise = Array.from({ length: 48 }, () => Array.from({ length: 72 }, () => random.integer(0, 255)));
  writeFileSync(path("noise.png"), png(noise));
  const names = [...told.map((_, i) => `d${i}.png`), "noise.png"];
  const { stdout } = await tapehead(`describe ${names.join(" ")} --json`);
  const [{ answers }] = linesOf(stdout) as never as [
    { answers: { answer?: string; confidence?: number; refused?: string }[] },
  ];
  const right = told.filter((each, i) => answers[i]!.answer === each);
  const wrong = told.filter((each, i) => answers[i]!.answer !== undefined && answers[i]!.answer !== each);
  assert.ok(right.length >= 6, JSON.stringify(answers));
  assert.equal(wrong, []);
  assert.match(answers[8]!.refused!, /it sees no digits|is right in/);
});

looking("a mark beside the digits, of which it tells nothing, is said", async () => {
  const { picture } = scatteredDigitsTask({ fillers: 0 }).draw(new Random(4), { length: 2 });
  const withDot = (size: number): Buffer => {
    const isDot = (x: number, y: number): boolean => x < size && y < size;
    return png(
      Array.from({ length: 48 }, (_, y) =>
        Array.from({ length: 72 }, (__, x) => (isDot(x, y) ? 255 : Math.round(255 * picture.pixels[72 * y + x]!))),
      ),
    );
  };
  for (const size of [1, 2]) writeFileSync(path(`dot${size}.png`), withDot(size));
  const speck = await tapehead("describe dot1.png");
  assert.is(speck.code, 0, speck.stderr);
  const { code, stdout, stderr } = await tapehead("describe dot2.png");
  assert.equal([code, stdout], [1, ""]);
  assert.match(stderr, /it sees "\d \d", and 3 marks stand apart: leave out what is no digit/);
});

looking("trace: a page with the picture once for each word", async () => {
  const { code, stderr } = await tapehead("trace free.safetensors dot.png --out page.html");
  assert.is(code, 0, stderr);
  const html = readFileSync(path("page.html"), "utf8");
  assert.match(html, /Where it looked/);
  assert.match(html, /data:image\/bmp;base64,Qk/);
});
looking.run();

const files = suite("data files of pictures");

files("digits are bytes, or IDX as MNIST has them, gzipped or not", () => {
  const pixels = Uint8Array.from({ length: 2 * 784 }, (_, i) => i % 256);
  const idx = (magic: number, sides: readonly number[], data: Uint8Array): Buffer => {
    const head = Buffer.alloc(4 + 4 * sides.length);
    [magic, ...sides].forEach((word, i) => head.writeUInt32BE(word, 4 * i));
    return Buffer.concat([head, data]);
  };
  const labels = Uint8Array.of(7, 2);
  writeFileSync(path("a.images"), pixels);
  writeFileSync(path("a.labels"), labels);
  writeFileSync(path("b-images-idx3-ubyte.gz"), gzipSync(idx(0x0803, [2, 28, 28], pixels)));
  writeFileSync(path("b-labels-idx1-ubyte.gz"), gzipSync(idx(0x0801, [2], labels)));
  for (const name of ["a.images", "b-images-idx3-ubyte.gz"]) {
    const { digits } = digitsOf(path(name));
    assert.equal(
      digits.map(({ digit }) => digit),
      [7, 2],
    );
    near(
      digits[1]!.ink,
      Array.from(pixels.subarray(784), (byte) => byte / 255),
    );
  }
  writeFileSync(path("c.images"), pixels.subarray(1));
  writeFileSync(path("c.labels"), labels);
  assert.match(
    thrownBy(() => digitsOf(path("c.images"))).message,
    /2 labels are beside 1567 bytes, and not 784 for each/,
  );
  assert.match(thrownBy(() => digitsOf(path("none.images"))).message, /ENOENT/);
});

files("captions are rows of a table, and squares of sheets beside it", () => {
  const rows = ["id\tcaption\tsplit", '0\tFlag: "Red", green\ttrain', "1\tfox\ttest"].join("\n");
  const sheets = commandLine().folder;
  const at = (name: string): string => join(sheets, name);
  writeFileSync(at("captions.tsv"), rows);
  writeFileSync(at("a.idx.gz"), gzipSync(Uint8Array.of(0, 1, 1, 0, 1, 1, 1, 1)));
  writeFileSync(at("a.rgb-palette.gz"), gzipSync(Uint8Array.of(255, 0, 0, 0, 0, 51)));
  const file = captionsOf(at("captions.tsv"));
  const [first] = file.part("train");
  assert.equal(first!.caption, ["flag", ":", '"red"', ",", "green"]);
  near(first!.picture.pixels, [1, 0, 0, 0, 0, 0.2, 0, 0, 0.2, 1, 0, 0]);
  assert.equal([first!.picture.height, first!.picture.width, first!.picture.channels], [2, 2, 3]);
  assert.is(file.part("test").length, 1);
  assert.is(captionsTask({ captions: file.part("train") }).symbols.length, 5);
  assert.is(captionOf(wordsOf("couple: woman, man")), "couple: woman, man");
  writeFileSync(at("a.idx.gz"), gzipSync(Uint8Array.of(0, 1, 1)));
  assert.match(thrownBy(() => captionsOf(at("captions.tsv"))).message, /has 3 bytes for 2 captions/);
});
files.run();

const page = suite("the page of a picture");

page("has the picture for each word, with light as strong as the weight, and nothing from elsewhere", () => {
  const picture = { height: 2, width: 4, channels: 3, pixels: new Float32Array(24).fill(0.5) };
  const answer = { symbols: ["<a>", "b"], text: "<a> b", probability: 0.5, attention: [[0.9, 0.1], [0.01, 0.99], [0, 1]] }; // prettier-ignore
  const about = { model: free, input: "<x>.png", task: "pictures" };
  const html = picturePage({ picture, rows: 1, columns: 2, answer }, about);
  assert.is(html.match(/<figure>/g)!.length, 2);
  assert.equal(
    [...html.matchAll(/fill-opacity="([\d.]+)"/g)].map(([, opacity]) => opacity),
    ["1.00", "0.11", "1.00"],
  );
  assert.match(html, /aria-label="&#60;a&#62;, most at row 1 and column 1, 90%"/);
  assert.match(html, /&#60;x&#62;\.png/);
  assert.match(html, /50.0% probable/);
  const [, data] = /data:image\/bmp;base64,([^"]+)"/.exec(html)!;
  const bytes = Buffer.from(data!, "base64");
  assert.equal([bytes.toString("latin1", 0, 2), bytes.length, bytes.readUInt32LE(2)], ["BM", 54 + 24, 54 + 24]);
  assert.equal([bytes.readInt32LE(18), bytes.readInt32LE(22), bytes[54], bytes[77]], [4, 2, 128, 128]);
  assert.match(html, /default-src 'none';[^"]*; img-src data:"/); // which browsers show
  assert.not.match(html, /https?:\/\/(?!www\.w3\.org)/);
  const none = picturePage({ picture, rows: 1, columns: 2, answer: { ...answer, attention: null } }, about);
  assert.match(none, /The model has no attention/);
  const many = { ...answer, symbols: Array.from({ length: 201 }, () => "x") };
  assert.throws(() => picturePage({ picture, rows: 1, columns: 2, answer: many }, about), RangeError);
});
page.run();
