/**
 * Mutation testing: `npm run mutants -- [--only TEXT]...` makes each change of the table, one at a time, in a copy of the
 * tree, and runs the suites that must notice it. `--only` takes those whose id has one of the texts. Ends with a line of
 * counts; fails where a change that should be noticed is not, and where one is that the table says nobody notices.
 */
import { parseArgs } from "node:util";
import { Copy } from "./copy.js";
import { fastSuites, type Mutant } from "./mutant.js";
import { mutants } from "./table.js";

const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
const wanted = mutants.filter(({ id }) => values.only?.some((text) => id.includes(text)) ?? true);
if (!wanted.length) {
  console.error("No mutant has such an id");
  process.exit(2);
}

/** How long a suite may take, in seconds: so many times what it takes on the tree as it is, and never less than this. */
const [TIMES, LEAST] = [10, 60];
const MOST = 900;

const copy = new Copy();
process.on("exit", () => copy.remove());
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

const limits = new Map<string, number>();

/** A suite that fails on the tree as it is says nothing of a mutant. */
async function limitOf(suite: string): Promise<number> {
  let limit = limits.get(suite);
  if (limit !== undefined) return limit;
  const { code, output, seconds } = await copy.suite(suite, MOST);
  if (code !== 0) {
    console.error(`tests/${suite}.test.ts fails without any change:\n${output}`);
    process.exit(2);
  }
  limits.set(suite, (limit = Math.max(LEAST, TIMES * seconds)));
  return limit;
}

/** The suite that notices a mutant, or undefined. */
async function killerOf(mutant: Mutant): Promise<string | undefined> {
  const suites = mutant.suites ?? fastSuites;
  for (const suite of suites) await limitOf(suite);
  try {
    await copy.apply(mutant);
    for (const suite of suites) {
      const { code, seconds } = await copy.suite(suite, limits.get(suite)!);
      if (code !== 0) return `${suite}${code === null ? `, which did not end in ${seconds.toFixed(0)} s` : ""}`;
    }
    return undefined;
  } finally {
    copy.restore(mutant);
  }
}

const counts = { killed: 0, survived: 0 };
let unexpected = 0;
for (const mutant of wanted) {
  const killer = await killerOf(mutant);
  ++counts[killer === undefined ? "survived" : "killed"];
  const isExpected = (killer === undefined) === (mutant.survives !== undefined);
  if (!isExpected) ++unexpected;
  const outcome =
    killer === undefined ? `survived${mutant.survives ? `: ${mutant.survives}` : ""}` : `killed by ${killer}`;
  console.log(`${isExpected ? "✓" : "✗"} ${mutant.id}: ${outcome}`);
}
const { killed, survived } = counts;
console.log(
  `${killed} of ${wanted.length} killed, ${survived} survived (${((100 * killed) / wanted.length).toFixed(1)}%)`,
);
process.exitCode = unexpected ? 1 : 0;
