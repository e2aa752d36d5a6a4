import { Random } from "../../bindings/common/random/philox.js";
import { errorRates } from "../../bindings/metrics/errorRates.js";
import { ListenAttendSpell, type Recording } from "../../bindings/models.js";
import { spelled, spokenDigitsTask, type SpokenDigit, type SpokenDigitsOptions } from "../../bindings/tasks.js";
import { calibratedListening } from "../../cli/calibratedListening.js";
import type { RecordingsFile } from "../../cli/recordings.js";
import { BEAM, STRINGS, type Listening } from "../../recipes/listenAttendSpell.js";
import { readData } from "../data.js";
import type { Examination, Measured, System } from "../system.js";

/** What is heard, and what is to be spelled. */
interface Heard {
  readonly recording: Recording;
  readonly text: string;
}

/** Single clips of the data as they are; strings of them, or of voices that are made up, with pauses between. */
function heardIn({ task, experiment, test }: Examination<ListenAttendSpell, Listening>): Heard[] {
  const { digits, speaker, sequences = STRINGS } = test;
  const clips: readonly SpokenDigit[] | undefined =
    experiment.data &&
    (readData(experiment, "test") as RecordingsFile).clips.filter(
      (clip) => speaker === undefined || clip.speaker === speaker,
    );
  if (clips && digits === 1)
    return clips.slice(0, sequences).map(({ digit, ...recording }) => ({ recording, text: spelled([digit]) }));
  const { crc32: _, ...options } = task.options as SpokenDigitsOptions;
  const drawing = spokenDigitsTask({ ...options, ...(clips && { recordings: clips }) });
  const random = new Random(1_000_000, 1); // training has another stream
  return Array.from({ length: sequences }, () => {
    const { digits: said, samples } = drawing.draw(random, { length: digits });
    return { recording: { samples, sampleRate: drawing.sampleRate }, text: spelled(said) };
  });
}

/**
 * Spells freely, by beams, from nothing but what it hears: `sequenceErrorRate` of whole strings, and the edits of words and of letters
 * over those of the truth.
 */
export const system: System<ListenAttendSpell, Listening> = {
  className: ListenAttendSpell.className,
  measure(of): Measured {
    const heard = heardIn(of);
    const begin = performance.now();
    const answers = of.model.run(
      of.engine,
      heard.map(({ recording }) => recording),
      { beam: BEAM },
    );
    const milliseconds = (performance.now() - begin) / heard.length;
    const spellings = answers.map(({ symbols }) => symbols.join(""));
    const rates = (parts: (text: string) => string[]) =>
      errorRates(
        spellings.map(parts),
        heard.map(({ text }) => [parts(text)]),
      );
    const letters = rates((text) => [...text]);
    const words = rates((text) => text.split(" "));
    return {
      sequenceErrorRate: letters.sequenceErrorRate,
      wordErrorRate: words.symbolErrorRate,
      letterErrorRate: letters.symbolErrorRate,
      recordings: heard.length,
      milliseconds,
    };
  },
  calibrate: ({ engine, model, task, experiment }, precision, each) =>
    calibratedListening({ model, task }, engine, readData(experiment, "train") as RecordingsFile, precision, each)
      .metadata,
};
