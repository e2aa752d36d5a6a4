import { Option } from "commander";
import { readOwnModule, type OwnModule } from "./ownModule.js";

/** `--module`, of commands that read a file whose model may be of a user's class. */
export const moduleOption = (): Option =>
  new Option("--module <file>", "JavaScript module that exports the file's model and task, where they are your own");

/** The module that `--module` names, if it is there. @throws UsageError as readOwnModule does. */
export const moduleOf = async (file: string | undefined): Promise<OwnModule | undefined> =>
  file === undefined ? undefined : readOwnModule(file);
