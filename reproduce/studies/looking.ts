import { readFileSync } from "node:fs";
import { Random } from "../../bindings/common/random/philox.js";
import type { Engine } from "../../bindings/core.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { ONE_WAY } from "../../bindings/systems/showAttendTell/scatteredDigits.js";
import { models, type Picture } from "../../bindings/models.js";
import { scatteredDigitsTask, type DigitCanvas, type ScatteredDigitsOptions } from "../../bindings/tasks.js";
import type { ColourPicture } from "../../cli/colourPicture.js";
import { seenBy, seenOf, type Looker } from "../../cli/looking.js";
import { scatteredDigits } from "../../cli/taskViews/scatteredDigits.js";
import { digitsOf } from "../../cli/writtenDigits.js";
import { DIGITS_DATA } from "../../recipes/showAttendTell.js";
import { dataFile, dataFolder } from "../data.js";
import { trainedPath } from "../trainedFiles.js";
import type { StudyOptions } from "../page.js";

/** What `tapehead describe` says of pictures of a kind. */
export interface Described {
  readonly kind: string;
  readonly pictures: number;
  readonly answered: number;
  /** None of pictures without digits, of which nothing can be right. */
  readonly right: number;
}

export interface LookingStudy {
  readonly machine: string;
  readonly described: readonly Described[];
}

/** Model of checkpoints/ that reads digits. */
const FILE = "looking.safetensors";
/** Of every kind, and of a quick study. */
const [PICTURES, QUICK] = [200, 2] as const;
/** Of the pictures: no test, training or calibration has it. */
const SEED = 3_000_000;

/** Draws a picture; without a number of digits, one of which nothing is to be told. */
type Draw = (random: Random) => Pick<DigitCanvas, "picture" | "places">;

/** Kinds of pictures, by what they are called: written digits, and what is none or written otherwise. */
export const KINDS = {
  one: "one digit",
  two: "two",
  three: "three",
  four: "four",
  five: "five",
  six: "six",
  large: "one to three in pictures with twice the height and width",
  drawn: "one or three that are drawn by lines",
  turned: "digits upside down",
  fillers: "noise, patches and lines, as in training",
  noise: "pixels at random",
  stripes: "stripes",
} as const;

function drawings(
  options: ScatteredDigitsOptions,
  { height, width }: { readonly height: number; readonly width: number },
): Readonly<Record<keyof typeof KINDS, Draw>> {
  const { digits } = digitsOf(dataFile(DIGITS_DATA.test));
  const { crc32: _, ...sizes } = options;
  const written = scatteredDigitsTask({ ...sizes, digits });
  const drawn = scatteredDigitsTask(sizes);
  const fillers = scatteredDigitsTask({ ...sizes, fillers: 0.999_999, turned: 0 });
  const filled = (shade: (random: Random) => (x: number, y: number) => number): Draw => {
    return (random) => {
      const at = shade(random);
      const pixels = Float32Array.from({ length: height * width }, (_, i) => at(i % width, Math.floor(i / width)));
      return { picture: { height, width, channels: 1, pixels }, places: [] };
    };
  };
  const upsideDown: Draw = (random) => {
    for (;;) {
      const { picture, places } = written.draw(random, { of: "all", length: random.integer(1, 4) });
      if (!places.some(({ digit }) => ONE_WAY.includes(digit))) continue;
      return { picture: { ...picture, pixels: picture.pixels.reverse() }, places: [] };
    }
  };
  const of = (length: number): Draw => {
    return (random) => written.draw(random, { length, of: "all" });
  };
  return {
    one: of(1),
    two: of(2),
    three: of(3),
    four: of(4),
    five: of(5),
    six: of(6),
    large: (random) => {
      const { picture, places } = written.draw(random, { length: random.integer(1, 3), of: "all" });
      return { picture: inTheMiddle(picture), places };
    },
    drawn: (random) => drawn.draw(random, { length: random.word() & 1 ? 3 : 1, of: "all" }),
    turned: upsideDown,
    fillers: (random) => fillers.draw(random, { of: "all" }),
    noise: filled((random) => () => random.uniform()),
    stripes: filled((random) => {
      const [across, down, phase] = [random.uniform(0, 1), random.uniform(0, 1), random.uniform(0, 8)];
      return (x, y) => ((across * x + down * y + phase) % 4 < 2 ? 1 : 0);
    }),
  };
}

const coloured = ({ height, width, pixels }: Picture): ColourPicture => ({
  height,
  width,
  colours: Float32Array.from({ length: 3 * pixels.length }, (_, i) => pixels[Math.floor(i / 3)]!),
});

/** A picture in the middle of an empty one that is twice as high and wide. */
function inTheMiddle({ height, width, pixels }: DigitCanvas["picture"]): DigitCanvas["picture"] {
  const around = new Float32Array(4 * height * width);
  for (let y = 0; y < height; ++y) {
    const row = pixels.subarray(y * width, (y + 1) * width);
    around.set(row, (y + (height >> 1)) * 2 * width + (width >> 1));
  }
  return { height: 2 * height, width: 2 * width, channels: 1, pixels: around };
}

/** Asks the model in checkpoints/, as `tapehead describe` does, about pictures of all kinds. */
export function studyLooking(
  engine: Engine,
  { quick, machine, report }: StudyOptions,
): Promise<LookingStudy | undefined> {
  if (dataFolder() === undefined) {
    report(`looking: skipped, since it needs ${DIGITS_DATA.test} in the folder TAPEHEAD_DATA names`);
    return Promise.resolve(undefined);
  }
  const checkpoint = loadCheckpoint(new Uint8Array(readFileSync(trainedPath(FILE))), { file: FILE, models });
  const { metadata, task } = checkpoint;
  const { looking } = scatteredDigits;
  const held = { file: FILE, isCompiled: false, metadata, task, model: checkpoint.model, looking } as Looker;
  const draws = drawings(task!.options as ScatteredDigitsOptions, held.model.options);
  const pictures = quick ? QUICK : PICTURES;
  const described = Object.entries(draws).map(([kind, draw], stream): Described => {
    const random = new Random(SEED, stream);
    const drawn = Array.from({ length: pictures }, () => draw(random));
    const files = drawn.map(({ picture }, i) => seenOf(held, String(i), coloured(picture)));
    const answers = seenBy(engine, held, files, undefined).map((each) => ("answer" in each ? each.answer : undefined));
    const wanted = drawn.map(({ places }) => places.map(({ digit }) => digit).join(" "));
    const answered = answers.filter((answer) => answer !== undefined).length;
    const right = answers.filter((answer, i) => answer !== undefined && answer === wanted[i]).length;
    report(
      `looking, ${KINDS[kind as keyof typeof KINDS]}: ${answered} of ${pictures} answered, ${right} of them right`,
    );
    return { kind, pictures, answered, right };
  });
  return Promise.resolve({ machine, described });
}
