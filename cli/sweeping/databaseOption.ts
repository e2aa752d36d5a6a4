import { USUAL_FOLDER } from "../../runs/database/open.js";

/** Where runs are, for every command around them. */
export const DATABASE = [
  "--database <place>",
  `postgres://… of a server, or a folder (default: ${USUAL_FOLDER}, which needs no server)`,
] as const;
