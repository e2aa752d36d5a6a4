import { sayAnswer } from "./asking.js";
import { readTable } from "./csv.js";
import { UsageError } from "./errors.js";
import type { Held } from "./held.js";
import { given } from "./numbers.js";
import type { ModelCommands, Runner } from "./systems/commands.js";

/** Run of a model that is asked about tables: the words are a file and a question, as `tapehead ask` takes them. */
export const askRunner = <Model>(held: Held<Model>, ask: NonNullable<ModelCommands<Model>["ask"]>): Runner => ({
  takesGuess: true,
  async run(_, { guess }, words) {
    const [table, ...question] = words;
    if (table === undefined || !question.length)
      throw new UsageError(`${held.file} holds a model that is asked about tables: name one, and ask behind it`);
    const { answer } = await ask(held, await readTable(table), question.join(" "), given({ guess }));
    return { json: answer, say: () => sayAnswer(answer) };
  },
});
