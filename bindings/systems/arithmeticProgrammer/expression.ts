import { shown } from "../../common/shown.js";

export type Operator = "+" | "-" | "*" | "/";

/** A number, or an operator between two expressions. */
export type Expression = number | Operation;

export interface Operation {
  readonly operator: Operator;
  readonly left: Expression;
  readonly right: Expression;
}

/** What a step can be, in the order of the inputs: "=" is one to compute in, "x" a number. */
const SYMBOLS = ["(", ")", "=", "x", "+", "-", "*", "/"] as const;

/** Where in the inputs things are; behind the symbols come places, of numbers and of operators, and a number's value. */
export const inputs = { compute: 2, number: 3, operators: 4, places: 8 } as const;

/** Numbers that go in at a step, for expressions of at most so many numbers. */
export const arithmeticInputSize = (numbers: number): number => inputs.places + numbers + 1;

/** How many numbers fit into inputs of this size. */
export const numbersIn = (inputSize: number): number => inputSize - inputs.places - 1;

export function apply(operator: Operator, left: number, right: number): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  return operator === "*" ? left * right : left / right;
}

/** The value of an expression, in double precision. */
export function valueOfExpression(expression: Expression): number {
  if (typeof expression === "number") return expression;
  const { operator, left, right } = expression;
  return apply(operator, valueOfExpression(left), valueOfExpression(right));
}

/** The part of an expression that divides by zero, if there is one. */
export function divisionByZero(expression: Expression): Operation | undefined {
  if (typeof expression === "number") return undefined;
  const { operator, left, right } = expression;
  const inside = divisionByZero(left) ?? divisionByZero(right);
  return inside ?? (operator === "/" && valueOfExpression(right) === 0 ? expression : undefined);
}

/** An expression as text, in brackets wherever it has an operator inside. */
export function showExpression(expression: Expression): string {
  return tokensOf(expression).join(" ").replace(/\( /g, "(").replace(/ \)/g, ")");
}

type Token = (typeof SYMBOLS)[number] | number;

function tokensOf(expression: Expression): Token[] {
  if (typeof expression === "number") return [expression];
  const inner = (side: Expression): Token[] => (typeof side === "number" ? [side] : ["(", ...tokensOf(side), ")"]);
  return [...inner(expression.left), expression.operator, ...inner(expression.right)];
}

/**
 * Rows of inputs for an expression: its symbols, and a step to compute in for each of its operators.
 * @throws RangeError when it has more numbers than the inputs have places, or no operator.
 */
export function encodeExpression(expression: Expression, numbers: number): Float32Array[] {
  const tokens = tokensOf(expression);
  const operands = tokens.filter((token) => typeof token === "number").length;
  if (operands < 2 || operands > numbers) {
    const wanted = numbers === 2 ? "2 numbers" : `2 to ${numbers} numbers`;
    throw new RangeError(
      `An expression has ${operands === 1 ? "1 number" : `${operands} numbers`}, and must have ${wanted}`,
    );
  }
  const size = arithmeticInputSize(numbers);
  let read = 0;
  let next = 0;
  return [...tokens, ...new Array<"=">(operands - 1).fill("=")].map((token) => {
    const row = new Float32Array(size);
    const isNumber = typeof token === "number";
    const symbol = SYMBOLS.indexOf(isNumber ? "x" : token);
    row[symbol] = 1;
    if (isNumber) {
      row[inputs.places + read++] = 1;
      row[size - 1] = token;
    } else if (symbol >= inputs.operators) row[inputs.places + next++] = 1;
    return row;
  });
}

/** What a row of inputs shows: a symbol, or a number in digits that single precision has. */
export function symbolOf(row: ArrayLike<number>): string {
  const symbol = SYMBOLS.findIndex((_, i) => row[i] === 1);
  return symbol === inputs.number ? String(Number(row[row.length - 1]!.toPrecision(7))) : SYMBOLS[symbol]!;
}

/**
 * Reads an expression: numbers, `+ - * /` (also × ÷ −) and brackets, with the usual precedence.
 * @throws SyntaxError that says where it cannot be read.
 */
export function parseExpression(text: string): Expression {
  const tokens = tokenize(text);
  let at = 0;
  const fail = (wanted: string): never => {
    const token = tokens[at];
    const [what, place] = token ? [shown(token.text), `, at character ${token.at + 1}`] : ["the end", ""];
    throw new SyntaxError(`The expression has ${what}${place}, where there must be ${wanted}`);
  };
  const isNext = (texts: readonly string[]): boolean => at < tokens.length && texts.includes(tokens[at]!.text);

  function operand(): Expression {
    if (isNext(["("])) {
      ++at;
      const inside = sum();
      if (!isNext([")"])) fail("an operator or a closing bracket");
      ++at;
      return inside;
    }
    const isNegative = isNext(["-"]);
    const value = tokens[isNegative ? at + 1 : at]?.value;
    if (value === undefined) return fail("a number or an opening bracket");
    at += isNegative ? 2 : 1;
    return isNegative ? -value : value;
  }
  function chain(operators: readonly Operator[], next: () => Expression): Expression {
    let left = next();
    while (isNext(operators)) {
      const operator = tokens[at++]!.text as Operator;
      left = { operator, left, right: next() };
    }
    return left;
  }
  const product = (): Expression => chain(["*", "/"], operand);
  const sum = (): Expression => chain(["+", "-"], product);

  const expression = sum();
  if (at < tokens.length) fail("an operator or the end");
  return expression;
}

interface Lexeme {
  readonly text: string;
  readonly at: number;
  readonly value?: number;
}

const PLAIN: Readonly<Record<string, string>> = { "×": "*", "·": "*", "÷": "/", ":": "/", "−": "-" };

function tokenize(text: string): Lexeme[] {
  const pattern = /\s+|(\d+(?:\.\d*)?|\.\d+)|([-+*/()×·÷:−])/gy;
  const lexemes: Lexeme[] = [];
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) {
      const character = String.fromCodePoint(text.codePointAt(at)!);
      throw new SyntaxError(`The expression has ${shown(character)}, at character ${at + 1}, which it cannot have`);
    }
    const [whole, digits, symbol] = match;
    if (digits !== undefined) {
      const value = Number(digits);
      if (!Number.isFinite(Math.fround(value))) {
        throw new SyntaxError(`The expression has ${whole}, which is more than single precision holds`);
      }
      lexemes.push({ text: whole, at, value });
    } else if (symbol !== undefined) lexemes.push({ text: PLAIN[symbol] ?? symbol, at });
  }
  return lexemes;
}
