import type { Rules } from "./options.js";

/** One-line help of an option; an object where a command line must know more than the option's rule says. */
export type Help =
  | string
  | {
      readonly help: string;
      /** Name of the flag, where it is not the option's own in kebab case. */
      readonly flag?: string;
      /** Description of a default that depends on other options. */
      readonly default?: string;
    };

/** A help for each option but the seed and those that something else decides; a missing one does not compile. */
export type Helps<R extends Rules, Decided extends string = never> = {
  readonly [Name in Exclude<keyof R & string, "seed" | Decided>]: Help;
};
