import { TableProgrammer } from "../../bindings/models.js";
import { answeredLine, type Asked, type AskFlags } from "../asking.js";
import type { CSVTable } from "../csv.js";
import { drawingOf, wordsRead } from "../drawing.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import type { Held } from "../held.js";
import type { SystemCommands } from "./commands.js";

export const tableProgrammer = {
  className: TableProgrammer.className,
  runHelp: "one that is asked about tables takes a file and a question",
  ask: answerAbout,
} satisfies SystemCommands<TableProgrammer>;

/**
 * Answer to a question in any words, from a model that reads the whole table: a guess, since it answers whatever it has
 * understood.
 * @throws UsageError when no guess is asked for.
 */
function answerAbout(
  { file, model }: Held<TableProgrammer>,
  table: CSVTable,
  question: string,
  { guess = false }: AskFlags,
): Promise<Asked> {
  const { header } = table;
  if (!guess) {
    throw new UsageError(
      `${file} holds a model that answers any words, also those that it does not know: its answers are guesses, which --guess asks for`,
    );
  }
  return withEngine((engine) => {
    const program = model.answer(engine, question, table);
    const { lines, probability, items, number, printed, read: words } = program;
    const read = words.join(" ");
    const answer = {
      ...(number !== undefined && { number }),
      ...(printed && { cells: items }),
      lines: lines.map((line) => answeredLine(line, header[line.column.index]!)),
      probability,
      read,
      ignored: header.slice(model.options.columns).map((name) => `column "${name}"`),
      missing: 0,
      guess: "this model answers any words, also those that it does not know",
    };
    const drawing = () =>
      drawingOf(program, {
        question: wordsRead(question, program),
        read,
        operations: model.operationNames,
        table,
        items,
      });
    return { answer, drawing };
  });
}
