/** The engine's entry for each way a host gets the binary, and each of the three binaries. */
const WAYS = {
  Inlined: {
    head: "",
    import: (name) =>
      `import binary from "../../../build/${name}.wasm?embed";\nimport { unembed } from "../embedded.js";`,
    about: "The engine with its code inside the library: nothing to fetch, nothing to configure.",
    source: "{ bytes: unembed(binary) }",
  },
  Workerd: {
    head: "For workerd, which compiles wasm only when a worker is deployed: the binary is an import of its own.",
    import: (name) => `import module from "./${name}.wasm";`,
    about: "The engine, with the code that was deployed beside it.",
    source: "{ module }",
  },
  EdgeLight: {
    head: "For Vercel's edge runtime, whose bundlers compile what is imported with `?module`.",
    import: (name) => `import module from "./${name}.wasm?module";`,
    about: "The engine, with the code that was deployed beside it.",
    source: "{ module }",
  },
};

const BINARIES = {
  default: { name: "tapehead", purpose: "ready to run and train models." },
  full: { name: "tapehead.full", purpose: "ready to run and train every model." },
  run: { name: "tapehead.run", purpose: "ready to run models. It has no code for training." },
};

export default function hosts() {
  const files = {};
  for (const [binary, { name, purpose }] of Object.entries(BINARIES)) {
    for (const [way, { head, import: imports, about, source }] of Object.entries(WAYS)) {
      files[`bindings/engine/hosts/${binary}${way}.ts`] = `/** ${head ? `${head} ` : ""}Generated. */
${imports(name)}
import { Engine as CoreEngine } from "../engine.js";
import type { BinarySource } from "../load.js";

/** ${about} */
export class Engine extends CoreEngine {
  /**
   * An engine, ${purpose}
   *
   * @param source the binary, if it is not to be the one that comes with the library.
   * @throws LoadError when the host cannot or may not compile WebAssembly.
   * @example
   * const engine = await Engine.create();
   */
  static override create(source: BinarySource = ${source}): Promise<Engine> {
    return super.create(source);
  }
}
`;
    }
  }
  return files;
}
