import { TableProgrammer } from "../../bindings/models.js";
import { answeredLine, textsOf, type Asked } from "../asking.js";
import type { CSVTable } from "../csv.js";
import { drawingOf, wordsRead } from "../drawing.js";
import { withEngine } from "../engine.js";
import type { Held } from "../held.js";
import type { SystemCommands } from "./commands.js";

export const tableProgrammer = {
  className: TableProgrammer.className,
  ask: answerAbout,
} satisfies SystemCommands<TableProgrammer>;

/** Answer to a question in any words, from a model that reads the whole table. */
function answerAbout({ model }: Held<TableProgrammer>, csv: CSVTable, question: string): Promise<Asked> {
  const table = textsOf(csv);
  const { header } = table;
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
