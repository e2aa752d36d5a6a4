/** Other people's trained networks, for `import … from "tapehead/import"`. */
export { CheckpointError } from "../checkpoint/checkpointError.js";
export {
  importModel,
  importSources,
  type Imported,
  type ImportedModel,
  type ImportOptions,
  type ImportSource,
} from "./importModel.js";
