import { Option, type Command } from "commander";
import { UsageError } from "./errors.js";

/** An option of a model or a task on the command line, such as `--hidden <n>` for `hiddenSize`. */
export interface Flag {
  /** As it is typed. Models and tasks may share a flag; all take it alike. */
  readonly flag: string;
  /** The name that the library has for it. */
  readonly option: string;
  readonly help: string;
  readonly parse?: (text: string) => unknown;
  readonly choices?: readonly string[];
}

/** Flags by whom they are for. */
export type FlagTable = Readonly<Record<string, { readonly flags: readonly Flag[] }>>;

const toOption = ({ flag }: Flag): Option => new Option(flag);

/** Adds every flag once, under a heading, and says in its help for whom it is. */
export function addFlags(command: Command, heading: string, table: FlagTable): void {
  const byText = new Map<string, { flag: Flag; owners: string[] }>();
  for (const [owner, { flags }] of Object.entries(table)) {
    for (const flag of flags) {
      const there = byText.get(flag.flag);
      if (there) there.owners.push(owner);
      else byText.set(flag.flag, { flag, owners: [owner] });
    }
  }
  for (const { flag, owners } of byText.values()) {
    const { help, choices, parse } = flag;
    const option = new Option(flag.flag, `${owners.join(", ")}: ${help}`).helpGroup(heading);
    if (choices) option.choices(choices);
    else if (parse) option.argParser(parse);
    command.addOption(option);
  }
}

/**
 * The options that the command line gives to one of a table, by the names the library has for them.
 * @throws UsageError when it gives one that only others have.
 */
export function optionsFrom(
  given: Readonly<Record<string, unknown>>,
  table: FlagTable,
  owner: string,
): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  const own = table[owner]!.flags;
  for (const flag of own) {
    const value = given[toOption(flag).attributeName()];
    if (value !== undefined) options[flag.option] = value;
  }
  const names = new Set(own.map(({ flag }) => flag));
  for (const flag of Object.values(table).flatMap(({ flags }) => flags)) {
    if (names.has(flag.flag) || given[toOption(flag).attributeName()] === undefined) continue;
    const has = own.length ? `it has ${own.map((each) => toOption(each).long).join(", ")}` : "it has none";
    throw new UsageError(`${toOption(flag).long} is no option of ${owner}; ${has}`);
  }
  return options;
}
