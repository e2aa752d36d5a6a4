/** Logs of runs: what is written is what independent readers read back, also after a crash at any byte. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "../support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { AppendFile } from "../../runs/tracking/appendFile.js";
import { crc32c } from "../../runs/tracking/crc32c.js";
import { LogError } from "../../runs/tracking/errors.js";
import { openLog, type LogOptions } from "../../runs/tracking/log.js";
import { recordOf, recordsIn } from "../../runs/tracking/records.js";
import { bytesOf, csvRows, jsonRows, newFolder, type ReadRow } from "../support/logFolder.js";
import { addPoint, eventsOf, hparamsOf, scalarsOf, type Points } from "../support/tensorBoard.js";
import { thrownBy } from "../support/thrown.js";

const options: LogOptions = { run: { model: "ntm", seed: 1 }, settings: { steps: 100 } };
const eventFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.includes("tfevents"));

/** Logs rows from the beginning to the end. */
function logged(rows: readonly ReadRow[], changed: Partial<LogOptions> = {}): string {
  const folder = newFolder();
  const log = openLog(folder, { ...options, ...changed });
  for (const [step, values] of rows) log.scalars(step, values);
  log.close();
  return folder;
}

/** Rows as points by tag, in single precision. */
function pointsOf(rows: readonly ReadRow[]): Points {
  const points: Points = new Map();
  for (const [step, values] of rows)
    for (const [tag, value] of Object.entries(values)) addPoint(points, tag, [step, Math.fround(value)]);
  return points;
}

function refused(call: () => unknown): string {
  const error = thrownBy(call);
  assert.instance(error, LogError);
  return error.message;
}

const names = fc.oneof(
  fc.constantFrom(
    "train/loss",
    "evaluation/bitError",
    "a,b",
    'say "x"',
    " a ",
    "a\nb",
    "a\r\nb",
    "7",
    "__proto__",
    "größe",
    "𠀀 ",
  ),
  fc.string({ minLength: 1, unit: "grapheme" }).filter((name) => name !== "step"),
);
const values = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 5e-324, 1e300, 0.1));
/** Rows of rising steps, each with some of a few names. */
const rowsOf = (least: number): fc.Arbitrary<ReadRow[]> =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.dictionary(names, values, { minKeys: 1, maxKeys: 4 })), {
      minLength: least,
      maxLength: 12,
    })
    .map((steps) => {
      let step = 0;
      return steps.map(([more, row]) => [(step += more), Object.fromEntries(Object.entries(row))]);
    });

const checksums = suite("CRC-32C");

checksums("the examples of RFC 3720, B.4", () => {
  const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);
  assert.is(crc32c(new Uint8Array(32)), 0x8a91_36aa);
  assert.is(crc32c(new Uint8Array(32).fill(0xff)), 0x62a8_ab43);
  assert.is(crc32c(ascending), 0x46dd_794e);
  assert.is(crc32c(ascending.slice().reverse()), 0x113f_db5c);
  assert.is(crc32c(new TextEncoder().encode("123456789")), 0xe306_9283);
  assert.is(crc32c(new Uint8Array(0)), 0);
});

checksums("equal those of crc-32", () => {
  const other = createRequire(import.meta.url)("crc-32/crc32c.js") as { buf(bytes: Uint8Array): number };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => crc32c(bytes) === other.buf(bytes) >>> 0));
});
checksums.run();

const records = suite("TFRecords");
const blobs = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });

records("of a file that is cut at any byte, the whole ones are found", () => {
  fc.assert(
    fc.property(blobs, fc.nat(), (parts, at) => {
      const framed = parts.map(recordOf);
      const file = Buffer.concat(framed);
      const cut = at % (file.length + 1);
      const found = [...recordsIn(file.subarray(0, cut))];
      const ends = framed.map((_, i) => Buffer.concat(framed.slice(0, i + 1)).length);
      assert.equal(
        found.map(({ data, end }) => [Buffer.from(data).toString("hex"), end]),
        parts
          .map((part, i) => [Buffer.from(part).toString("hex"), ends[i]!])
          .slice(0, ends.filter((end) => end <= cut).length),
      );
    }),
  );
});

records("a byte that changed ends what is found before its record", () => {
  fc.assert(
    fc.property(
      blobs.filter((parts) => parts.length > 0),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (parts, at, flip) => {
        const file = Buffer.concat(parts.map(recordOf));
        const changed = at % file.length;
        const before = [...recordsIn(file)].filter(({ end }) => end <= changed).length;
        file[changed]! ^= flip;
        assert.is([...recordsIn(file)].length, before);
      },
    ),
  );
});
records.run();

const formats = suite("formats");

