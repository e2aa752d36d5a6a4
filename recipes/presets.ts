import { recipes } from "./index.js";
import { general, type Preset } from "./recipe.js";

/** The training of a model on a task. Any recipe may have presets of any model, such as of its controls. */
export const presetOf = (model: string, task: string): Preset =>
  Object.assign({ ...general }, ...Object.values(recipes).map(({ presets }) => presets[model]?.[task]));
