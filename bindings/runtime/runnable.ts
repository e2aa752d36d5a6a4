import type { Program } from "../graph/program.js";
import type { Parametric } from "./executable.js";

/** What runs sequences: programs from "x" to "y", and the parameters they read. */
export interface Runnable extends Parametric {
  /** For messages. */
  readonly name: string;
  readonly inputSize: number;
  readonly outputSize: number;
  /**
   * The program that runs this many sequences at a time: from "x" (time, rows, inputSize) to "y" (time, rows,
   * outputSize) and "trace NAME" (time, rows, …).
   */
  program(rows: number, trace: readonly string[]): Program;
  /** How many of the rows left make the next shard, if there is not a program for every number. */
  shardRows?(left: number, batch: number): number;
}
