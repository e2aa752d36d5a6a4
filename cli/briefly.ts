import type { Command } from "commander";

/** What a list of commands says of one: its description up to where that goes into detail. */
export const briefly = (command: Command): string => /^[^.:;]*/.exec(command.description())![0];
