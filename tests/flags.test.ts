/** The help of the command line states what the constructors do. */
import { Command } from "commander";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { systems } from "../bindings/declarations.js";
import type { SystemDeclaration } from "../bindings/systems/defineSystem.js";
import { addFlags, optionsFrom } from "../cli/flags.js";
import { models } from "../cli/models.js";
import { tasks } from "../cli/tasks.js";
import { thrownBy } from "./support/thrown.js";

const flags = suite("flags");
const command = new Command("train");
addFlags(command, "models", models);
const described = new Map(command.options.map(({ long, description }) => [long!, description]));

/** What the help says behind an owner, such as "128" or "rnn | gru, default rnn". */
function statedFor(owner: string, long: string): string | undefined {
  for (const [, group] of described.get(long)!.matchAll(/\(([^()]*)\)/g)) {
    for (const entry of group!.split("; ")) {
      const [owners, fact = ""] = entry.split(": ");
      if (owners!.split(", ").includes(owner)) return fact;
    }
  }
  return undefined;
}

for (const { model: Model, names, rules, example, fitting } of systems as readonly SystemDeclaration[]) {
  const task = example.task() as unknown as Readonly<Record<string, unknown>>;
  const fitted = Object.fromEntries(fitting.map((name) => [name, task[name]]));
  for (const [name, decided] of Object.entries(names)) {
    flags(`${name}: every default and choice in the help is the constructor's`, () => {
      const { options } = new Model({ ...fitted, ...decided } as never);
      for (const { long, option, value } of models[name]!.flags) {
        // Options that came later are left out of a model's record where they are as before: at the default of their rule.
        const [usually] = (rules() as Readonly<Record<string, readonly unknown[]>>)[option] ?? [];
        const made = (options as Readonly<Record<string, unknown>>)[option] ?? usually;
        const isOff = !value && made === true;
        const stated = statedFor(name, isOff ? long.replace("--", "--no-") : long);
        assert.ok(stated !== undefined, `${long} of ${name}`);
        if (typeof made === "object" || !value) continue;
        const [choices, usual] = stated.includes(", default ") ? stated.split(", default ") : [undefined, stated];
        // "24, of a diagonal one 48": the second where the option that has such a choice is set to it.
        const [first, ...others] = usual!.split(", of a ");
        assert.is(first, String(made), `${long} of ${name}`);
        for (const [kind, other] of others.map((text) => text.split(" one "))) {
          const [which] = Object.entries(rules()).find(([, [, check]]) => check.choices?.includes(kind!))!;
          const changed = new Model({ ...fitted, ...decided, [which]: kind } as never);
          assert.is(other, String((changed.options as Readonly<Record<string, unknown>>)[option]), `${long}, ${kind}`);
        }
        for (const choice of choices?.split(" | ") ?? []) {
          if (choice.startsWith("<")) continue;
          const read = optionsFrom(
            { [command.options.find((o) => o.long === long)!.attributeName()]: choice },
            models,
            name,
          );
          assert.equal(read, { [option]: choice });
          new Model({ ...fitted, ...decided, ...read } as never);
        }
      }
    });
  }
}

flags("a value is checked by the rule of the one it is for", () => {
  assert.equal(optionsFrom({ cell: "ntm", hidden: "8" }, models, "act"), { cell: "ntm", hiddenSize: 8 });
  assert.match(thrownBy(() => optionsFrom({ cell: "ntm" }, models, "seq2seq")).message, `"rnn" or "gru" or "lstm"`);
  assert.match(
    thrownBy(() => optionsFrom({ hidden: "" }, models, "ntm")).message,
    /--hidden of ntm is "", and must be/,
  );
  assert.equal(optionsFrom({ initialMemory: "learned" }, models, "ntm"), { initialMemory: "learned" });
  assert.equal(optionsFrom({ clipTo: "Infinity", circular: false }, models, "ntm"), {
    clipTo: Infinity,
    circular: false,
  });
  assert.equal(optionsFrom({ cellOptions: '{"slots":4}' }, models, "act"), { cellOptions: { slots: 4 } });
  assert.match(thrownBy(() => optionsFrom({ cellOptions: "slots" }, models, "act")).message, /must be an object/);
  assert.equal(optionsFrom({ curriculum: "2,10" }, tasks, "table"), { curriculum: [2, 10] });
  assert.match(
    thrownBy(() => optionsFrom({ slots: "5" }, models, "lstm")).message,
    /--slots is no option of lstm; it has/,
  );
});
flags.run();