formats("rows are read back from events, JSON lines and CSV, whatever their names and values", () => {
  fc.assert(
    fc.property(rowsOf(0), (rows) => {
      const folder = logged(rows);
      assert.equal(jsonRows(folder), rows);
      assert.equal(scalarsOf(folder), pointsOf(rows));
      const { length } = csvRows(folder);
      assert.is(length, rows.length);
      csvRows(folder).forEach(([step, cells], i) => {
        assert.is(step, rows[i]![0]);
        assert.equal(new Map(Object.entries(cells)), new Map(Object.entries(rows[i]![1])));
      });
    }),
    { numRuns: 150 },
  );
});

formats("numbers are the shortest texts of their doubles; NaN and infinities are words", () => {
  const folder = logged([
    [0, { a: 0.1, b: -0 }],
    [1, { a: NaN, b: Infinity, c: 1e21 }],
    [7, { c: -Infinity }],
  ]);
  assert.is(bytesOf(folder, "metrics.csv"), "step,a,b,c\n0,0.1,-0,\n1,NaN,Infinity,1e+21\n7,,,-Infinity\n");
  assert.is(
    bytesOf(folder, "metrics.jsonl"),
    '{"step":0,"a":0.1,"b":-0}\n{"step":1,"a":"NaN","b":"Infinity","c":1e+21}\n{"step":7,"c":"-Infinity"}\n',
  );
  assert.is(
    JSON.stringify(scalarsOf(folder).get("a")),
    JSON.stringify([
      [0, Math.fround(0.1)],
      [1, NaN],
    ]),
  );
});

formats("a file of events begins with its version, the settings and the group of the run", () => {
  const folder = newFolder();
  const log = openLog(folder, {
    run: { model: "ntm", seed: 7 },
    settings: { rate: 1e-3, clip: true },
    group: "setting 1",
    wallTime: 1e9 + 0.5,
  });
  log.scalars(3, { loss: 1 }, 1e9 + 2.25);
  log.close({ complete: true });
  assert.ok(eventFiles(folder)[0]!.startsWith("events.out.tfevents.1000000000."));
  const [first, session, row, end] = eventsOf(folder);
  assert.equal(first, {
    wallTime: 1e9 + 0.5,
    fileVersion: "brain.Event:2",
    sourceMetadata: { writer: "tapehead" },
  });
  assert.is(session!.summary!.value[0]!.tag, "_hparams_/session_start_info");
  assert.equal(row, { wallTime: 1e9 + 2.25, step: 3, summary: { value: [{ tag: "loss", simpleValue: 1 }] } });
  assert.is(end!.step, 3);
  assert.equal(hparamsOf(folder), {
    settings: { model: "ntm", seed: 7, rate: 1e-3, clip: true },
    group: "setting 1",
    statuses: [1],
  });
});

formats("rows are there for other processes after a flush, and a large number of them without one", () => {
  const folder = newFolder();
  const log = openLog(folder, options);
  log.scalars(0, { loss: 1 });
  log.flush();
  assert.is(jsonRows(folder).length, 1);
  assert.is(csvRows(folder).length, 1);
  assert.equal(scalarsOf(folder), pointsOf([[0, { loss: 1 }]]));
  for (let step = 1; step < 10_000; ++step) log.scalars(step, { loss: 1 / step });
  assert.ok(bytesOf(folder, "metrics.jsonl").split("\n").length > 1000);
  log.close();
  assert.is(csvRows(folder).length, 10_000);
});

formats("wrong rows are refused, and leave nothing behind", () => {
  const folder = newFolder();
  const log = openLog(folder, options);
  log.scalars(5, { loss: 1 });
  for (const step of [5, 4, -1, 5.5, NaN, "6" as unknown as number]) {
    assert.match(thrownBy(() => log.scalars(step, { loss: 1 })).message, /must be a whole number above 5/);
  }
  assert.match(thrownBy(() => log.scalars(6, { step: 1 })).message, "no name of a metric");
  assert.match(thrownBy(() => log.scalars(6, { "": 1 })).message, "no name of a metric");
  assert.match(
    thrownBy(() => log.scalars(6, { loss: "1" as unknown as number })).message,
    'loss: it is "1", and must be a number',
  );
  log.scalars(6, {});
  log.scalars(6, { loss: 2 });
  log.close();
  log.close();
  log.abandon();
  assert.equal(jsonRows(folder), [
    [5, { loss: 1 }],
    [6, { loss: 2 }],
  ]);
});
formats.run();

const resuming = suite("resuming");

