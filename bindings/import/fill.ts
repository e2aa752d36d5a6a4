import type { Model } from "../models/model.js";

/** Gives every parameter of a model its values, by path. */
export function filled<M extends Model<string>>(model: M, values: Readonly<Record<string, Float32Array>>): M {
  const { parameters } = model;
  const all = new Float32Array(parameters.size);
  const left = new Set(Object.keys(values));
  for (const { path, offset, size } of parameters.parameters) {
    const given = values[path];
    if (given?.length !== size) {
      throw new Error(`The importer gives ${path} ${given?.length ?? "no"} values, and must give ${size}`);
    }
    all.set(given, offset);
    left.delete(path);
  }
  if (left.size) throw new Error(`The importer gives values to ${[...left].join(", ")}, which ${model.name} lacks`);
  parameters.set(all);
  return model;
}
