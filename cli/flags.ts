import { Help as CommanderHelp, Option, type Command } from "commander";
import type { Help } from "../bindings/common/help.js";
import type { Check, Rules } from "../bindings/common/options.js";
import { shown } from "../bindings/common/shown.js";
import { UsageError } from "./errors.js";
import { kindOf, type Kind } from "./kind.js";

/** An option of a model or a task on the command line, such as `--hidden <n>` for `hiddenSize`. */
export interface Flag {
  /** `--hidden`. Owners may share a flag; each checks it by its own rule. */
  readonly long: string;
  /** Placeholder of the value; none for one that is true or false. */
  readonly value?: string;
  /** The name that the library has for it. */
  readonly option: string;
  readonly help: string;
  /** The default, in words of the command line. */
  readonly usual?: string;
  /** What the value must be. */
  readonly check?: Check<unknown>;
  /** Reads the value of a flag that all owners read alike, such as a file. */
  readonly parse?: (text: string) => unknown;
}

/** Flags by their owner. */
export type FlagTable = Readonly<Record<string, { readonly flags: readonly Flag[] }>>;

/** Placeholders; a flag that is true or false has none. */
const PLACEHOLDERS: Readonly<Record<Kind, string | undefined>> = {
  whole: "<n>",
  number: "<x>",
  wholes: "<list>",
  choice: "<kind>",
  object: "<json>",
  flag: undefined,
};

/** `learning-rate` for `learningRate`. */
export const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A flag for each option whose value can be read from text. */
export const flagsOf = (helps: Readonly<Record<string, Help>>, rules: Rules): Flag[] =>
  Object.entries(helps).flatMap(([option, help]) => {
    const [fallback, check] = rules[option]!;
    const kind = kindOf(check);
    if (!kind) return [];
    const {
      flag = dashed(option),
      help: line,
      default: usual = written(fallback),
    } = typeof help === "string" ? { help } : help;
    const value = PLACEHOLDERS[kind];
    return [{ long: `--${flag}`, ...(value && { value }), option, help: line, ...(usual && { usual }), check }];
  });

/** A default as the command line writes it; none for an empty list, no further options, or false. */
function written(value: unknown): string | undefined {
  if (value === undefined || value === false) return undefined;
  const text = typeof value === "object" ? Object.values(value as object).join() : String(value);
  return text || undefined;
}

/** A boolean option that is true by default is there to be turned off. */
const isOff = ({ value, usual }: Flag): boolean => !value && usual === "true";

/** Help of an option for some of its owners; undefined where none of them has it. */
const helps = new WeakMap<Option, (owners: ReadonlySet<string>) => string | undefined>();

/** Leaves in a command's help what `owners` have; all where there are none. Other options stay. */
export function showFlagsOf(command: Command, owners: () => ReadonlySet<string> | undefined): void {
  command.configureHelp({
    visibleOptions(shown) {
      const options = new CommanderHelp().visibleOptions(shown);
      const wanted = owners();
      if (!wanted) return options;
      return options.flatMap((option) => {
        const help = helps.get(option);
        if (!help) return [option];
        const description = help(wanted);
        return description ? [Object.assign(Object.create(option) as Option, { description })] : [];
      });
    },
  });
}

/** Adds every flag once, under a heading, with its help, choices and default for each owner. */
export function addFlags(command: Command, heading: string, table: FlagTable): void {
  const byName = new Map<string, { flag: Flag; owner: string }[]>();
  for (const [owner, { flags }] of Object.entries(table)) {
    for (const flag of flags) byName.set(flag.long, [...(byName.get(flag.long) ?? []), { flag, owner }]);
  }
  for (const [long, owned] of byName) {
    const [first] = owned as [(typeof owned)[0]];
    const add = (name: string, wanted: typeof owned): void => {
      const option = new Option(first.flag.value ? `${name} ${first.flag.value}` : name, helpOf(wanted));
      option.helpGroup(heading).hideHelp(!wanted.length);
      if (first.flag.parse) option.argParser(first.flag.parse);
      helps.set(option, (owners) => helpOf(wanted.filter(({ owner }) => owners.has(owner))));
      command.addOption(option);
    };
    if (first.flag.value) add(long, owned);
    else {
      // Both ways, since a preset or a checkpoint may have turned it either; help has what differs from the default.
      add(
        long,
        owned.filter(({ flag }) => !isOff(flag)),
      );
      add(
        long.replace("--", "--no-"),
        owned.filter(({ flag }) => isOff(flag)),
      );
    }
  }
}

/** The help of a flag, and in brackets behind it each owner's choices and default: "units of a layer (ntm: 100)". */
function helpOf(owned: readonly { flag: Flag; owner: string }[]): string {
  const byHelp = new Map<string, Map<string, string[]>>();
  for (const { flag, owner } of owned) {
    const help = isOff(flag) ? `turns off: ${flag.help}` : flag.help;
    const facts = byHelp.get(help) ?? byHelp.set(help, new Map()).get(help)!;
    const fact = factOf(flag);
    facts.set(fact, [...(facts.get(fact) ?? []), owner]);
  }
  const grouped = [...byHelp].map(([help, facts]) => {
    const each = [...facts].map(([fact, owners]) => owners.join(", ") + (fact && `: ${fact}`));
    return `${help} (${each.join("; ")})`;
  });
  return grouped.join("; ");
}

/** "tanh | relu, default tanh", or the default alone. */
function factOf({ value, usual = "", check }: Flag): string {
  if (!value) return "";
  if (!check?.choices) return usual;
  return `${[...(kindOf(check) === "choice" ? [] : [value]), ...check.choices].join(" | ")}, default ${usual}`;
}

/**
 * The options that the command line gives to one of a table, by the names the library has for them.
 * @throws UsageError when it gives one that only others have, or a value that the owner's rule refuses.
 */
export function optionsFrom(
  given: Readonly<Record<string, unknown>>,
  table: FlagTable,
  owner: string,
): Record<string, unknown> {
  const valueOf = ({ long }: Flag): unknown => given[new Option(long).attributeName()];
  const own = table[owner]!.flags;
  const names = new Set(own.map(({ long }) => long));
  for (const flag of Object.values(table).flatMap(({ flags }) => flags)) {
    if (names.has(flag.long) || valueOf(flag) === undefined) continue;
    const has = own.length ? `it has ${own.map(({ long }) => long).join(", ")}` : "it has none";
    throw new UsageError(`${flag.long} is no option of ${owner}; ${has}`);
  }
  return Object.fromEntries(
    own
      .map((flag) => [flag.option, read(owner, flag, valueOf(flag))] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** A value by the owner's rule. */
function read(owner: string, { long, check }: Flag, given: unknown): unknown {
  if (!check || typeof given !== "string") return given;
  const value = check.choices?.includes(given) ? given : readers[kindOf(check)!](given);
  const wanted = check(value);
  if (wanted) throw new UsageError(`${long} of ${owner} is ${shown(given)}, and must be ${wanted}`);
  return value;
}

const number = (text: string): number => (text.trim() ? Number(text) : NaN);

const readers: Readonly<Record<Kind, (text: string) => unknown>> = {
  whole: number,
  number,
  wholes: (text) => text.split(",").map(number),
  choice: (text) => text,
  flag: (text) => text,
  object: (text) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  },
};
