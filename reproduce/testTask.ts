import type { AnyTask } from "../bindings/core.js";
import { tasks } from "../cli/tasks.js";
import { readData } from "./data.js";
import type { Examination } from "./system.js";

/** The task of a test: the learned one, or the same one over the data for tests, or with other options. */
export function testTaskOf({ task, experiment, test }: Pick<Examination, "task" | "experiment" | "test">): AnyTask {
  const { data } = experiment;
  // A task that knows its text by a checksum is to take another one.
  const given = data ? { [data.option]: readData(experiment, "test"), crc32: null } : {};
  return tasks[task.name]!.create({ ...task.options, ...given, ...test.changed });
}
