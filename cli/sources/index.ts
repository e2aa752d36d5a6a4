/** Every kind of file that tasks draw from. Generated from the files of cli/sources. */
import { source as captions } from "./captions.js";
import { source as dialogues } from "./dialogues.js";
import { source as pairs } from "./pairs.js";
import { source as questions } from "./questions.js";
import { source as recordings } from "./recordings.js";
import { source as stories } from "./stories.js";
import { source as text } from "./text.js";
import { source as theorems } from "./theorems.js";
import { source as trees } from "./trees.js";
import { source as writtenDigits } from "./writtenDigits.js";

export const sources = [
  captions,
  dialogues,
  pairs,
  questions,
  recordings,
  stories,
  text,
  theorems,
  trees,
  writtenDigits,
] as const;
