import { visible } from "../bindings/common/visible.js";
import { writeTree } from "../bindings/parse.js";
import { ExitCode } from "./errors.js";
import { notesOf, type ParsedSentence } from "./parsing.js";
import type { Shown } from "./systems/commands.js";
import { treeDrawing } from "./treeDrawing.js";

/** How trees are printed. */
export interface ShownFlags {
  /** Whether a tree that is not sure enough is printed all the same, and called a guess. Default: false. */
  readonly guess?: boolean | undefined;
  /** Whether trees are drawn. Default: on a terminal they are. */
  readonly draw?: boolean | undefined;
}

/**
 * One tree by itself; of several, a line each in brackets, or drawn, and why some have none on stderr.
 * @throws UnsureError when there is one sentence alone, and its tree may not be given.
 */
export function parsedShown(parsed: readonly ParsedSentence[], { guess = false, draw }: ShownFlags): Shown {
  const isGuess = ({ error, parse }: ParsedSentence): boolean => guess && error !== undefined && parse !== undefined;
  const isAlone = parsed.length === 1;
  const [first] = parsed;
  if (isAlone && first!.error && !isGuess(first!)) throw first!.error;
  return {
    get json() {
      if (parsed.some((each) => each.error && !isGuess(each))) process.exitCode = ExitCode.failed;
      const fields = parsed.map(fieldsOf);
      return isAlone ? fields[0]! : { sentences: fields };
    },
    say(terminal) {
      const isDrawn = draw ?? terminal.rows !== undefined;
      parsed.forEach((each, i) => {
        const { parse, error } = each;
        const where = isAlone ? "" : `sentence ${i + 1}: `;
        if (error && !isGuess(each)) {
          console.log("–");
          console.error(`error: ${where}${error.message}`);
          process.exitCode = ExitCode.failed;
          return;
        }
        const { tree } = parse!;
        console.log(isDrawn ? `${treeDrawing(tree, terminal)}${isAlone ? "" : "\n"}` : visible(writeTree(tree)));
        if (error) console.error(`note: ${where}a guess, since ${error.reason}`);
        for (const note of notesOf(parse!)) console.error(`note: ${where}${note}`);
      });
    },
  };
}

function fieldsOf({ text, parse, confidence, error }: ParsedSentence): object {
  if (!parse) return { source: text, refused: error!.reason };
  const { words, tree, score, repairs, isWellFormed, unknown } = parse;
  const said = {
    source: text,
    words,
    tree: writeTree(tree),
    score,
    isWellFormed,
    ...(!isWellFormed && { repairs }),
    unknown,
  };
  return error
    ? { ...said, refused: error.reason, ...(error.guess && { guess: error.guess }) }
    : { ...said, confidence };
}
