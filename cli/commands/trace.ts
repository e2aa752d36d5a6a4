import type { Command } from "commander";
import { Engine } from "../../bindings/full.js";
import { tracePage } from "../../bindings/trace.js";
import { alignedFrom } from "../aligned.js";
import { readModel } from "../files.js";
import { plural, whole } from "../numbers.js";
import { print } from "../output.js";
import { sayPage, writePage } from "../page.js";
import { pointedFrom } from "../pointed.js";
import { programmedFrom } from "../programmed.js";
import { tracedFrom, type Traced, type TracedFlags } from "../traced.js";

interface Flags extends TracedFlags {
  beam?: number;
  out?: string;
  json?: boolean;
}

export function addTrace(program: Command): void {
  program
    .command("trace")
    .description("Write a page that shows what a saved model does with one sequence, step by step, and where it looks.")
    .argument("<file>", "a model that `train` or `demo` saved, or `compile` made")
    .argument("[text...]", "a text, for models that read one; without, an example of the model's task")
    .option("--seed <n>", "another example of the task (default: 1)", whole(0))
    .option("--length <n>", "the length of the example, as the task counts it", whole(1))
    .option("--input <file>", 'rows of inputs as JSON, or { "inputs", "targets", "mask" }; - is stdin')
    .option("--beam <n>", "answers that are followed at once, for models with attention (default: 1)", whole(1))
    .option("--out <file>", "where to write it (default: the model's name with the ending .html)")
    .option("--json", "what was written as one JSON object")
    .action(async (file: string, words: string[], { out = pageOf(file), json = false, ...flags }: Flags) => {
      const { model: saved } = await readModel(file);
      const { name, read, draw } =
        pageOfPointing(saved, words, flags, file) ??
        pageOfText(saved, words, flags, file) ??
        pageOfProgram(saved, words, flags, file) ??
        pageOfSteps(await tracedFrom(saved, words, flags, file));
      const written = await writePage(out, async () => {
        const engine = await Engine.create();
        try {
          return draw(engine);
        } finally {
          engine.dispose();
        }
      });
      const [unit, size] = read;
      if (json) print({ ...written, model: name, [`${unit}s`]: size });
      else sayPage(written, plural(size, unit));
    });
}

/** A page that is not drawn yet. */
interface Page {
  readonly name: string;
  /** What goes in, counted. */
  readonly read: readonly [unit: "step" | "symbol" | "vector" | "word", size: number];
  readonly draw: (engine: Engine) => string;
}

function pageOfSteps({ model, ...traced }: Traced): Page {
  const { name } = model;
  return { name, read: ["step", traced.inputs.length], draw: (engine) => tracePage(engine, model, traced) };
}

/** What a model points at, if it is one that does. */
function pageOfPointing(...asked: Parameters<typeof pointedFrom>): Page | undefined {
  const pointed = pointedFrom(...asked);
  return pointed && { name: pointed.model.name, read: ["vector", pointed.size], draw: pointed.draw };
}

/** What program a model writes about a table, if it is one that does. */
function pageOfProgram(...asked: Parameters<typeof programmedFrom>): Page | undefined {
  const programmed = programmedFrom(...asked);
  return programmed && { name: programmed.model.name, read: ["word", programmed.size], draw: programmed.draw };
}

/** Where a model looks in a text, if it is one that does. */
function pageOfText(...asked: Parameters<typeof alignedFrom>): Page | undefined {
  const aligned = alignedFrom(...asked);
  if (!aligned) return undefined;
  const { model, options } = aligned;
  const { length } = options.source;
  return { name: model.name, read: ["symbol", length], draw: (engine) => tracePage(engine, model, options) };
}

const pageOf = (file: string): string => `${file.replace(/\.(safetensors|tape)$/, "")}.html`;
