/** Races the engine against tfjs and C; `--help` says how. */
import { accessSync, constants, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkBenchmarks, runBenchmarks } from "./run.js";
import { heading, row } from "./report.js";

const HELP = `Usage: npm run bench -- [options]

Races Tapehead against tfjs on its wasm backend, and against C at 128 bits where gcc is there: equal data, results
compared first, alternating rounds. A ratio is the peer's time over ours.

  --only PATTERN  only what matches: a regular expression on "group name, peer", such as "matmul" or "^ntm"
  --check         measures nothing: says which pairs of results do not agree
  --quick         fewer and shorter rounds: a glance, not a measurement
  --json FILE     also writes [{ name, peer, oursNs, peerNs, ratio }]
  --help          prints this
`;

try {
  await main();
} catch (error) {
  // Printed here, because tfjs would print its own source in front of it.
  const isUsage = String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
  console.error(isUsage ? (error as Error).message : error);
  process.exitCode = isUsage ? 2 : 1;
}

async function main(): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      only: { type: "string", default: "" },
      check: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (options.help) return void process.stdout.write(HELP);
  const only = new RegExp(options.only, "i");
  const nothing = `Nothing matches --only ${options.only}`;
  if (options.check) {
    const refused = (["quick", "json"] as const).find((name) => options[name]);
    if (refused) return usage(`--check measures nothing, so it takes no --${refused}`);
    const { passed, failed } = await checkBenchmarks(only, ({ name, peer }, fault) =>
      console.log(`${name}, ${peer}: ${fault instanceof Error ? fault.message : String(fault)}`),
    );
    if (!passed && !failed) return usage(nothing);
    console.log(`${passed} passed, ${failed} failed`);
    if (failed) process.exitCode = 1;
    return;
  }
  if (options.json) accessSync(dirname(resolve(options.json)), constants.W_OK); // before minutes of work
  let group = "";
  const measurements = await runBenchmarks({
    only,
    quick: options.quick,
    report(benchmark, measurement) {
      if (benchmark.group !== group) console.log(heading((group = benchmark.group)));
      console.log(row(measurement));
    },
  });
  if (!measurements.length) return usage(nothing);
  if (options.json) writeFileSync(options.json, `${JSON.stringify(measurements, null, 2)}\n`);
}

function usage(message: string): void {
  console.error(message);
  process.exitCode = 2;
}
