import type { Command } from "commander";
import { existsSync } from "node:fs";
import { textFrom } from "../input.js";
import { whole } from "../numbers.js";
import { print } from "../output.js";
import { lettersOf, RARE, wordsOf } from "../pairs.js";
import { terminalOf } from "../terminal.js";
import { alignment, shipped, transduce, type Said, type TransduceFlags } from "../transducing.js";
import { visible } from "../text.js";

interface Flags extends TransduceFlags {
  json?: boolean;
}

/** A command that turns what it is given into something else. */
interface Transducer {
  readonly command: string;
  readonly task: string;
  readonly description: string;
  readonly argument: readonly [name: string, help: string];
  readonly model: () => string;
  readonly beam: number;
  /** Sources of a line of input. */
  readonly sources: (line: string) => string[];
  readonly symbols: (source: string) => string[];
  readonly say: (symbols: readonly string[]) => string;
}

/** Words with spaces between, and none where English has none. */
const sentenceOf = (words: readonly string[]): string =>
  words
    .map((word) => (word === RARE ? "…" : word))
    .join(" ")
    .replace(/ (?=[.,!?;:])/g, "")
    .replace(/(?<=\p{L}') (?=\p{L})/gu, "");

/** The larger one where there is a clone of the repository. */
const largest = (...names: readonly string[]): string => names.map(shipped).find(existsSync) ?? shipped(names.at(-1)!);

const transducers: readonly Transducer[] = [
  {
    command: "pronounce",
    task: "pronunciation",
    description: "Say how English words are pronounced: phonemes of the CMU dictionary, from spelling alone.",
    argument: ["[words...]", "words; without any, what comes in on stdin"],
    model: () => largest("pronunciation", "pronunciation-small"),
    beam: 5,
    sources: (line) => line.split(/\s+/).filter(Boolean),
    symbols: lettersOf,
    say: (symbols) => symbols.join(" "),
  },
  {
    command: "date",
    task: "dates",
    description:
      "Write a date as ISO 8601 has it. With dots and dashes the day comes first, with slashes the month; two digits of " +
      "a year are of 1950 to 2049.",
    argument: ["[date...]", 'a date, such as "9 may 98"; without one, lines from stdin'],
    model: () => shipped("dates"),
    beam: 1,
    sources: (line) => (line.trim() ? [line.trim().replace(/\s+/g, " ")] : []),
    symbols: (source) => [...source.normalize("NFKC")],
    say: (symbols) => symbols.join(""),
  },
  {
    command: "translate",
    task: "translation",
    description: "Translate a short sentence from French, as far as a small model can.",
    argument: ["[sentence...]", "a sentence; without one, lines from stdin"],
    model: () => shipped("translation"),
    beam: 5,
    sources: (line) => (line.trim() ? [line.trim()] : []),
    symbols: wordsOf,
    say: sentenceOf,
  },
];

export function addTransducers(program: Command): void {
  for (const each of transducers) {
    const { command, task, description, argument, model, beam, sources, symbols, say } = each;
    program
      .command(command)
      .description(description)
      .argument(...argument)
      .option("--model <file>", `a model that was trained on ${task} (default: the one that comes with tapehead)`)
      .option("--beam <n>", "ways to go on that are followed at once", whole(1), beam)
      .option("--attention", "draw where it looked for each symbol")
      .option("--json", "a JSON object a line, with other ways the model found likely")
      .action(async (words: string[], { json = false, ...flags }: Partial<Flags>) => {
        const text = new TextDecoder().decode(await textFrom(words));
        const asked = text.split(/\r?\n/).flatMap(sources);
        const given = { beam, ...flags, model: flags.model ?? model() };
        const said = await transduce(task, asked.map(symbols), given);
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
