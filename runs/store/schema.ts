import type { Database, Statement } from "../database/database.js";
import { DatabaseError } from "../errors.js";

/** Version of the tables below. */
const FORMAT = 1;

/**
 * What is kept for ever beside the queue. Times are the database's: clocks of workers differ. JSON is kept as text, since
 * jsonb forgets the order of names, in which metrics are shown.
 */
const TABLES = `
create schema if not exists tapehead;
create table if not exists tapehead.about (
  format integer primary key,
  made_at timestamptz not null default now()
);
-- What all seeds of a setting share: what decides their bits, and what a worker is told.
create table if not exists tapehead.settings (
  hash text primary key,
  record json not null,
  spec json not null
);
create table if not exists tapehead.runs (
  hash text primary key,
  setting text not null references tapehead.settings,
  seed bigint not null,
  queue text not null,
  tries integer not null default 0,
  cancelled boolean not null default false,
  goal integer, -- the step at which it waits for a decision; none for a run to its end
  planned_at timestamptz not null default now()
);
create table if not exists tapehead.sweeps (
  name text primary key,
  plan json not null,
  metric text not null,
  better text not null,
  rungs json,
  planned_at timestamptz not null default now()
);
create table if not exists tapehead.sweep_settings (
  sweep text not null references tapehead.sweeps on delete cascade,
  setting text not null references tapehead.settings,
  place integer not null,
  label text not null,
  primary key (sweep, setting)
);
create table if not exists tapehead.members (
  sweep text not null references tapehead.sweeps on delete cascade,
  run text not null references tapehead.runs,
  primary key (sweep, run)
);
create table if not exists tapehead.data (
  hash text primary key,
  bytes bytea not null
);
create table if not exists tapehead.checkpoints (
  run text primary key references tapehead.runs on delete cascade,
  step integer not null,
  bytes bytea not null,
  curve json not null,
  seconds double precision not null,
  saved_at timestamptz not null default now()
);
create table if not exists tapehead.results (
  run text primary key references tapehead.runs,
  weights text not null,
  step integer not null,
  measured json not null,
  curve json not null,
  seconds double precision not null,
  host text not null,
  model bytea,
  done_at timestamptz not null default now()
);
create table if not exists tapehead.failures (
  run text primary key references tapehead.runs on delete cascade,
  message text not null,
  host text not null,
  failed_at timestamptz not null default now()
);
-- Runs that came out with other weights the second time.
create table if not exists tapehead.conflicts (
  run text not null references tapehead.runs,
  weights text not null,
  host text not null,
  found_at timestamptz not null default now()
);
-- Which settings went on beyond a step, and what was known of them then.
create table if not exists tapehead.decisions (
  sweep text not null references tapehead.sweeps on delete cascade,
  step integer not null,
  setting text not null references tapehead.settings,
  promoted boolean not null,
  value double precision,
  decided_at timestamptz not null default now(),
  primary key (sweep, step, setting)
);
create table if not exists tapehead.workers (
  id text primary key,
  host text not null,
  processes integer not null,
  queue text not null,
  seen_at timestamptz not null default now()
);
create index if not exists members_run on tapehead.members (run);
create index if not exists results_done_at on tapehead.results (done_at);
`;

/** Begins a transaction that makes tables or indexes, so that one process makes them after the other. */
export const ONE_BY_ONE: Statement = { text: "select pg_advisory_xact_lock(7368211)" };

/** Makes the tables where they are not there. @throws DatabaseError where they are of another version */
export async function prepare(database: Database): Promise<void> {
  const [there] = await database.query(`select to_regclass('tapehead.about') as about`);
  if (!there!["about"]) {
    await database.transaction([
      ONE_BY_ONE,
      { text: TABLES },
      { text: "insert into tapehead.about (format) values ($1) on conflict do nothing", values: [FORMAT] },
    ]);
  }
  const [about] = await database.query("select max(format) as format from tapehead.about");
  const format = Number(about!["format"]);
  if (format !== FORMAT) {
    throw new DatabaseError(
      `${database.place} has tables of format ${format}, and this version of Tapehead reads and writes format ${FORMAT}: ` +
        "use the version that made them, or another database",
    );
  }
}
