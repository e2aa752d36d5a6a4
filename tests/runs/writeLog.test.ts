/** Logs of runs that have come to their ends: whole or not there. */
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LogError } from "../../runs/tracking/errors.js";
import { writeLog, type CurvePoint } from "../../runs/tracking/writeLog.js";
import { csvRows, jsonRows, newFolder } from "../support/logFolder.js";
import { eventsOf, hparamsOf, scalarsOf } from "../support/tensorBoard.js";
import { thrownBy } from "../support/thrown.js";

const options = { run: { model: "ntm", seed: 1 }, settings: {}, group: "a", wallTime: 1e9 };
const curve: CurvePoint[] = [
  { step: 10, values: { loss: 2 } },
  { step: 20, values: { loss: 1, exact: 0.5 }, wallTime: 1e9 + 3 },
];

/** A path in a folder of its own, so that everything left in there shows. */
function newPlace(): { folder: string; left: () => string[] } {
  const parent = newFolder();
  return { folder: join(parent, "log"), left: () => (existsSync(parent) ? readdirSync(parent) : []) };
}

function refused(call: () => unknown): string {
  const error = thrownBy(call);
  assert.instance(error, LogError);
  return error.message;
}

const writing = suite("writeLog");

writing("a stored curve in all formats, with its times, as a run that has come to its end", () => {
  const { folder, left } = newPlace();
  assert.is(writeLog(folder, curve, options), true);
  const rows = curve.map(({ step, values }) => [step, values] as const);
  assert.equal(jsonRows(folder), rows);
  assert.equal(csvRows(folder), rows);
  assert.equal([...scalarsOf(folder).keys()], ["loss", "exact"]);
  assert.equal(
    eventsOf(folder)
      .flatMap(({ step, wallTime }) => (step ? [wallTime] : []))
      .slice(0, 2),
    [1e9, 1e9 + 3],
  );
  assert.equal(hparamsOf(folder), { settings: options.run, group: "a", statuses: [1] });
  assert.equal(left(), ["log"]);
});

writing("a second time it does nothing", () => {
  const { folder, left } = newPlace();
  writeLog(folder, curve, options);
  assert.is(writeLog(folder, [], { ...options, settings: { steps: 2 } }), false);
  assert.is(jsonRows(folder).length, 2);
  assert.equal(left(), ["log"]);
});

writing("an empty folder is filled", () => {
  const { folder } = newPlace();
  mkdirSync(folder, { recursive: true });
  assert.is(writeLog(folder, curve, options), true);
  assert.is(jsonRows(folder).length, 2);
});

writing("the log of another run, and what is no log, are refused and stay", () => {
  const { folder, left } = newPlace();
  writeLog(folder, curve, options);
  assert.match(
    refused(() => writeLog(folder, [], { ...options, run: { model: "ntm", seed: 2 } })),
    "seed 1, and this run has seed 2",
  );
  assert.is(jsonRows(folder).length, 2);
  const other = `${folder}2`;
  mkdirSync(other);
  writeFileSync(join(other, "notes.txt"), "");
  assert.is(
    refused(() => writeLog(other, curve, options)),
    `Cannot log into ${other}: it is there, and holds no log. Name another folder`,
  );
  const file = `${folder}3`;
  writeFileSync(file, "");
  assert.match(
    refused(() => writeLog(file, curve, options)),
    "part of the path is a file",
  );
  assert.match(
    refused(() => writeLog(join(file, "log"), curve, options)),
    "log3: it is a file, and must be a folder",
  );
  assert.equal(left(), ["log", "log2", "log3"]);
});

writing("a curve that throws half-way, or is none, leaves nothing", () => {
  const { folder, left } = newPlace();
  const failing = function* (): Generator<CurvePoint> {
    yield curve[0]!;
    throw new Error("the database is gone");
  };
  assert.match(thrownBy(() => writeLog(folder, failing(), options)).message, "the database is gone");
  assert.match(thrownBy(() => writeLog(folder, [...curve, curve[0]!], options)).message, "above 20");
  assert.equal(left(), []);
});

writing("another worker that was faster wins", () => {
  const { folder, left } = newPlace();
  const slow = function* (): Generator<CurvePoint> {
    yield* curve;
    writeLog(folder, curve, options);
  };
  assert.is(writeLog(folder, slow(), options), false);
  assert.equal(left(), ["log"]);
});

writing("what killed processes left of this log is removed once it is old", () => {
  const { folder, left } = newPlace();
  const parent = dirname(folder);
  const leftovers = ["abcdef", "abcdeg"].map((end) => join(parent, `.log.${end}`));
  const others = [join(parent, ".log.abc"), join(parent, ".logs.abcdef")];
  for (const path of [...leftovers, ...others]) mkdirSync(join(path, "part"), { recursive: true });
  const old = new Date(Date.now() - 3_600_000);
  for (const path of [leftovers[0]!, ...others]) utimesSync(path, old, old);
  writeLog(folder, curve, options);
  assert.equal(left().sort(), [leftovers[1]!, ...others, folder].map((path) => basename(path)).sort());
});
writing.run();
