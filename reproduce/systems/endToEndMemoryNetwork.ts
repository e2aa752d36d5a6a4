import { EndToEndMemoryNetwork } from "../../bindings/models.js";
import { calibratedStories } from "../../cli/calibratedStories.js";
import type { Asking } from "../../recipes/endToEndMemoryNetwork.js";
import { askedOf, errorsOf } from "../storyErrors.js";
import type { System } from "../system.js";

/** Errors of each task by itself. */
export const system: System<EndToEndMemoryNetwork, Asking> = {
  className: EndToEndMemoryNetwork.className,
  measure: (of) => errorsOf(of.engine, of.model, askedOf(of)),
  calibrate: ({ engine, ...of }, precision, each) =>
    calibratedStories({ file: "the model", ...of }, engine, precision, each).metadata,
};
