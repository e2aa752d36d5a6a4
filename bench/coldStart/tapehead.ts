/** From before the import to a first inference with Tapehead, as it is built. Takes a checkpoint. */
import { measure } from "./measure.js";

const library: string = "tapehead"; // not to be bundled, nor needed by those who check types

await measure(async ([checkpoint], part) => {
  const load = (): Promise<typeof import("../../bindings/index.js")> => import(library);
  const tapehead = await part("import", load);
  const engine = await part("engine", () => tapehead.Engine.create());
  const model = await part("weights", () => tapehead.load(checkpoint!));
  return part("first step", () => model.session(engine).step(new Float32Array(9)));
});
