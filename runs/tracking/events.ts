import { PbfReader, PbfWriter } from "pbf";
import { writeSessionEnd, writeSessionStart, type Session } from "./hparams.js";
import { writeText } from "./text.js";

/** Field numbers of TensorFlow's event.proto and summary.proto. */
const enum Field {
  wallTime = 1,
  step = 2,
  fileVersion = 3,
  summary = 5,
  sessionLog = 7,
  sourceMetadata = 10,
}

/** Bytes of most events; others take more. */
const ROOM = 512;

type Write = (message: undefined, writer: PbfWriter) => void;

/** An `Event` message: when, at which step, and what. wallTime in seconds since 1970. */
function eventOf(step: number, wallTime: number, write: Write): Uint8Array {
  const writer = new PbfWriter(new Uint8Array(ROOM));
  writer.writeDoubleField(Field.wallTime, wallTime);
  writer.writeVarintField(Field.step, step);
  write(undefined, writer);
  return writer.finish();
}

/** The first event of a file: the version of its contents, and what wrote it. */
export const fileVersionEvent = (wallTime: number): Uint8Array =>
  eventOf(0, wallTime, (_, event) => {
    writeText(event, Field.fileVersion, "brain.Event:2");
    event.writeMessage(Field.sourceMetadata, (_, source) => writeText(source, 1, "tapehead"), undefined);
  });

/** The start of a resumed run: readers drop events of this step and later ones that were read before. */
export const restartEvent = (step: number, wallTime: number): Uint8Array =>
  eventOf(step, wallTime, (_, event) =>
    event.writeMessage(Field.sessionLog, (_, session) => session.writeVarintField(1, 1), undefined),
  );

/** The values of a step as scalars, in single precision. */
export const scalarsEvent = (step: number, wallTime: number, values: ReadonlyMap<string, number>): Uint8Array =>
  summaryEvent(step, wallTime, (_, summary) => {
    for (const entry of values) summary.writeMessage(1, writeScalar, entry);
  });

function writeScalar([tag, value]: readonly [string, number], scalar: PbfWriter): void {
  writeText(scalar, 1, tag);
  scalar.writeFloatField(2, value);
}

/** The settings of a run, for TensorBoard's tab HPARAMS. */
export const sessionStartEvent = (session: Session, wallTime: number): Uint8Array =>
  summaryEvent(0, wallTime, (_, summary) => writeSessionStart(session, wallTime, summary));

/** A run that has come to its end, for the same tab. */
export const sessionEndEvent = (step: number, wallTime: number): Uint8Array =>
  summaryEvent(step, wallTime, (_, summary) => writeSessionEnd(wallTime, summary));

const summaryEvent = (step: number, wallTime: number, write: Write): Uint8Array =>
  eventOf(step, wallTime, (_, event) => event.writeMessage(Field.summary, write, undefined));

/** What cutting a file must know of an event: its step, and whether it has the values of one. */
export interface EventFacts {
  step: number;
  isRow: boolean;
}

export const factsOf = (event: Uint8Array): EventFacts =>
  new PbfReader(event).readFields(
    (field, facts, reader) => {
      if (field === Field.step) facts.step = reader.readVarint();
      else if (field === Field.summary) reader.readMessage(readSummary, facts);
    },
    { step: 0, isRow: false } as EventFacts,
  );

function readSummary(field: number, facts: EventFacts, reader: PbfReader): void {
  if (field !== 1) return;
  reader.readMessage((field, facts) => {
    if (field === 2) facts.isRow = true; // simple_value
  }, facts);
}
