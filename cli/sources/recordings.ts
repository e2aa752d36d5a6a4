import { RecordingsFile, recordingsOf } from "../recordings.js";
import type { TaskSource } from "../source.js";

export const source: TaskSource = {
  tasks: ["spoken-digits"],
  flags: [
    {
      long: "--recordings",
      value: "<path>",
      option: "recordings",
      help: "what to learn from: a folder of WAV files named DIGIT_SPEAKER_NUMBER.wav, as the Free Spoken Digit Dataset has them, or an index of clips (default: voices that are made up)",
      parse: recordingsOf,
    },
    {
      long: "--without-speaker",
      value: "<name>",
      option: "withoutSpeaker",
      help: "leaves out the recordings of one speaker",
      parse: String,
    },
  ],
  options: ({ recordings, withoutSpeaker, ...options }) => ({
    ...(recordings instanceof RecordingsFile && { recordings: recordings.without(withoutSpeaker as string) }),
    ...options,
  }),
};
