import { writeTree } from "../../bindings/parse.js";
import { expectSure } from "../../bindings/tasks.js";
import { BEAM } from "../../recipes/parsing.js";
import { given } from "../numbers.js";
import type { TaskView } from "./view.js";

export const parsing = {
  task: "parsing",
  parser: {
    beam: BEAM,
    confidenceOf({ words, tree, score }, { calibration, least }) {
      if (!calibration) return null;
      return expectSure(calibration, { source: words.join(" "), answer: writeTree(tree), score }, given({ least }));
    },
  },
} satisfies TaskView;
