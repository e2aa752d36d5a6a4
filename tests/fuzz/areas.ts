import type { Property } from "./property.js";
import checkpointBytes from "./checkpointBytes.js";
import constructors from "./constructors.js";
import inputs from "./inputs.js";
import lifecycle from "./lifecycle.js";
import modelsAndTasks from "./modelsAndTasks.js";
import training from "./training.js";

/** All properties, by what they are about. */
export const areas: Readonly<Record<string, readonly Property[]>> = {
  "checkpoint bytes": checkpointBytes,
  constructors,
  inputs,
  lifecycle,
  "models and tasks": modelsAndTasks,
  training,
};
