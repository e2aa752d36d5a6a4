import { whole } from "../numbers.js";
import { USUAL_FOLDER } from "../../runs/database/open.js";

/** Where runs are, for every command around them. */
export const DATABASE = [
  "--database <place>",
  `postgres://… of a server, or a folder (default: ${USUAL_FOLDER}, which needs no server)`,
] as const;

/** When a worker counts as lost, for every command that works. */
export const LEASE = [
  "--lease <seconds>",
  "seconds without a sign of life after which a worker counts as lost, and others go on with its runs (default: 45)",
  whole(1),
] as const;