resuming("killed at any byte after a checkpoint: going on gives the bytes of a run never stopped", () => {
  fc.assert(
    fc.property(
      rowsOf(1),
      fc.nat(),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      (rows, at, cuts) => {
        const checkpoint = at % (rows.length + 1);
        const folder = newFolder();
        const log = openLog(folder, options);
        for (const [step, row] of rows.slice(0, checkpoint)) log.scalars(step, row);
        log.sync();
        const names = ["metrics.jsonl", "metrics.csv", ...eventFiles(folder)];
        const synced = names.map((name) => readFileSync(join(folder, name)).length);
        for (const [step, row] of rows.slice(checkpoint)) log.scalars(step, row);
        log.abandon();
        names.forEach((name, i) => {
          const { length } = readFileSync(join(folder, name));
          // The table is written again when there is a new column, and may then be anything: it is made of the lines.
          const least = name === "metrics.csv" ? 0 : synced[i]!;
          truncateSync(join(folder, name), least + Math.round(cuts[i]! * (length - least)));
        });
        const resumeAt = rows[checkpoint - 1]?.[0] ?? 0;
        const rest = rows.slice(checkpoint).filter(([step]) => step > resumeAt);
        const again = openLog(folder, { ...options, resumeAt });
        for (const [step, row] of rest) again.scalars(step, row);
        again.close();
        const all = [...rows.slice(0, checkpoint), ...rest];
        const quiet = logged(all);
        for (const name of ["metrics.jsonl", "metrics.csv"]) assert.is(bytesOf(folder, name), bytesOf(quiet, name));
        assert.equal(scalarsOf(folder), pointsOf(all));
      },
    ),
    { numRuns: 150 },
  );
});

resuming("JSON lines that end at any byte: whole rows stay, also the last without its line end", () => {
  const rows: ReadRow[] = [1, 2, 3].map((step) => [step, { loss: 1 / step, exact: step }]);
  const folder = logged(rows);
  const whole = bytesOf(folder, "metrics.jsonl");
  for (let length = 0; length <= whole.length; ++length) {
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    truncateSync(join(copy, "metrics.jsonl"), length);
    openLog(copy, { ...options, resumeAt: 9 }).close();
    const left = rows.slice(0, whole.slice(0, length + 1).split("\n").length - 1);
    assert.equal(jsonRows(copy), left, `cut to ${length} bytes`);
    assert.equal(csvRows(copy), left);
  }
});

resuming("steps after the checkpoint are gone from all files, and readers that have seen them are told", () => {
  const row = (step: number): ReadRow => [step, { loss: step, ...(step > 4 && { exact: step }) }];
  const folder = logged([1, 2, 3, 4, 5, 6].map(row));
  const log = openLog(folder, { ...options, resumeAt: 3 });
  assert.is(bytesOf(folder, "metrics.csv"), "step,loss\n1,1\n2,2\n3,3\n");
  log.scalars(4, { loss: 40 });
  assert.match(thrownBy(() => openLog(folder, options)).message, "resume that run");
  log.close();
  assert.equal([...scalarsOf(folder)], [["loss", [1, 2, 3, 40].map((value, i) => [i + 1, value])]]);
  assert.equal(
    eventsOf(folder).flatMap(({ step, sessionLog }) => (sessionLog ? [[step, sessionLog.status]] : [])),
    [[4, "START"]],
  );
  assert.is(eventFiles(folder).length, 2);
});

resuming("files of events are read in the order in which they were written, whatever the clock says", () => {
  const folder = newFolder();
  openLog(folder, { ...options, wallTime: 2e9 }).close();
  for (const resumeAt of [3, 6]) openLog(folder, { ...options, resumeAt, wallTime: 1e9 }).close();
  assert.equal(
    eventFiles(folder)
      .sort()
      .map((name) => name.split(".")[3]),
    ["2000000000", "2000000001", "2000000002"],
  );
  assert.equal(
    eventsOf(folder).flatMap(({ step, sessionLog }) => (sessionLog ? [step] : [])),
    [4, 7],
  );
});

resuming("a log may begin with a resumed run; rows go on after its step", () => {
  const folder = newFolder();
  const log = openLog(folder, { ...options, resumeAt: 10 });
  assert.match(thrownBy(() => log.scalars(10, { loss: 1 })).message, "above 10");
  log.scalars(11, { loss: 1 });
  log.close();
  assert.equal(jsonRows(folder), [[11, { loss: 1 }]]);
});

resuming("settings may change, and run.json has the new ones", () => {
  const folder = logged([[1, { loss: 1 }]]);
  openLog(folder, { ...options, settings: { steps: 200 }, resumeAt: 1 }).close();
  assert.equal(JSON.parse(bytesOf(folder, "run.json")), { run: options.run, settings: { steps: 200 } });
});

