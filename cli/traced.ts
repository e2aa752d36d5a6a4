import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Batch, Engine, Random, type Checkpoint, type Sequence, type Task } from "../bindings/index.js";
import { CompiledModel } from "../bindings/run.js";
import type { Label, Traceable, TracePageOptions } from "../bindings/trace/index.js";
import { subjectOf } from "./copying.js";
import { asUsage, FileError, UsageError } from "./errors.js";
import { given, plural } from "./numbers.js";
import { tasks } from "./tasks.js";
import { answeredBytes, cells, copySequence } from "./text.js";

export interface TracedFlags {
  seed?: number;
  length?: number;
  input?: string;
}
