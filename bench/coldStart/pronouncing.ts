/** The same for a word that a compiled model pronounces: from before the import to its phonemes. Takes the model. */
import { measure } from "./measure.js";

const libraries = ["tapehead/run", "tapehead/pronounce"] as const; // not to be bundled, nor needed by those who check types

await measure(async ([compiled], part) => {
  const [{ Engine, loadCompiled }, { pronounceWords }] = await part("import", () =>
    Promise.all([
      import(libraries[0] as string) as Promise<typeof import("../../bindings/run.js")>,
      import(libraries[1] as string) as Promise<typeof import("../../bindings/pronounce.js")>,
    ]),
  );
  const engine = await part("engine", () => Engine.create());
  const model = await part("weights", () => loadCompiled(compiled!));
  return part("first step", () => {
    const [answer] = pronounceWords(model, engine, ["hello"]);
    if (answer!.answer !== "HH EH L OW") throw new Error(`hello is ${answer!.answer ?? answer!.error!.message}`);
    return [];
  });
});
