import { excerpt, shown } from "../../common/shown.js";
import {
  additionCoverage,
  additionEnvironment,
  PAD_ROWS,
  sumOnPad,
  type AdditionPad,
  type Operands,
} from "./addition.js";
import { mainProgram } from "./environment.js";
import type { World } from "./world.js";

/** Digits of a number, at most: more is nothing that a person types. */
const MOST_DIGITS = 100_000;

/** Sums as a person types them, such as 96 + 125. */
export function additionWorld({ recursive = false }: { readonly recursive?: boolean }): World<AdditionPad, Operands> {
  const environment = additionEnvironment(recursive);
  return {
    environment,
    read(text) {
      const operands = readSum(text);
      return { text: textOf(operands), problem: operands, call: [mainProgram(environment)] };
    },
    textOf,
    answerOf: sumOnPad,
    expectedOf: ([a, b]) => String(BigInt(a) + BigInt(b)),
    ...(recursive && { coverage: additionCoverage }),
    rowsOf(pad) {
      const columns = Math.max(...pad.rows.map(({ length }) => length), ...pad.pointers.map((column) => column + 1));
      return PAD_ROWS.map((name, row) => ({
        name,
        cells: Array.from({ length: columns }, (_, i) => {
          const digit = pad.rows[row]![columns - 1 - i];
          return digit === undefined || digit < 0 ? "" : String(digit);
        }),
        pointers: [{ name, cell: columns - 1 - pad.pointers[row]! }],
      }));
    },
  };
}

const textOf = (operands: Operands): string => operands.join(" + ");

/** The two numbers of a sum, without zeros in front. @throws SyntaxError, RangeError when it is none. */
function readSum(text: string): Operands {
  const wanted = "two whole numbers with + between them, such as 96 + 125";
  if (!text.trim()) throw new SyntaxError(`The sum is empty, and must be ${wanted}`);
  const stranger = /[^\d\s+]/u.exec(text);
  if (stranger) {
    const [what] = stranger;
    throw new SyntaxError(
      `The sum has ${shown(what)} at character ${stranger.index + 1}, and must be ${wanted}: digits without signs`,
    );
  }
  const parts = text.split("+").map((part) => part.trim());
  if (parts.length !== 2) {
    throw new SyntaxError(`The sum has ${parts.length - 1} times +, and must be ${wanted}`);
  }
  const [a, b] = parts.map((part) => {
    if (!/^\d+$/.test(part)) {
      const what = part ? `${excerpt(part)} is not one number` : "a number is missing";
      throw new SyntaxError(`The sum cannot be read: ${what}; it must be ${wanted}`);
    }
    const digits = part.replace(/^0+(?=\d)/, "");
    if (digits.length <= MOST_DIGITS) return digits;
    throw new RangeError(`A number of the sum has ${digits.length} digits, and must have at most ${MOST_DIGITS}`);
  }) as [string, string];
  return [a, b];
}
