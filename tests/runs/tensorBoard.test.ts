/** A resumed log as TensorBoard itself reads it, where Python has it: PYTHON names another than python3. */
import { spawnSync } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openLog } from "../../runs/tracking/log.js";
import { newFolder } from "../support/logFolder.js";

const SCRIPT = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData
events = EventAccumulator(sys.argv[1])
events.Reload()
content = events.SummaryMetadata("_hparams_/session_start_info").plugin_data.content
start = HParamsPluginData.FromString(content).session_start_info
print(json.dumps({
  "scalars": {tag: [[e.step, e.value] for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]},
  "seed": start.hparams["seed"].number_value, "group": start.group_name,
}))`;
const python = process.env["PYTHON"] ?? "python3";
const isThere = spawnSync(python, ["-c", "import tensorboard"]).status === 0;
if (!isThere) console.log(`skipped: ${python} has no tensorboard, which pip installs`);

const reading = suite("TensorBoard");
(isThere ? reading : reading.skip)("scalars of each step once, also after resuming; settings and group", () => {
  const folder = newFolder();
  const options = { run: { model: "ntm", seed: 7 }, settings: {}, group: "a" };
  const log = openLog(folder, options);
  for (const step of [1, 2, 3]) log.scalars(step, { loss: step, "größe 𠀀": 0.5 });
  log.close();
  const again = openLog(folder, { ...options, resumeAt: 2 });
  for (const step of [3, 4]) again.scalars(step, { loss: 10 * step });
  again.close({ complete: true });
  const { status, stdout, stderr } = spawnSync(python, ["-c", SCRIPT, folder], { encoding: "utf8" });
  assert.is(status, 0, stderr);
  assert.equal(JSON.parse(stdout), {
    scalars: {
      loss: [
        [1, 1],
        [2, 2],
        [3, 30],
        [4, 40],
      ],
      "größe 𠀀": [
        [1, 0.5],
        [2, 0.5],
      ],
    },
    seed: 7,
    group: "a",
  });
});
reading.run();
