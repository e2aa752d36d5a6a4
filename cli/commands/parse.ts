import type { Command } from "commander";
import { BEAM } from "../../recipes/parsing.js";
import { capabilityOf } from "../capabilities.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { readHeld } from "../files.js";
import { textFrom } from "../input.js";
import { given, part, whole } from "../numbers.js";
import { print } from "../output.js";
import { sayPage, writePage } from "../page.js";
import { parsedShown, type ShownFlags } from "../parsedShown.js";
import { sentencesOf } from "../parsing.js";
import { shipped } from "../shipped.js";
import { terminalOf } from "../terminal.js";

interface Flags extends ShownFlags {
  readonly beam?: number;
  readonly minConfidence?: number;
  readonly model?: string;
  readonly trace?: string;
  readonly json?: boolean;
}

export function addParse(program: Command): void {
  program
    .command("parse")
    .description(
      "Parse sentences: draw the tree of constituents, or print it in brackets into a pipe. The shipped model has learned a small English grammar of some 300 words; other words and sentences are refused, and what it is not sure of.",
    )
    .argument("[sentence...]", 'a sentence, such as "the old dog barked at the mailman" (default: lines of stdin)')
    .option("--model <file>", "a model that learned `grammar` or `parsing` (default: the shipped one)")
    .option("--beam <n>", "beam width", whole(1), BEAM)
    .option("--min-confidence <part>", "refuse a tree that is less likely right, from 0 to 1", part())
    .option("--guess", "print the tree all the same where it is not sure, and say so")
    .option("--draw", "draw trees into a pipe, too")
    .option("--no-draw", "print trees in brackets on a terminal, too")
    .option("--trace <file>", "write a page of the tree and where the model looked, of one sentence")
    .option("--json", "print the result as one JSON object")
    .action(async (words: string[], flags: Flags) => {
      const { model = shipped("grammar"), trace, json = false } = flags;
      const held = await readHeld(model);
      const parser = capabilityOf(held, "parse")(held);
      const sentences = sentencesOf(new TextDecoder().decode(await textFrom(words)));
      if (trace !== undefined && sentences.length > 1)
        throw new UsageError(`--trace draws one sentence, and there are ${sentences.length}`);
      const { beam, minConfidence } = flags;
      const asked = { ...given({ beam, minConfidence }), attention: trace !== undefined };
      const parsed = await withEngine((engine) => parser.parse(engine, sentences, asked));
      const shown = parsedShown(parsed, flags);
      const written = trace === undefined ? undefined : await writePage(trace, () => parser.page(parsed[0]!));
      if (json) return print({ model, ...shown.json, ...given({ trace: written }) });
      shown.say(terminalOf(process.stdout));
      if (written) sayPage(written);
    });
}
