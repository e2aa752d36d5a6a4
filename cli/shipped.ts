import { fileURLToPath } from "node:url";

/** File of a model that comes with the program. */
export const shipped = (name: string): string =>
  fileURLToPath(new URL(`../checkpoints/${name}.safetensors`, import.meta.url));
