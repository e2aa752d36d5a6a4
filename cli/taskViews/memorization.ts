import { stringView } from "../stringView.js";
import type { TaskView } from "./view.js";

export const memorization = stringView("memorization") satisfies TaskView;
