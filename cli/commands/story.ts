import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Command } from "commander";
import { askStory, StoryError, storyCalibrationIn } from "../../bindings/questions.js";
import { calibrationOf } from "../calibrating.js";
import { capabilityOf } from "../capabilities.js";
import { decodeText } from "../encoding.js";
import { withEngine } from "../engine.js";
import { asUsage, FileError, UsageError } from "../errors.js";
import { readHeld } from "../files.js";
import { given, part } from "../numbers.js";
import { print } from "../output.js";
import { sayPage, writePage } from "../page.js";
import { shipped } from "../shipped.js";
import { sayStory } from "../storyTelling.js";

interface Flags {
  readonly model?: string;
  readonly minConfidence?: number;
  readonly trace?: string;
  readonly json?: boolean;
}

export function addStory(program: Command): void {
  program
    .command("story")
    .description(
      "Answer a question about a story, and show how much each hop of the model read of each sentence. A story or a question that it does not understand is refused, and an answer that it is not sure of.",
    )
    .argument("<story>", 'a file of sentences such as "Mary took the milk there.", or - for stdin')
    .argument("<question...>", 'such as "where is the milk?"')
    .option("--model <file>", "a model for stories that `train --task babi` saved (default: the shipped one)")
    .option("--min-confidence <part>", "refuse an answer that is less likely right, from 0 to 1", part())
    .option("--trace <file>", "write a page of what each hop reads")
    .option("--json", "print the result as one JSON object")
    .action(async (file: string, words: string[], flags: Flags) => {
      const { model = shipped("stories"), minConfidence: least, trace, json = false } = flags;
      const held = await readHeld(model);
      const { reader, page } = capabilityOf(held, "story")(held);
      const calibration = calibrationOf(held) && storyCalibrationIn(held.metadata);
      if (least !== undefined && !calibration) {
        throw new UsageError(`${held.file} does not tell how sure it is: \`tapehead calibrate\` measures that`);
      }
      const [story, question] = [await storyIn(file), words.join(" ")];
      const reply = await withEngine((engine) =>
        asStory(() => askStory(engine, reader, story, question, { calibration, least })),
      );
      const written =
        trace === undefined ? undefined : await writePage(trace, () => asUsage(() => page(question, reply)));
      if (json) return print({ file, model, question, ...reply, ...given({ trace: written }) });
      sayStory(question, reply);
      if (written) sayPage(written);
    });
}

/** @throws FileError when there is none, or it cannot be read. */
async function storyIn(file: string): Promise<string> {
  if (file === "-" && process.stdin.isTTY) throw new UsageError("There is no story on stdin: pipe one in");
  const bytes = await (file === "-" ? buffer(process.stdin) : readFile(file)).catch((cause: Error) => {
    throw new FileError(`Cannot read ${file}: ${cause.message}`, { cause });
  });
  return decodeText(bytes).replace(/^\ufeff/, "");
}

/** A story that is not understood is what the command line has got wrong. */
function asStory<T>(answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    throw error instanceof StoryError ? new UsageError(error.message, { cause: error }) : error;
  }
}
