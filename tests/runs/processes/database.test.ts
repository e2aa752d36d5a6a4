import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../../bindings/common/random/philox.js";
import type { Database } from "../../../runs/database/database.js";
import { openDatabase } from "../../../runs/database/open.js";
import { isOwned, own } from "../../../runs/database/owner.js";
import { connectDatabase, serveDatabase } from "../../../runs/database/socket.js";
import { DatabaseError } from "../../../runs/errors.js";
import { Store } from "../../../runs/store/store.js";
import { databaseFolder } from "../../support/folderDatabase.js";
import { noPostgres, startPostgres, type PostgresServer } from "../../support/postgres.js";
import { programOf } from "../../support/childProgram.js";
import { soon } from "../../support/soon.js";
import { rejectedBy } from "../../support/thrown.js";

const scratch = mkdtempSync(join(tmpdir(), "tapehead-databases-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const ENGINE = { version: "1", binary: "b" };

let server: PostgresServer | undefined;
const shared = databaseFolder();

/** The same database by each of the ways in, with what must be closed behind it. */
const ways: Record<string, () => Promise<{ database: Database; others: readonly { close(): unknown }[] }>> = {
  async "a server"() {
    server ??= await startPostgres();
    return { database: await openDatabase(await server.address("ways")), others: [] };
  },
  async "the owner of a folder"() {
    return { database: await openDatabase(await shared), others: [] };
  },
  async "a guest of a folder"() {
    const owner = await openDatabase(await shared);
    return { database: await openDatabase(await shared), others: [owner] };
  },
};

/** Bytes of all values, in an array that is a part of a larger buffer. */
const bytes = new Uint8Array(Array.from({ length: 600 }, (_, i) => i % 256)).subarray(7, 563);
const texts = ["", "ü😀", "a\nb\r\nc", "\u2028\u2029", '"\\', "\0bytes".slice(1)];

for (const [way, open] of Object.entries(ways)) {
  const isSkipped = way === "a server" && noPostgres !== undefined;
  const values = suite(`${way}${isSkipped ? `: ${noPostgres}` : ""}`);
  const test = isSkipped ? values.skip : values;
  let database: Database;
  let others: readonly { close(): unknown }[];
  values.before(async () => {
    if (isSkipped) return;
    ({ database, others } = await open());
    await database.query("drop table if exists kept");
    await database.query(
      "create table kept (name text primary key, bytes bytea, at timestamptz, json jsonb, n integer)",
    );
  });
  values.after(async () => {
    await database?.close();
    for (const other of others ?? []) await other.close();
  });

  test("bytes, times, texts and JSON come back as they were", async () => {
    const at = new Date("2026-02-03T04:05:06.789Z");
    for (const [i, text] of texts.entries()) {
      const json = { text, list: [1, null, { "\0date": 1 }.constructor === Object], nested: { deep: [text] } };
      await database.query("insert into kept values ($1, $2, $3, $4, $5)", [
        `${i}${text}`,
        bytes,
        at,
        JSON.stringify(json),
        i,
      ]);
      const [row] = await database.query("select * from kept where n = $1", [i]);
      assert.is(row!["name"], `${i}${text}`);
      assert.equal([...(row!["bytes"] as Uint8Array)], [...bytes]);
      assert.is((row!["at"] as Date).getTime(), at.getTime());
      assert.equal(row!["json"], json);
    }
    assert.equal(await database.query("select name from kept where n = 77"), []);
    const [none] = await database.query("select $1::text as nothing", [null]);
    assert.is(none!["nothing"], null);
  });

  test("a transaction is all of its statements, in order, or none", async () => {
    const add = (name: string, n: number) => ({
      text: "insert into kept (name, n) values ($1, $2)",
      values: [name, n],
    });
    const results = await database.transaction([add("one", 101), { text: "select n from kept where name = 'one'" }]);
    assert.equal(results[1], [{ n: 101 }]);
    const error = await rejectedBy(database.transaction([add("two", 102), add("one", 103), add("three", 104)]));
    assert.match(error.message, /duplicate key/);
    assert.equal(await database.query("select n from kept where n > 100"), [{ n: 101 }]);
  });

  test("statements that begin a transaction and fail leave it", async () => {
    const error = await rejectedBy(database.query("begin; select 1 / 0; commit"));
    assert.match(error.message, /division by zero/);
    // Whichever connection is next, of those that are kept.
    const rows = await Promise.all(Array.from({ length: 8 }, () => database.query("select 1 as one")));
    assert.equal(
      rows,
      rows.map(() => [{ one: 1 }]),
    );
  });

  test("twenty at once each get their own answer", async () => {
    const asked = Array.from({ length: 20 }, (_, i) => i);
    const rows = await Promise.all(asked.map((i) => database.query("select $1::integer as i", [i])));
    assert.equal(
      rows.map(([row]) => row!["i"]),
      asked,
    );
  });

  test("a checkpoint of eight megabytes comes back", async () => {
    const large = new Uint8Array(8 << 20);
    const random = new Random(1);
    for (let i = 0; i < large.length; i += 97) large[i] = random.integer(0, 255);
    await database.query("insert into kept (name, bytes) values ('large', $1)", [large]);
    const [row] = await database.query("select bytes from kept where name = 'large'");
    assert.ok(Buffer.from(row!["bytes"] as Uint8Array).equals(Buffer.from(large)));
  });

  test("tables of another format are refused, with both formats", async () => {
    await Store.open(database, ENGINE);
    await database.query("update tapehead.about set format = 77");
    const error = await rejectedBy(Store.open(database, ENGINE));
    assert.instance(error, DatabaseError);
    assert.match(error.message, /format 77.*format 1/);
    await database.query("update tapehead.about set format = 1");
  });

  values.run();
}

const places = suite("places");

places("a folder with other things in it is refused, and left as it is", async () => {
  const folder = join(scratch, "other");
  mkdirSync(folder);
  writeFileSync(join(folder, "thesis.tex"), "");
  const error = await rejectedBy(openDatabase(folder));
  assert.instance(error, DatabaseError);
  assert.match(error.message, /thesis\.tex/);
  assert.equal(readdirSync(folder), ["thesis.tex"]);
});

places("a folder that is not there is not made by who only looks", async () => {
  const folder = join(scratch, "absent");
  const error = await rejectedBy(openDatabase(folder, { create: false }));
  assert.instance(error, DatabaseError);
  assert.match(error.message, /no database in .*absent/);
  assert.not.ok(existsSync(folder));
});

for (const [what, address, says] of [
  ["an address that is none", "postgres://user:secret@host:99999999/name", /is no address/],
  ["a server that is not there", "postgres://user:secret@127.0.0.1:1/name", /127\.0\.0\.1:1\/name.*ECONNREFUSED/],
  ["a host that is not there", "postgres://user:secret@host.invalid/name", /host\.invalid\/name/],
] as const) {
  places(`${what} is a DatabaseError without the password`, async () => {
    const error = await rejectedBy(openDatabase(address));
    assert.instance(error, DatabaseError);
    assert.match(error.message, says);
    assert.not.match(error.message, /secret/);
  });
}

const inTheWay = noPostgres === undefined ? places : places.skip;
inTheWay(
  "what a server undoes since another was in its way is done again, and what else it refuses is not",
  async () => {
    server ??= await startPostgres();
    const database = await openDatabase(await server.address("ways"));
    await database.query("create table tried (n integer); create sequence tries");
    // Of a sequence nothing is undone.
    const raise = (code: string): string =>
      `do $$ begin if nextval('tries') % 3 <> 0 then raise exception 'in the way' using errcode = '${code}'; end if; end $$`;
    for (const code of ["40P01", "40001"]) {
      await database.transaction([{ text: "insert into tried values (1)" }, { text: raise(code) }]);
      await database.query(raise(code));
    }
    assert.is((await database.query("select n from tried")).length, 2);
    const error = await rejectedBy(database.query(raise("23505")));
    assert.match(error.message, /in the way/);
    await database.query("drop sequence tries");
    await database.query("create sequence tries increment 3");
    assert.match((await rejectedBy(database.query(raise("40P01")))).message, /in the way/, "for ever is too long");
    await database.query("drop table tried; drop sequence tries");
    await database.close();
  },
);

places.run();

const owners = suite("owners of a folder");

/** A process that opens a folder, writes its number into a table over and over, and says what it does. */
const PROGRAM = `
import { openDatabase } from "./runs/database/open.js";
const database = await openDatabase(process.argv[2]);
await database.query("create table if not exists beats (id integer, n integer)");
for (let n = 0; ; ++n) {
  await database.query("insert into beats values ($1, $2)", [process.pid, n]);
  console.log(n);
  await new Promise((resolve) => setTimeout(resolve, 5));
}`;

const program = programOf(PROGRAM);

interface Beating {
  readonly pid: number;
  lines: number;
  isRunning(): boolean;
  kill(): Promise<unknown>;
}

async function beat(folder: string): Promise<Beating> {
  const child = spawn(process.execPath, [await program, folder], { stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => child.kill("SIGKILL"));
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const beating: Beating = {
    pid: child.pid!,
    lines: 0,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: () => (child.kill("SIGKILL"), ended),
  };
  child.stdout.on("data", (text: Buffer) => (beating.lines += text.toString().split("\n").length - 1));
  return beating;
}

const ownerOf = (folder: string): { id: number } | undefined => {
  try {
    return JSON.parse(readFileSync(join(folder, "owner.json"), "utf8")) as { id: number };
  } catch {
    return undefined;
  }
};

owners("when the owner is killed one of the others follows it, and nobody loses what was answered", async () => {
  const folder = await databaseFolder();
  const all = await Promise.all(Array.from({ length: 4 }, () => beat(folder)));
  await soon("all write", () => {
    assert.ok(
      all.every(({ isRunning }) => isRunning()),
      "a process ended",
    );
    return all.every(({ lines }) => lines > 2);
  });
  for (let left = [...all]; left.length > 1;) {
    const owner = left.find(({ pid }) => pid === ownerOf(folder)?.id)!;
    await owner.kill();
    left = left.filter((each) => each !== owner);
    const before = left.map(({ lines }) => lines);
    await soon("the others go on", () => left.every(({ lines }, i) => lines > before[i]! + 2));
  }
  for (const each of all) await each.kill();
  const database = await openDatabase(folder);
  for (const { pid, lines } of all) {
    const [row] = await database.query("select count(distinct n) as n, max(n) as last from beats where id = $1", [pid]);
    assert.ok(Number(row!["n"]) >= lines, `${pid} was answered ${lines} times, and ${String(row!["n"])} are there`);
    assert.is(Number(row!["n"]), Number(row!["last"]) + 1);
  }
  await database.close();
  assert.equal(readdirSync(folder), ["postgresql"]);
});

owners("the file of a dead process is nobody's, even if this process has its number by now", () => {
  for (const id of [2 ** 22 + 1, process.pid]) {
    const folder = mkdtempSync(join(scratch, "dead-"));
    writeFileSync(join(folder, "owner.json"), JSON.stringify({ id, host: hostname(), path: join(folder, "none") }));
    const owned = own(folder);
    assert.ok(isOwned(owned));
    assert.is(ownerOf(folder)!.id, process.pid);
    const other = own(folder);
    assert.not.ok(isOwned(other), "two owners");
    owned.release();
    assert.equal(readdirSync(folder), []);
  }
});

owners("a folder that another host has open is refused, with what to do", async () => {
  const folder = mkdtempSync(join(scratch, "far-"));
  const owner = JSON.stringify({ id: 1, host: "elsewhere", path: "/none" });
  writeFileSync(join(folder, "owner.json"), owner);
  const error = await rejectedBy(openDatabase(folder));
  assert.instance(error, DatabaseError);
  assert.match(error.message, /process 1 on elsewhere.*server.*delete .*owner\.json/);
  assert.is(readFileSync(join(folder, "owner.json"), "utf8"), owner);
});

owners("a guest's error is the owner's, and its end is said", async () => {
  const folder = mkdtempSync(join(scratch, "guest-"));
  const database: Database = {
    place: "here",
    query: () => Promise.reject(new Error("no such table")),
    transaction: () => new Promise(() => undefined),
    close: () => Promise.resolve(),
  };
  const served = await serveDatabase(database, join(folder, "socket"));
  const guest = await connectDatabase(join(folder, "socket"), "here");
  assert.is((await rejectedBy(guest.query("select 1"))).message, "no such table");
  const open = rejectedBy(guest.transaction([]));
  served.close();
  assert.match((await open).message, /has ended/);
  assert.match((await rejectedBy(guest.query("select 1"))).message, /has ended/);
});

owners.run();

const end = suite("end");
end("the server leaves nothing behind", async () => {
  await server?.remove();
});
end.run();
