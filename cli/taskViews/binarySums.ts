import { stringView } from "../stringView.js";
import type { TaskView } from "./view.js";

export const binarySums = stringView("binary-sums") satisfies TaskView;
