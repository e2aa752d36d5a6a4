import { InvalidArgumentError } from "commander";
import { SequenceModel, type Checkpoint, type Model } from "../bindings/core.js";
import { systems } from "../bindings/declarations.js";
import type { SystemDeclaration } from "../bindings/systems/defineSystem.js";
import { flagsOf, type Flag } from "./flags.js";

/** Any model that trains, whatever it measures itself by. */
export type AnyModel = Model<string>;

/** One that answers at every step. */
export type StepModel = SequenceModel<string>;

export const isStepModel = (model: object): model is StepModel => model instanceof SequenceModel;

/** What a file holds. */
export type Saved = Checkpoint<AnyModel>;

/** A model by one of its names on the command line. */
export interface ModelEntry {
  readonly flags: readonly Flag[];
  /** Options of the model that its task decides, by the names both have for them. */
  readonly fitting: readonly string[];
  /** Tasks that it is the one to learn; the first is its own default. */
  readonly learns: readonly string[];
  readonly create: (options: Readonly<Record<string, unknown>>) => AnyModel;
  /** Whether a saved model is what this makes. */
  readonly isMade: (model: AnyModel) => boolean;
}

type NamesOf<System> = System extends { readonly names: infer Names } ? keyof Names : never;

export type ModelName = NamesOf<(typeof systems)[number]> & string;

const declared: readonly SystemDeclaration[] = systems;

/** Every model by the name it has on the command line. */
export const models: Readonly<Record<string, ModelEntry>> = Object.fromEntries(
  declared.flatMap(({ model: Model, rules, names, fitting, options, learns }) =>
    Object.entries(names).map(([name, decided]): [string, ModelEntry] => [
      name,
      {
        flags: flagsOf(options, rules()),
        fitting,
        learns,
        create: (given) => new Model({ ...given, ...decided } as never) as AnyModel,
        isMade: (model) =>
          model.name === Model.className &&
          Object.entries(decided).every(([option, value]) => (model.options as typeof decided)[option] === value),
      },
    ]),
  ),
);

/** Reads the name of a model. @throws InvalidArgumentError when there is none of that name, or it has a new one. */
export function modelNameOf(text: string): string {
  if (Object.hasOwn(models, text)) return text;
  const renamed = declared.find(({ formerly }) => formerly?.includes(text));
  throw new InvalidArgumentError(
    renamed
      ? `It is called ${Object.keys(renamed.names).join(", ")} now.`
      : `Allowed choices are ${Object.keys(models).join(", ")}, or the path of a module such as ./mine.js.`,
  );
}
