/** The same through tapehead/run. Takes a compiled model. */
import { measure } from "./measure.js";

const library: string = "tapehead/run"; // not to be bundled, nor needed by those who check types

await measure(async ([compiled], part) => {
  const load = (): Promise<typeof import("../../bindings/run.js")> => import(library);
  const tapehead = await part("import", load);
  const engine = await part("engine", () => tapehead.Engine.create());
  const model = await part("weights", () => tapehead.loadCompiled(compiled!));
  return part("first step", () => model.session(engine).step(new Float32Array(9)));
});
