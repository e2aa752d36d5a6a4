import { Option, type Command } from "commander";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { expectWritable, readHeld } from "../files.js";
import { factsOf } from "../facts.js";
import type { RuleBook } from "../../bindings/metamath.js";
import { linesFrom } from "../lines.js";
import { whole } from "../numbers.js";
import { print } from "../output.js";
import { sayPage, writePage } from "../page.js";
import { proofPage } from "../proofPage.js";
import { countsOf, GUIDES, isRefusal, networkOf, proofOf, proofText, unguided, unprovedText } from "../proving.js";
import type { Guidance, Guide, ShownProof } from "../proving.js";
import { shipped, shippedDatabase } from "../shipped.js";
import { terminalOf } from "../terminal.js";
import { theoremsOf, type TheoremsFile } from "../theorems.js";

interface Flags {
  readonly given: readonly string[];
  readonly nodes: number;
  readonly guide: Guide;
  readonly model?: string;
  readonly database?: TheoremsFile;
  readonly trace?: string;
  readonly json?: boolean;
}

/** What guides a search, on a page. */
const GUIDED = { network: "a network", counts: "counts of the database's proofs", none: "nothing" } as const;

/** States that are expanded, at most. */
const NODES = 1000;

export function addProve(program: Command): void {
  program
    .command("prove")
    .description(
      "Prove a statement of quantum logic, from the axioms and theorems of a Metamath database: a network says what to try next, best first, and every proof that is found is checked.",
    )
    .argument(
      "[statement...]",
      'such as "|- ( a v b ) = ( b v a )", or the label of a theorem, which is proved from what stands before it (default: lines of stdin)',
    )
    .option(
      "--given <statement>",
      "a statement that may be assumed; may be given several times",
      (value: string, before: readonly string[]) => [...before, value],
      [] as readonly string[],
    )
    .option("--nodes <n>", "states that are expanded, at most", whole(1), NODES)
    .addOption(
      new Option("--guide <what>", "what says what to try next: a network, counts of the database's proofs, or nothing")
        .choices(GUIDES)
        .default("network"),
    )
    .option("--model <file>", "a model that `train seq2seq --task proving` saved (default: the shipped one)")
    .option("--database <file>", "a Metamath database (default: quantum logic, which is shipped)", theoremsOf)
    .option("--trace <file>", "write a page of the proof and where the network looked, of one statement")
    .option("--json", "print each proof as a JSON object")
    .action(async (words: string[], flags: Flags) => {
      const { guide, model, trace, json = false } = flags;
      if (model !== undefined && guide !== "network")
        throw new UsageError(
          `--model is the file of a network, and --guide ${guide} takes none: leave out one of them`,
        );
      if (trace !== undefined) await expectWritable(trace);
      const { book } = flags.database ?? theoremsOf(shippedDatabase());
      const held = guide === "network" ? await readHeld(model ?? shipped("proving")) : undefined;
      await withEngine(async (engine) => {
        const guidance = held ? networkOf(engine, held, book) : guide === "counts" ? countsOf(book) : unguided;
        const shown: (ShownProof | undefined)[] = [];
        for await (const group of linesFrom(words, process.stdin)) {
          for (const { text, number } of group) {
            if (!text.trim()) continue;
            const where = words.length ? "" : `line ${number}: `;
            if (shown.length && trace !== undefined)
              throw new UsageError(`--trace draws one statement, and line ${number} is another`);
            if (shown.length && !json) console.log();
            shown.push(show(book, guidance, text.trim(), where, { ...flags, json }));
          }
        }
        if (!shown.length)
          throw new UsageError("There is no statement to prove: give one as an argument, or pipe them in, a line each");
        if (trace === undefined) return;
        if (!shown[0]?.proved) return console.error(`note: ${trace} was not written: there is no proof to draw`);
        const about = { guide: GUIDED[guide], ...(held && { model: held.model, facts: factsOf(held) }) };
        const written = await writePage(trace, () => proofPage(shown[0]!, about));
        if (!json) sayPage(written);
      });
    });
}

/** Proves one line, or says why not, which does not end the others: undefined when the line is no statement. */
function show(
  book: RuleBook,
  guidance: Guidance,
  text: string,
  where: string,
  { nodes, given: hypotheses, json }: Flags & { readonly json: boolean },
): ShownProof | undefined {
  try {
    const { shown, isExhausted } = proofOf(book, guidance, text, { nodes, hypotheses });
    if (!shown.proved) process.exitCode = 1;
    if (json) print(shown);
    else if (shown.proved) console.log(proofText(shown, terminalOf(process.stdout).palette));
    else console.error(`${where}${unprovedText(shown, nodes, isExhausted)}`);
    return shown;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (!where && !json) throw error;
    process.exitCode = 1;
    if (json) print({ statement: text, error: error.message });
    else console.error(`error: ${where}${error.message}`);
    return undefined;
  }
}
