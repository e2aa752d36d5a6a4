/** Every kind of file that tasks draw from. Generated from the files of cli/sources. */
import { source as dialogues } from "./dialogues.js";
import { source as pairs } from "./pairs.js";
import { source as questions } from "./questions.js";
import { source as recordings } from "./recordings.js";
import { source as stories } from "./stories.js";
import { source as text } from "./text.js";
import { source as trees } from "./trees.js";

export const sources = [dialogues, pairs, questions, recordings, stories, text, trees] as const;
