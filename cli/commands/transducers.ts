import type { Command } from "commander";
import { capabilityOf } from "../capabilities.js";
import { readHeld } from "../files.js";
import { textFrom } from "../input.js";
import { whole } from "../numbers.js";
import { print } from "../output.js";
import { terminalOf } from "../terminal.js";
import { visible } from "../text.js";
import { alignment, type Said, type SearchFlags } from "../transducing.js";
import { transducers } from "../views.js";

interface Flags extends SearchFlags {
  model: string;
  json?: boolean;
}

export function addTransducers(program: Command): void {
  for (const each of transducers) {
    const { command, task, description, argument, model, beam, sources, symbols, say } = each;
    program
      .command(command)
      .description(description)
      .argument(...argument)
      .option("--model <file>", `a model trained on ${task} (default: the shipped one)`)
      .option("--beam <n>", "beam width", whole(1), beam)
      .option("--attention", "draw the attention of each output")
      .option("--json", "print one JSON object per line, with the other beams")
      .action(async (words: string[], { json = false, ...flags }: Partial<Flags>) => {
        const text = new TextDecoder().decode(await textFrom(words));
        const asked = text.split(/\r?\n/).flatMap(sources);
        const held = await readHeld(flags.model ?? model());
        const transduce = capabilityOf(held, "transduce", command);
        const said = await transduce(held, task, asked.map(symbols), { beam, ...flags });
        const terminal = terminalOf(process.stdout);
        const width = Math.max(...asked.map((source) => source.length));
        said.forEach((one, i) => {
          if (json) return print({ ...one, source: asked[i]!, text: say(one.symbols) });
          const line = asked.length > 1 ? `${visible(asked[i]!).padEnd(Math.min(width, 40))}  ` : "";
          console.log(`${line}${say(one.symbols)}`);
          if (flags.attention && one.attention) console.log(`\n${alignment(one, terminal)}\n`);
        });
        warn(said);
      });
  }
}

/** What was read as the unknown symbol. */
function warn(said: readonly Said[]): void {
  const unknown = [...new Set(said.flatMap((one) => one.unknown))];
  if (!unknown.length) return;
  const shown = unknown
    .slice(0, 10)
    .map((symbol) => visible(symbol))
    .join(" ");
  console.error(`note: the model has never seen ${shown}${unknown.length > 10 ? " …" : ""}, and guesses around it`);
}
