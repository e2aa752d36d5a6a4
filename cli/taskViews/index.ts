import { arithmetic } from "./arithmetic.js";
import { binarySums } from "./binarySums.js";
import { conversation } from "./conversation.js";
import { copy } from "./copy.js";
import { counting } from "./counting.js";
import { dates } from "./dates.js";
import { grammar } from "./grammar.js";
import { memorization } from "./memorization.js";
import { parsing } from "./parsing.js";
import { pronunciation } from "./pronunciation.js";
import { proving } from "./proving.js";
import { scatteredDigits } from "./scatteredDigits.js";
import { table } from "./table.js";
import { text } from "./text.js";
import { transduction } from "./transduction.js";
import { translation } from "./translation.js";
import { tsp } from "./tsp.js";

import type { TaskView } from "./view.js";

/** How each task's sequences are given and shown on the command line. Generated. */
export const taskViewList: readonly TaskView[] = [
  arithmetic,
  binarySums,
  conversation,
  copy,
  counting,
  dates,
  grammar,
  memorization,
  parsing,
  pronunciation,
  proving,
  scatteredDigits,
  table,
  text,
  transduction,
  translation,
  tsp,
];
