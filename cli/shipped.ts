import { fileURLToPath } from "node:url";

/** File of a model that comes with the program. */
export const shipped = (name: string): string =>
  fileURLToPath(new URL(`../checkpoints/${name}.safetensors`, import.meta.url));

/** The Metamath database of quantum logic, which comes with the program: Norman Megill and others, CC0. */
export const shippedDatabase = (): string => fileURLToPath(new URL("../checkpoints/ql.mm.gz", import.meta.url));
