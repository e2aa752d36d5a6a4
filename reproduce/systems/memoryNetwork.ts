import { MemoryNetwork } from "../../bindings/models.js";
import type { Asking } from "../../recipes/endToEndMemoryNetwork.js";
import { askedOf, errorsOf, markedOf } from "../storyErrors.js";
import type { System } from "../system.js";

/** Errors of each task by itself, and how many of its questions have their supporting facts found. */
export const system: System<MemoryNetwork, Asking> = {
  className: MemoryNetwork.className,
  measure(of) {
    const asked = askedOf(of);
    return { ...errorsOf(of.engine, of.model, asked), ...markedOf(of.engine, of.model, asked) };
  },
};
