import { defineTask } from "../defineTask.js";
import { textRules, textTask } from "../text.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["text"],
  create: textTask,
  rules: textRules,
  options: {
    text: "text to learn from, in UTF-8",
    length: "bits or characters in a sequence",
    alphabet: "characters of the text, each once; null for bytes",
    crc32: "CRC-32 that the text must have",
  },
  metrics: ["bitsPerCharacter", "characterError"],

  example: () => ({ text: "to be or not to be", length: 5 }),
});
