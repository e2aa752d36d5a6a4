import { stringView } from "../stringView.js";
import type { TaskView } from "./view.js";

export const counting = stringView("counting") satisfies TaskView;
