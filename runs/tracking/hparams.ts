import { PbfWriter } from "pbf";
import type { Setting, Settings } from "./settings.js";
import { writeText } from "./text.js";

/** A run as TensorBoard's tab HPARAMS lists it. */
export interface Session {
  /** Columns of the list. */
  readonly settings: Settings;
  /** Runs of one group, such as the seeds of one setting, are one row, with the mean of their metrics. */
  readonly group?: string | undefined;
}

/** `SessionStartInfo`: settings and group. wallTime in seconds since 1970. */
export function writeSessionStart({ settings, group }: Session, wallTime: number, summary: PbfWriter): void {
  const info = messageOf((start) => {
    for (const entry of Object.entries(settings)) start.writeMessage(1, writeEntry, entry);
    if (group !== undefined) writeText(start, 4, group);
    start.writeDoubleField(5, wallTime);
  });
  writeInfo(summary, "_hparams_/session_start_info", (data) => data.writeBytesField(3, info));
}

/** `SessionEndInfo`: success. */
export function writeSessionEnd(wallTime: number, summary: PbfWriter): void {
  const info = messageOf((end) => {
    end.writeVarintField(1, 1); // STATUS_SUCCESS
    end.writeDoubleField(2, wallTime);
  });
  writeInfo(summary, "_hparams_/session_end_info", (data) => data.writeBytesField(4, info));
}

/** An entry of map<string, google.protobuf.Value>. */
function writeEntry([name, setting]: readonly [string, Setting], entry: PbfWriter): void {
  writeText(entry, 1, name);
  entry.writeMessage(2, writeValue, setting);
}

function writeValue(setting: Setting, value: PbfWriter): void {
  if (typeof setting === "number") value.writeDoubleField(2, setting);
  else if (typeof setting === "string") writeText(value, 3, setting);
  else value.writeBooleanField(4, setting);
}

/** A `Summary.Value` whose metadata carry data of the plugin, beside an empty tensor: readers skip values without any. */
function writeInfo(summary: PbfWriter, tag: string, write: (data: PbfWriter) => void): void {
  const tensor = messageOf((tensor) => {
    tensor.writeVarintField(1, 1); // DT_FLOAT
    tensor.writeBytesField(2, new Uint8Array(0)); // a shape of no axes
  });
  const plugin = messageOf((plugin) => {
    writeText(plugin, 1, "hparams");
    plugin.writeBytesField(2, messageOf(write));
  });
  const metadata = messageOf((metadata) => {
    metadata.writeBytesField(1, plugin);
    metadata.writeVarintField(4, 2); // DATA_CLASS_TENSOR
  });
  const value = messageOf((value) => {
    writeText(value, 1, tag);
    value.writeBytesField(8, tensor);
    value.writeBytesField(9, metadata);
  });
  summary.writeBytesField(1, value);
}

function messageOf(write: (message: PbfWriter) => void): Uint8Array {
  const writer = new PbfWriter();
  write(writer);
  return writer.finish();
}
