import { basename } from "node:path";
import { picturePage, ShowAttendTell } from "../../bindings/models.js";
import { BEAM } from "../../recipes/showAttendTell.js";
import { answersTo } from "../answeredFiles.js";
import { answeredLines } from "../answeredLines.js";
import { calibratedLooking } from "../calibratedLooking.js";
import { captionOf } from "../captions.js";
import { UsageError } from "../errors.js";
import { factsOf } from "../facts.js";
import type { Held } from "../held.js";
import { seenBy, seenIn, type Looker, type SeenFile } from "../looking.js";
import { given } from "../numbers.js";
import { viewOf } from "../views.js";
import type { FileAnswerer, Page, SystemCommands, TraceFlags } from "./commands.js";

export const showAttendTell = {
  className: ShowAttendTell.className,
  runHelp: "one that looks tells what is in a PNG or JPEG file, whose name is the text, or which is piped in",
  run: (held) => ({
    takesConfidence: true,
    takesGuess: true,
    async run(text, flags, words) {
      const read = words.length ? filesOf(held).read : () => seenIn(lookerOf(held), "stdin", text);
      const files = words.length ? words : ["stdin"];
      return answeredLines(await answersTo({ ...filesOf(held), read }, files, flags.minConfidence), flags);
    },
  }),
  describe: filesOf,
  calibrate: (held, engine, precision, { digits, recordings }) => {
    const { task, file } = held;
    if (recordings) throw new UsageError(`${file} does not listen: leave --recordings out`);
    if (!task || !lookerOf(held).looking)
      throw new UsageError(`${file} is of no task that pictures are drawn for: only models for scattered-digits are`);
    if (typeof (task.options as { readonly crc32?: unknown }).crc32 === "number" && !digits)
      throw new UsageError(`${file} is calibrated with the digits that it was trained on: it needs --digits`);
    return calibratedLooking(held, engine, digits?.digits, precision);
  },
  trace: pageOf,
} satisfies SystemCommands<ShowAttendTell>;

function filesOf(held: Held<ShowAttendTell>): FileAnswerer<SeenFile> {
  const looker = lookerOf(held);
  return {
    read: (file) => seenIn(looker, file),
    answer: (engine, files, least) => seenBy(engine, looker, files, least),
  };
}

const lookerOf = (held: Held<ShowAttendTell>): Looker => ({
  ...held,
  ...given({ looking: viewOf(held.task?.name)?.looking }),
});

/** Page of where the model looked in a file. @throws UsageError when there is none, or something beside it. */
async function pageOf(
  held: Held<ShowAttendTell>,
  words: readonly string[],
  { beam = BEAM, ...refused }: TraceFlags,
): Promise<Page> {
  const [flag] = Object.entries(refused).find(([, value]) => value !== undefined) ?? [];
  if (flag) throw new UsageError(`${held.file} holds a model that looks at pictures: leave out --${flag}`);
  const [file, ...more] = words;
  if (file === undefined || more.length)
    throw new UsageError(`${held.file} holds a model that looks at pictures: give it one PNG or JPEG file`);
  const { picture } = await seenIn(lookerOf(held), file);
  const { model, task } = held;
  const { rows, columns } = model.encoder;
  return {
    read: ["cell", rows * columns],
    draw: (engine) => {
      const [answer] = model.run(engine, [picture], { beam, attention: model.options.attention !== "none" });
      const { symbols, attention, score } = answer!;
      const about = { model, facts: factsOf(held), input: basename(file), ...(task && { task: task.name }) };
      const told = { symbols, attention, text: captionOf(symbols), probability: Math.exp(score) };
      return picturePage({ picture, rows, columns, answer: told }, about);
    },
  };
}
