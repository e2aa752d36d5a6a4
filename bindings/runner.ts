/** What runs compiled models: an engine, and nothing of graphs, layers, models or training. */
export { CheckpointError } from "./checkpoint/checkpointError.js";
export { CompiledModel } from "./compiled/compiledModel.js";
export type { Axes, CompiledParameter, MethodPorts } from "./compiled/compiledPrograms.js";
export { loadCompiled } from "./compiled/loadCompiled.js";
export { DisposedError } from "./engine/engine.js";
export { OutputError } from "./runtime/outputError.js";
export { LoadError, type BinarySource } from "./engine/load.js";
export { MemoryError } from "./graph/memoryError.js";
export { ShapeError } from "./graph/shapeError.js";
export type { Called, CallOptions, NamedValues } from "./runtime/call.js";
export type { RunOptions, RunResult } from "./runtime/sequenceRunner.js";
export type { Rows, Sequence, Sequences, Values } from "./runtime/sequences.js";
export type { Session } from "./runtime/session.js";
