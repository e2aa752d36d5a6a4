import { basename } from "node:path";
import { withoutSilence } from "../../bindings/listen.js";
import { ListenAttendSpell, soundPage } from "../../bindings/models.js";
import { answersTo } from "../answeredFiles.js";
import { answeredLines } from "../answeredLines.js";
import { calibratedListening } from "../calibratedListening.js";
import { UsageError } from "../errors.js";
import { factsOf } from "../facts.js";
import type { Held } from "../held.js";
import { BEAM } from "../../recipes/listenAttendSpell.js";
import { heardBy, heardIn, type HeardFile } from "../listening.js";
import type { FileAnswerer, Page, SystemCommands, TraceFlags } from "./commands.js";

export const listenAttendSpell = {
  className: ListenAttendSpell.className,
  runHelp: "one that listens spells what is said in a WAV file, whose name is the text, or which is piped in",
  run: (held) => ({
    takesConfidence: true,
    takesGuess: true,
    async run(text, flags, words) {
      const read = words.length ? filesOf(held).read : () => heardIn(held, "stdin", text);
      const files = words.length ? words : ["stdin"];
      return answeredLines(await answersTo({ ...filesOf(held), read }, files, flags.minConfidence), flags);
    },
  }),
  listen: filesOf,
  calibrate: (held, engine, precision, { recordings, digits }) => {
    if (digits) throw new UsageError(`${held.file} does not look at pictures: leave --digits out`);
    if (!held.task || !recordings) {
      const wanted = held.task ? "--recordings" : "a task, which its file does not name";
      throw new UsageError(`${held.file} is calibrated with the recordings that it was trained on: it needs ${wanted}`);
    }
    return calibratedListening(held, engine, recordings, precision);
  },
  trace: pageOf,
} satisfies SystemCommands<ListenAttendSpell>;

function filesOf(held: Held<ListenAttendSpell>): FileAnswerer<HeardFile> {
  return {
    read: (file) => heardIn(held, file),
    answer: (engine, files, least) => heardBy(engine, held, files, least),
  };
}

/** Page of where the model listened in a file. @throws UsageError when there is none, or something beside it. */
async function pageOf(
  held: Held<ListenAttendSpell>,
  words: readonly string[],
  { beam = BEAM, ...refused }: TraceFlags,
): Promise<Page> {
  const [flag] = Object.entries(refused).find(([, value]) => value !== undefined) ?? [];
  if (flag) throw new UsageError(`${held.file} holds a model that listens: leave out --${flag}`);
  const [file, ...more] = words;
  if (file === undefined || more.length)
    throw new UsageError(`${held.file} holds a model that listens: give it one WAV file`);
  const recording = withoutSilence((await heardIn(held, file)).recording);
  return {
    read: ["sample", recording.samples.length],
    draw: (engine) => {
      const { model, task } = held;
      const [answer] = model.run(engine, [recording], { beam, attention: model.options.attention !== "none" });
      const { hop, parts } = model.framing;
      const seconds = (hop * parts) / recording.sampleRate;
      const about = { model, facts: factsOf(held), input: basename(file), ...(task && { task: task.name }) };
      return soundPage({ ...recording, answer: { ...answer!, probability: Math.exp(answer!.score) }, seconds }, about);
    },
  };
}