resuming("files of events of other programs stay as they are", () => {
  const folder = logged([
    [1, { loss: 1 }],
    [2, { loss: 1 }],
  ]);
  const other = join(folder, "events.out.tfevents.9999999998.host");
  copyFileSync(join(folder, eventFiles(folder)[0]!), other);
  const before = readFileSync(other);
  openLog(folder, { ...options, resumeAt: 1 }).close();
  assert.equal(readFileSync(other), before);
  assert.ok(eventFiles(folder).some((name) => name.startsWith("events.out.tfevents.9999999999.")));
});
resuming.run();

const refusals = suite("refusals");

refusals("a folder with a log of before, whatever is left of it", () => {
  for (const name of ["run.json", "metrics.jsonl", "metrics.csv", "events.out.tfevents.1.host"]) {
    const folder = newFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, name), "");
    assert.is(
      refused(() => openLog(folder, options)),
      `Cannot log into ${folder}: it has ${name} of an earlier run. Name another folder, remove that one, or resume that run`,
    );
    assert.equal(readdirSync(folder), [name]);
  }
});

refusals("going on with the log of another run, which stays whole", () => {
  const folder = logged([
    [1, { loss: 1 }],
    [2, { loss: 2 }],
  ]);
  const before = bytesOf(folder, "metrics.jsonl");
  const open = (run: LogOptions["run"]) => refused(() => openLog(folder, { ...options, run, resumeAt: 1 }));
  assert.match(open({ model: "ntm", seed: 2 }), "a run with seed 1, and this run has seed 2. Name another folder");
  assert.match(open({ model: "ntm" }), "a run with seed 1, and this run has no seed");
  assert.match(open({ model: "act", seed: 1 }), 'a run with model "ntm", and this run has model "act"');
  assert.match(open({ ...options.run, toString: "x" }), 'no toString, and this run has toString "x"');
  assert.is(bytesOf(folder, "metrics.jsonl"), before);
  assert.is(eventFiles(folder).length, 1);
});

refusals("a log that is no log any more", () => {
  const damaged = (name: string, text: string | undefined): string => {
    const folder = newFolder();
    cpSync(
      logged([
        [1, { loss: 1 }],
        [2, { loss: 2 }],
      ]),
      folder,
      { recursive: true },
    );
    if (text === undefined) truncateSync(join(folder, name), 0);
    else writeFileSync(join(folder, name), text);
    return refused(() => openLog(folder, { ...options, resumeAt: 9 }));
  };
  for (const line of [
    "no JSON",
    "[1]",
    "7",
    '{"step":-1}',
    '{"step":"1"}',
    '{"loss":1}',
    '{"step":1,"loss":"constructor"}',
    '{"step":1,"loss":null}',
  ])
    assert.match(damaged("metrics.jsonl", `${line}\n{"step":2}\n`), "metrics.jsonl: line 1 is no row of a log");
  assert.match(
    damaged("metrics.jsonl", '{"step":2}\n{"step":2}\n'),
    "line 2 is of step 2, and must be of one after step 2",
  );
  for (const text of ["{", "[]", "null", '{"run":{}}', '{"run":{"a":[]},"settings":{}}'])
    assert.match(damaged("run.json", text), /Cannot read .*run\.json: it does not hold the settings of a run/);
});

refusals("JSON lines or settings that are missing", () => {
  const without = (name: string): string => {
    const folder = newFolder();
    const from = logged([[1, { loss: 1 }]]);
    cpSync(from, folder, { recursive: true, filter: (path) => !path.endsWith(name) });
    return refused(() => openLog(folder, { ...options, resumeAt: 1 }));
  };
  assert.match(without("metrics.jsonl"), /it has .*, and no metrics\.jsonl/);
  assert.match(without("run.json"), "it has no run.json, which says of which run it is");
});

refusals("what is no folder, or cannot be one", () => {
  const file = newFolder();
  writeFileSync(file, "");
  assert.is(
    refused(() => openLog(file, options)),
    `Cannot log into ${file}: it is a file, and must be a folder`,
  );
  assert.match(
    refused(() => openLog(join(file, "a"), options)),
    "part of the path is a file, and must be a folder",
  );
});

const full = existsSync("/dev/full") ? refusals : refusals.skip; // a device of Linux
full("a full disk", () => {
  const file = new AppendFile("/dev/full", "a");
  file.append("x");
  assert.is(
    refused(() => file.flush()),
    "Cannot write /dev/full: the disk is full",
  );
  file.append("y");
  assert.is(
    refused(() => file.close()),
    "Cannot write /dev/full: the disk is full",
  );
  file.close();
});
refusals.run();
