import type { Command } from "commander";
import { UnsureError } from "../../bindings/tasks.js";
import { alignment } from "../alignment.js";
import { answersTo, type Answered } from "../answering.js";
import { calibrationOf } from "../calibrating.js";
import { capabilityOf } from "../capabilities.js";
import { Counting } from "../counting.js";
import { withEngine } from "../engine.js";
import { ExitCode, UsageError } from "../errors.js";
import { readHeld } from "../files.js";
import { linesFrom } from "../lines.js";
import { part, whole } from "../numbers.js";
import { isTaken } from "../output.js";
import { terminalOf } from "../terminal.js";
import { visible } from "../../bindings/common/visible.js";
import type { SearchFlags } from "../transducing.js";
import type { Transducer } from "../taskViews/view.js";
import { transducers } from "../views.js";

interface Flags extends SearchFlags {
  model: string;
  minConfidence?: number;
  confidence?: boolean;
  guess?: boolean;
  json?: boolean;
  numbers?: boolean;
  spell?: boolean;
}

/** Sources that are answered at once. */
const AT_ONCE = 4096;

export function addTransducers(program: Command): void {
  for (const transducer of transducers) {
    const { command: name, task, description, argument, model, beam, unit, options = [] } = transducer;
    const command = program
      .command(name)
      .description(description)
      .argument(...argument)
      .option("--model <file>", `a model trained on ${task} (default: the shipped one)`)
      .option("--beam <n>", "beam width", whole(1), beam)
      .option("--min-confidence <part>", `refuse a ${unit} whose answer is less likely right, from 0 to 1`, part())
      .option("--guess", "answer all the same where it is not sure, and say so")
      .option("--confidence", "print how often such an answer is right")
      .option("--attention", "draw the attention of each output")
      .option("--json", "print one JSON object per line, with the other beams");
    for (const option of options) command.addOption(option);
    command.action(async (words: string[], given: Partial<Flags>) => {
      const flags: Flags = { beam, ...given, model: given.model ?? model() };
      const held = await readHeld(flags.model);
      const calibration = calibrationOf(held);
      const { minConfidence: least, confidence, numbers, spell } = flags;
      if ((least !== undefined || confidence) && !calibration)
        throw new UsageError(`${held.file} does not tell how sure it is: \`tapehead calibrate\` measures that`);
      const transduction = capabilityOf(held, "transduce", name)(held, task);
      const parts = { numbers, spell, exceptions: given.model === undefined };
      const answering = { transducer, transduction, search: flags, calibration, least, parts };
      await withEngine((engine) =>
        answerAll(words, (sources) => answersTo(engine, sources, answering), transducer, flags),
      );
    });
  }
}

type Asked = readonly [line: number, source: string];

/** Answers what comes, in its order, and keeps none of it. @throws UnsureError where the only source has no answer. */
async function answerAll(
  words: readonly string[],
  answer: (sources: readonly string[]) => (Answered | UnsureError)[],
  transducer: Transducer,
  flags: Flags,
): Promise<void> {
  const { sources, unit } = transducer;
  const [counting, unknown] = [new Counting(unit), new Set<string>()];
  let [first, isMany]: [Asked | undefined, boolean] = [undefined, false];
  const say = async (asked: readonly Asked[]): Promise<boolean> => {
    for (let begin = 0; begin < asked.length; begin += AT_ONCE) {
      const group = asked.slice(begin, begin + AT_ONCE);
      const answers = answer(group.map(([, source]) => source));
      if (!isMany && answers[0] instanceof UnsureError && !guessOf(answers[0], flags)) throw answers[0];
      for (const symbol of answers.flatMap((each) => (each instanceof UnsureError ? [] : each.unknown)))
        if (unknown.size < 100) unknown.add(symbol);
      counting.clear();
      if (!(await write(group, answers, isMany, flags))) return false;
      if (!process.stdout.isTTY) counting.add(group.length);
    }
    return true;
  };
  for await (const lines of linesFrom(words, process.stdin)) {
    const asked = lines.flatMap(({ text, number }) => sources(text).map((source): Asked => [number, source]));
    // The first waits for a second: alone it is answered without its name.
    const all: readonly Asked[] = first && !isMany ? [first, ...asked] : asked;
    first ??= asked[0];
    isMany ||= all.length > 1;
    if (isMany && !(await say(all))) return;
  }
  if (!first) throw new UsageError("There is nothing to read: give it as an argument, or pipe it in, a line each");
  if (!isMany) await say([first]);
  counting.clear();
  warn(unknown);
}

/** What is answered all the same, if that is wanted and there is something. */
const guessOf = ({ guess }: UnsureError, { guess: isWanted = false }: Flags): string | undefined =>
  isWanted ? guess?.answer : undefined;

/** Answers on stdout, and on stderr what has none and what is to be known of others. False once nobody reads them. */
async function write(
  asked: readonly Asked[],
  answers: readonly (Answered | UnsureError)[],
  isMany: boolean,
  flags: Flags,
): Promise<boolean> {
  const { json = false, attention = false, confidence = false } = flags;
  const terminal = terminalOf(process.stdout);
  const width = Math.min(
    40,
    asked.reduce((most, [, source]) => Math.max(most, visible(source).length), 0),
  );
  const out = answers.map((answer, i): string => {
    const [line, source] = asked[i]!;
    const where = isMany ? `line ${line}: ` : "";
    const before = isMany ? `${visible(source).padEnd(width)}  ` : "";
    if (answer instanceof UnsureError) {
      const { reason, guess } = answer;
      const guessed = guessOf(answer, flags);
      if (guessed === undefined) process.exitCode = ExitCode.failed;
      console.error(
        guessed === undefined ? `error: line ${line}: ${answer.message}` : `note: ${where}a guess, since ${reason}`,
      );
      return json ? JSON.stringify({ source, refused: reason, ...guess }) : `${before}${guessed ?? "–"}`;
    }
    const { read, note, fields, score: _, ...said } = answer;
    if (note !== undefined) console.error(`note: ${where}${note}`);
    if (json) {
      const parts = read.length > 1 ? { parts: read.map(({ score: _, ...part }) => part) } : {};
      return JSON.stringify({ ...said, ...fields, ...parts });
    }
    const behind = confidence && said.confidence !== null ? `  ${Math.floor(100 * said.confidence)}%` : "";
    const drawn = attention
      ? read.filter((each) => each.attention).map((each) => `\n\n${alignment(each, terminal)}\n`)
      : [];
    return `${before}${said.text}${behind}${drawn.join("")}`;
  });
  return isTaken(`${out.join("\n")}\n`);
}

/** What was read as the unknown symbol. */
function warn(unknown: ReadonlySet<string>): void {
  if (!unknown.size) return;
  const shown = [...unknown]
    .slice(0, 10)
    .map((symbol) => visible(symbol))
    .join(" ");
  console.error(`note: the model has never seen ${shown}${unknown.size > 10 ? " …" : ""}, and guesses around it`);
}
