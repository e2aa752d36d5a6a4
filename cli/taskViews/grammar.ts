import { grammarAnswer } from "../../bindings/systems/attentionSeq2Seq/grammar/grammarAnswer.js";
import { BEAM } from "../../recipes/parsing.js";
import type { TaskView } from "./view.js";

export const grammar = { task: "grammar", parser: { beam: BEAM, confidenceOf: grammarAnswer } } satisfies TaskView;
