/** Questions about tables of tableKinds, and their answers by plain loops over whole numbers. */
import type { Random } from "../../bindings/common/random/philox.js";
import type { KindTable, Measure } from "./tableKinds.js";

/** A right answer: a number as units of a decimal, a quotient, or printed cells. */
export type Right =
  | { readonly units: bigint; readonly decimals: number; readonly by?: number }
  | { readonly cells: readonly string[] };

export interface AskedKind {
  readonly question: string;
  /** Undefined where nothing has an answer, such as the mean of no rows: it must be refused. */
  readonly right: Right | undefined;
}

type Holds = (row: number) => boolean;

/** A condition in words that fit behind "with" and behind "where", and the rows that meet it. */
interface Where {
  readonly having: string;
  readonly holds: Holds;
  /** Which of the model's comparisons it is, so that two are different ones. */
  readonly as: readonly ("greater" | "lesser" | "equal")[];
  readonly column: string;
}

const pick = <T>(random: Random, all: readonly T[]): T => all[random.integer(0, all.length - 1)]!;

/** A number as it is typed: the table's marks do not matter to who asks in English. */
const typed = (units: bigint, decimals: number): string => {
  const size = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const whole = size.slice(0, size.length - decimals);
  const fraction = decimals ? size.slice(size.length - decimals) : "";
  // A fraction of three digits could be thousands where commas are decimal.
  const rest = fraction.replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${whole}${rest ? `.${rest.length === 3 ? `${rest}0` : rest}` : ""}`;
};

const COMPARISONS: readonly (readonly [
  words: readonly string[],
  as: "greater" | "lesser",
  is: (a: bigint, b: bigint) => boolean,
])[] = [
  [["above", "over", "greater than", "more than", ">", "larger than", "exceeding"], "greater", (a, b) => a > b],
  [["below", "under", "less than", "smaller than", "<", "lower than"], "lesser", (a, b) => a < b],
  [["at least", "no less than", ">=", "not below"], "greater", (a, b) => a >= b],
  [["at most", "no more than", "<=", "not above", "no greater than", "up to"], "lesser", (a, b) => a <= b],
];

function compared(random: Random, { name, values, decimals, unit }: Measure): Where {
  const there = values.filter((value) => value !== undefined);
  // Half of all numbers are a cell's, where "above" and "at least" differ.
  const near = (): bigint =>
    pick(random, there.length ? there : [0n]) + (random.integer(0, 1) ? 0n : BigInt(random.integer(-9, 9)));
  const suffix = unit && random.integer(0, 1) ? ` ${unit}` : "";
  if (random.integer(0, 5) === 0) {
    const [one, other] = [near(), near()];
    const [low, high] = one < other ? [one, other] : [other, one];
    const having = `${name} between ${typed(low, decimals)}${suffix} and ${typed(high, decimals)}${suffix}`;
    return {
      having,
      as: ["greater", "lesser"],
      column: name,
      holds: (row) => values[row] !== undefined && values[row]! >= low && values[row]! <= high,
    };
  }
  const [words, as, is] = pick(random, COMPARISONS);
  const pivot = near();
  const said = `${typed(pivot, decimals)}${suffix}`;
  return {
    having:
      random.integer(0, 7) === 0 && as === "greater" && words.includes("at least")
        ? `${name} ${said} or more`
        : `${name} ${pick(random, words)} ${said}`,
    as: [as],
    column: name,
    holds: (row) => values[row] !== undefined && is(values[row]!, pivot),
  };
}

function categorised(random: Random, { name, texts }: KindTable["category"]): Where {
  const one = pick(random, texts);
  const other = texts.find((text) => text !== one);
  const form = random.integer(0, 4);
  const base = { as: ["equal"] as const, column: name };
  if (form === 0) return { ...base, having: `${name} not ${one}`, holds: (row) => texts[row] !== one };
  if (form === 1 && other !== undefined) {
    return {
      ...base,
      having: `${name} ${one} or ${other}`,
      holds: (row) => texts[row] === one || texts[row] === other,
    };
  }
  if (form === 2) return { ...base, having: `${name} is ${one}`, holds: (row) => texts[row] === one };
  return { ...base, having: `${name} ${form === 3 ? one.toUpperCase() : one}`, holds: (row) => texts[row] === one };
}

/** No condition, one, or two that a program can have together. */
function drawWhere(random: Random, table: KindTable): { words: string; holds: Holds } {
  const one = (): Where =>
    random.integer(0, 2) === 0 ? categorised(random, table.category) : compared(random, pick(random, table.measures));
  const count = random.integer(0, 3);
  if (count === 0) return { words: "", holds: () => true };
  const first = one();
  if (count === 3) {
    const second = one();
    const areTwo =
      ![...first.as].some((as) => second.as.includes(as)) &&
      first.as.length + second.as.length === 2 &&
      first.column !== second.column;
    // Denied and joined is another matter: "not A or B".
    if (areTwo && !/\bnot\b|\bno\b| or /.test(`${first.having} ${second.having}`)) {
      const join = pick(random, ["and", "or"] as const);
      const [a, b] = [first.holds, second.holds];
      return {
        words: ` with ${first.having} ${join} ${second.having}`,
        holds: join === "and" ? (row) => a(row) && b(row) : (row) => a(row) || b(row),
      };
    }
  }
  return { words: ` ${pick(random, ["with", "that have", "where"])} ${first.having}`, holds: first.holds };
}

/** A question of a supported form, and its answer. */
export function drawAsked(random: Random, table: KindTable): AskedKind {
  const { entity, measures, flag, days } = table;
  const rows = entity.texts.map((_, row) => row);
  const measure = pick(random, measures);
  const { name, decimals, values } = measure;
  const { words, holds } = drawWhere(random, table);
  const chosen = rows.filter(holds);
  const there = chosen.flatMap((row) => values[row] ?? []);
  const sum = there.reduce((a, b) => a + b, 0n);
  const counted = (some: readonly number[]): Right => ({ units: BigInt(some.length), decimals: 0 });
  const printed = (some: readonly number[]): Right => ({ cells: some.map((row) => entity.texts[row]!) });
  const extreme = (isLargest: boolean): number[] => {
    const best = there.reduce<bigint | undefined>(
      (a, b) => (a === undefined || b > a === isLargest ? b : a),
      undefined,
    );
    return chosen.filter((row) => best !== undefined && values[row] === best);
  };
  const isLargest = random.integer(0, 1) === 1;
  const superlative = pick(
    random,
    isLargest ? ["largest", "highest", "maximum", "most"] : ["smallest", "lowest", "minimum"],
  );
  switch (random.integer(0, 11)) {
    case 0:
      return { question: `how many ${entity.plural} are there${words}?`, right: counted(chosen) };
    case 1:
      return { question: `number of rows${words}`, right: counted(chosen) };
    case 2:
      return { question: `total ${name}${words && ` of ${entity.plural}${words}`}`, right: { units: sum, decimals } };
    case 3:
      return {
        question: `what is the average ${name} of ${entity.plural}${words}?`,
        right: there.length ? { units: sum, decimals, by: there.length } : undefined,
      };
    case 4:
      return {
        question: `which ${entity.name} has the ${superlative} ${name}`,
        right: printed(rowsOf(rows, values, isLargest)),
      };
    case 5:
      return { question: `print ${entity.name}${words}`, right: printed(chosen) };
    case 6: {
      const best = extreme(isLargest);
      return {
        question: `what is the ${superlative} ${name} of ${entity.plural}${words}`,
        right: { cells: best.slice(0, 1).map((row) => measure.texts[row]!) },
      };
    }
    case 7: {
      const row = pick(random, rows);
      return { question: `what is the ${name} of ${entity.texts[row]!}?`, right: { cells: [measure.texts[row]!] } };
    }
    case 8: {
      const pivot = pick(random, there.length ? there : [1n]);
      return {
        question: `how many ${entity.plural} have more than ${typed(pivot, decimals)} ${name}`,
        right: counted(rows.filter((row) => values[row] !== undefined && values[row]! > pivot)),
      };
    }
    case 9:
      if (flag) {
        const denied = random.integer(0, 1) === 1;
        return {
          question: denied
            ? `how many ${entity.plural} are not ${flag.name}?`
            : `total ${name} of ${entity.plural} that are ${flag.name}`,
          right: denied
            ? counted(rows.filter((row) => !flag.is[row]))
            : { units: rows.reduce((all, row) => all + (flag.is[row] ? (values[row] ?? 0n) : 0n), 0n), decimals },
        };
      }
      if (days) {
        const year = random.integer(2011, 2019);
        const [word, is] = pick(random, [
          ["after", (a: number) => a > year],
          ["before", (a: number) => a < year],
          ["in", (a: number) => a === year],
          ["since", (a: number) => a >= year],
        ] as const);
        const some = rows.filter((row) => is(days.years[row]!));
        return {
          question: `total ${name} ${word} ${year}`,
          right: { units: some.reduce((all, row) => all + (values[row] ?? 0n), 0n), decimals },
        };
      }
      return { question: `count of rows`, right: counted(rows) };
    case 10: {
      const [one, other] = measures as [Measure, Measure];
      const of = (each: Measure): bigint => each.values.reduce<bigint>((all, value) => all + (value ?? 0n), 0n);
      const places = Math.max(one.decimals, other.decimals);
      const at = (each: Measure): bigint => of(each) * 10n ** BigInt(places - each.decimals);
      return {
        question: `sum of ${one.name} minus sum of ${other.name}`,
        right: { units: at(one) - at(other), decimals: places },
      };
    }
    default: {
      const best = extreme(isLargest);
      return { question: `print the ${entity.name}${words} with the ${superlative} ${name}`, right: printed(best) };
    }
  }
}

function rowsOf(rows: readonly number[], values: Measure["values"], isLargest: boolean): number[] {
  const there = rows.filter((row) => values[row] !== undefined);
  return there.filter((row) =>
    there.every((other) => (isLargest ? values[row]! >= values[other]! : values[row]! <= values[other]!)),
  );
}
