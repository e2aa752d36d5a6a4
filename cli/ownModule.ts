import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { loadCheckpoint, Model, save, type AnyTask, type ModelClass, type Optimizer } from "../bindings/core.js";
import { expectFit, expectOptimizer } from "../bindings/declarations.js";
import { shown } from "../bindings/common/shown.js";
import { asUsage, UsageError } from "./errors.js";
import type { AnyModel } from "./models.js";

/** A user's JavaScript module with what `tapehead train ./mine.js` trains. */
export interface OwnModule {
  readonly file: string;
  readonly model: AnyModel;
  readonly task: AnyTask;
  /** Default: that of the command line. */
  readonly optimizer?: Optimizer;
}

/** Whether the command line names a module by its path, rather than a model by its name. */
export const isModulePath = (text: string): boolean => /[\\/]|\.[cm]?[jt]s$/.test(text);

/** Class of a module's model, which files of such models are loaded with. */
export const classOf = ({ model }: Pick<OwnModule, "model">): ModelClass<AnyModel> =>
  model.constructor as unknown as ModelClass<AnyModel>;

/** @throws UsageError when the module cannot be imported, or does not export a model and a task that fits it. */
export async function readOwnModule(file: string): Promise<OwnModule> {
  const exported = await importModule(file);
  const names = Object.keys(exported);
  if (!("model" in exported && "task" in exported)) {
    throw new UsageError(
      `${file} exports ${names.join(", ") || "nothing"}, and must export \`model\`, \`task\` and, if it is to have one ` +
        "of its own, `optimizer`",
    );
  }
  const { model, task, optimizer } = exported as Omit<OwnModule, "file">;
  expectInstance(file, model);
  try {
    expectFit(file, model, task);
    if (optimizer !== undefined) expectOptimizer(file, optimizer);
  } catch (cause) {
    const { message } = cause as Error;
    throw new UsageError(message.startsWith(file) ? message : `${file}: ${message}`, { cause });
  }
  expectReloadable(file, model, task);
  return { file, model, task, ...(optimizer && { optimizer }) };
}

/** The same module with a model whose initial parameters are those of a seed. */
export function withSeed(own: OwnModule, seed: number): OwnModule {
  const model = asUsage(() => new (classOf(own))({ ...own.model.options, seed } as never));
  if (model.options.seed === seed) return { ...own, model };
  throw new UsageError(`--seed is for models with an option "seed", which the ${model.name} of ${own.file} has not`);
}

async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = resolve(file);
  if (!(await stat(path).catch(() => undefined))) throw new UsageError(`Cannot import ${file}: there is no such file`);
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    const { code, name, message } = cause as NodeJS.ErrnoException;
    const isMissing = code === "ERR_MODULE_NOT_FOUND" && message.includes("'tapehead'");
    const advice = isMissing ? ". Install it beside the module: npm install tapehead" : "";
    throw new UsageError(`Cannot import ${file}: ${name}: ${message}${advice}`, { cause });
  }
}

/** Finds a class where an instance must be, and an instance of another installation, whose classes are others. */
function expectInstance(file: string, model: unknown): void {
  if (typeof model === "function")
    throw new UsageError(`${file}: the model is the class ${model.name}, and must be one of it: new ${model.name}(…)`);
  if (model instanceof Model || typeof model !== "object" || model === null) return;
  if (!("batchLayout" in model && "objective" in model)) return;
  throw new UsageError(
    `${file} makes its model with another copy of Tapehead, and must import the one that this command belongs to: ` +
      "`npx tapehead` in the module's folder starts its own",
  );
}

/** Finds out before hours of work whether a checkpoint of the model can be loaded at the end of them. */
function expectReloadable(file: string, model: AnyModel, task: AnyTask): void {
  const Class = classOf({ model });
  if (Class.className !== model.name) {
    const [is, must] = [shown(Class.className), shown(model.name)];
    throw new UsageError(`${file}: the model's class has the static className ${is}, and must have the name ${must}`);
  }
  let again: AnyModel;
  try {
    again = loadCheckpoint(save(model, { task }), { file: `a checkpoint of ${file}`, models: [Class] }).model;
  } catch (cause) {
    throw new UsageError(`${file}: ${(cause as Error).message}`, { cause });
  }
  const [there, here] = [again, model].map(({ options }) => JSON.stringify(options));
  if (there === here) return;
  throw new UsageError(`${file}: the model's options ${here} make one with ${there}, and must make the same again`);
}
