/**
 * A reader of TensorBoard's event files that shares no code with what writes them: messages by protobufjs from their
 * schema, checksums by crc-32, and the frame as the documentation of TFRecord has it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import protobuf from "protobufjs";

const crc32c = (createRequire(import.meta.url)("crc-32/crc32c.js") as { buf(bytes: Uint8Array): number }).buf;

/** The fields of event.proto, summary.proto, tensor.proto and the plugin hparams that a log may have. */
const schema = protobuf.parse(`
  syntax = "proto3";
  message Event {
    double wallTime = 1; int64 step = 2;
    oneof what { string fileVersion = 3; Summary summary = 5; SessionLog sessionLog = 7; }
    SourceMetadata sourceMetadata = 10;
  }
  message SourceMetadata { string writer = 1; }
  message SessionLog { enum Status { STATUS_UNSPECIFIED = 0; START = 1; STOP = 2; CHECKPOINT = 3; } Status status = 1; }
  message Summary { repeated Value value = 1; }
  message Value {
    string tag = 1; Metadata metadata = 9;
    oneof value { float simpleValue = 2; Tensor tensor = 8; }
  }
  message Tensor { int32 dtype = 1; Shape tensorShape = 2; }
  message Shape { repeated int64 dim = 2; }
  message Metadata { PluginData pluginData = 1; int32 dataClass = 4; }
  message PluginData { string pluginName = 1; bytes content = 2; }
  message HParams {
    int32 version = 1;
    oneof data { SessionStart sessionStart = 3; SessionEnd sessionEnd = 4; }
  }
  message SessionStart { map<string, Setting> hparams = 1; string groupName = 4; double startTimeSecs = 5; }
  message Setting { oneof kind { double numberValue = 2; string stringValue = 3; bool boolValue = 4; } }
  message SessionEnd { int32 status = 1; double endTimeSecs = 2; }
`).root;

interface Value {
  tag: string;
  simpleValue?: number;
  metadata?: { pluginData: { pluginName: string; content: Uint8Array }; dataClass: number };
  tensor?: { dtype: number; tensorShape: object };
}

export interface Event {
  wallTime: number;
  step: number;
  fileVersion?: string;
  sourceMetadata?: { writer: string };
  sessionLog?: { status: string };
  summary?: { value: Value[] };
}

const decoded = (type: string, bytes: Uint8Array): unknown => {
  const message = schema.lookupType(type);
  return message.toObject(message.decode(bytes), { longs: Number, enums: String });
};

/** All events of a file. @throws Error for a record that is cut off, or whose checksums are others. */
export function eventsIn(bytes: Uint8Array): Event[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const expectChecksum = (begin: number, end: number): void => {
    const crc = crc32c(bytes.subarray(begin, end));
    const masked = (BigInt((crc >>> 15) + (crc << 17)) + 0xa282ead8n) & 0xffff_ffffn;
    if (BigInt(view.getUint32(end, true)) !== masked) throw new Error(`wrong checksum at byte ${end}`);
  };
  const events: Event[] = [];
  for (let at = 0; at < bytes.length;) {
    expectChecksum(at, at + 8);
    const end = at + 12 + Number(view.getBigUint64(at, true));
    expectChecksum(at + 12, end);
    events.push(decoded("Event", bytes.subarray(at + 12, end)) as Event);
    at = end + 4;
  }
  return events;
}

/** All events of a folder, in the order in which TensorBoard takes its files. */
export const eventsOf = (folder: string): Event[] =>
  readdirSync(folder)
    .filter((name) => name.includes("tfevents"))
    .sort()
    .flatMap((name) => eventsIn(readFileSync(join(folder, name))));

export type Points = Map<string, [step: number, value: number][]>;

export function addPoint(points: Points, tag: string, point: [step: number, value: number]): void {
  points.set(tag, [...(points.get(tag) ?? []), point]);
}

/** Scalars by tag, as they are in the files: no reader has dropped any. */
export function scalarsOf(folder: string): Points {
  const points: Points = new Map();
  for (const { step = 0, summary } of eventsOf(folder)) {
    for (const { tag, simpleValue } of summary?.value ?? []) {
      if (simpleValue !== undefined) addPoint(points, tag, [step, simpleValue]);
    }
  }
  return points;
}

/** What a log says for the tab HPARAMS: settings, group, and that runs have come to their ends. */
export function hparamsOf(folder: string): { settings: Record<string, unknown>; group?: string; statuses: number[] } {
  const found: ReturnType<typeof hparamsOf> = { settings: {}, statuses: [] };
  for (const { tag, metadata, tensor } of eventsOf(folder).flatMap(({ summary }) => summary?.value ?? [])) {
    if (metadata?.pluginData.pluginName !== "hparams") continue;
    // Readers skip a value that has neither number nor tensor.
    if (!tensor || metadata.dataClass !== 2) throw new Error(`${tag} is no tensor`);
    const { sessionStart, sessionEnd } = decoded("HParams", metadata.pluginData.content) as {
      sessionStart?: { hparams: Record<string, Record<string, unknown>>; groupName?: string };
      sessionEnd?: { status: number };
    };
    if (sessionStart && tag === "_hparams_/session_start_info") {
      for (const [name, value] of Object.entries(sessionStart.hparams)) found.settings[name] = Object.values(value)[0];
      if (sessionStart.groupName) found.group = sessionStart.groupName;
    }
    if (sessionEnd && tag === "_hparams_/session_end_info") found.statuses.push(sessionEnd.status);
  }
  return found;
}
