import { createInterface } from "node:readline";
import type { Command } from "commander";
import type { AttentionSeq2Seq } from "../../bindings/models.js";
import { capabilityOf } from "../capabilities.js";
import { Conversation, type Choosing, type Reply } from "../conversation.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { expectTask } from "../expectTask.js";
import { readHeld } from "../files.js";
import type { Held } from "../held.js";
import { given, number, whole } from "../numbers.js";
import { print } from "../output.js";
import { shipped } from "../shipped.js";

interface Flags {
  readonly model?: string;
  readonly beam?: number;
  readonly temperature?: number;
  readonly seed?: number;
  readonly json?: boolean;
}

const ABOUT = `A small network that learned from small talk about films, music and sport. It puts together words that are likely
after yours, remembers your last line and its own, and knows nothing: what it says need not be true.
/new begins anew, Ctrl-D ends.`;

/** Followed at once by a search for the likeliest reply. */
const BEAM = 5;

export function addChat(program: Command): void {
  program
    .command("chat")
    .description(
      "Talk with a small neural conversational model: line by line in a terminal, a reply for each line of a pipe, or one for the words that are given. It makes likely sentences, and knows nothing.",
    )
    .argument("[words...]", "one thing to reply to (default: lines of stdin)")
    .option("--model <file>", "a model that `train seq2seq --task conversation` saved (default: the shipped one)")
    .option(
      "--beam <n>",
      `the likeliest reply of a search with so many beams; 1 is greedy (default: ${BEAM})`,
      whole(1),
    )
    .option("--temperature <t>", "draw replies at random: below 1 likely ones, above it bolder ones", number())
    .option("--seed <n>", "seed of what is drawn (default: 1)", whole(0))
    .option("--json", "print each reply as a JSON object")
    .action(async (words: string[], flags: Flags) => {
      const { model = shipped("conversation"), json = false } = flags;
      const choosing = choosingOf(flags);
      const held = await readHeld(model);
      const conversation = talkerOf(held);
      await withEngine(async (engine) => {
        const reply = (said: string, turn: number): Reply =>
          conversation.reply(engine, said, "seed" in choosing ? { ...choosing, seed: choosing.seed + turn } : choosing);
        if (words.length) return show(reply(words.join(" "), 0), json);
        await talk({ conversation, reply, json });
      });
    });
}

/** @throws UsageError when flags contradict each other. */
function choosingOf({ beam, temperature, seed }: Flags): Choosing {
  if (temperature === undefined) {
    if (seed !== undefined) throw new UsageError("--seed is for replies that are drawn: it needs --temperature");
    return { beam: beam ?? BEAM };
  }
  if (beam !== undefined) throw new UsageError("--beam searches, and --temperature draws: leave out one of them");
  return { temperature, seed: seed ?? 1 };
}

/** @throws UsageError when the model is none of conversation. */
function talkerOf(held: Held): Conversation {
  capabilityOf(held, "transduce", "chat");
  expectTask(held, "conversation", "chat");
  return new Conversation(held.model as AttentionSeq2Seq);
}

interface Talk {
  readonly conversation: Conversation;
  readonly reply: (said: string, turn: number) => Reply;
  readonly json: boolean;
}

/** Replies to lines until there are no more. A line that nothing is said to does not end it. */
async function talk({ conversation, reply, json }: Talk): Promise<void> {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && !json;
  const lines = createInterface({ input: process.stdin, ...(isTerminal && { output: process.stdout, prompt: "> " }) });
  lines.on("SIGINT", () => lines.close());
  if (isTerminal) console.log(`${ABOUT}\n`);
  if (isTerminal) lines.prompt();
  let turn = 0;
  let refused = false;
  for await (const line of lines) {
    if (line.trim() === "/new") conversation.forget();
    else if (line.trim()) {
      try {
        show(reply(line, turn++), json);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        refused = true;
        if (json) print({ error: error.message });
        else console.error(isTerminal ? error.message : `error: ${error.message}`);
      }
    }
    if (isTerminal) lines.prompt();
  }
  if (isTerminal) console.log();
  else if (refused) process.exitCode = 1;
}

function show({ text, probability, unknown, notes }: Reply, json: boolean): void {
  if (json)
    return print({ reply: text, probability, ...given({ unknown: unknown.length ? unknown : undefined }), notes });
  console.log(text);
  const all = [...(unknown.length ? [`it does not know ${unknown.join(", ")}`] : []), ...notes];
  if (all.length) console.error(`(${all.join("; ")})`);
}
