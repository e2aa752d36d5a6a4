/** The command line plays Connect Four: its moves, what it thinks of them, and what is refused. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { PolicyValueNetwork, RecurrentNetwork } from "../../bindings/models.js";
import { connectFour } from "../../bindings/search.js";
import { connectFourTask } from "../../bindings/tasks.js";
import { Match, thoughtLines } from "../../cli/playing.js";
import { commandLine } from "../support/cli.js";
import { thrownBy } from "../support/thrown.js";

const { folder, tapehead } = commandLine();
const path = (name: string): string => join(folder, name);
const task = connectFourTask({ games: 40, seed: 1 });
const model = new PolicyValueNetwork({ height: 6, width: 7, planes: 3, actions: 7, blocks: 0, maps: 4, seed: 1 });
writeFileSync(path("net.safetensors"), save(model, { task }));
const play = (flags: string, stdin: string) =>
  tapehead(`play connect-four --model net.safetensors --simulations 200 ${flags}`, { stdin });

const game = connectFour();
const blind = (states: readonly unknown[]) => states.map(() => ({ policy: Array<number>(7).fill(1 / 7), value: 0 }));

const matches = suite("a match");

matches("keeps the tree of the moves that are played, and takes moves back", () => {
  const match = new Match(game, blind, 300, "44");
  const { moves, best, line } = match.think();
  assert.ok(Math.abs(moves.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
  assert.is(best, line[0]);
  match.play(best);
  assert.is(match.moves, `44${best}`);
  match.takeBack(2);
  assert.is(match.moves, "4");
  assert.equal(match.state, game.position("4"));
  match.takeBack(9);
  assert.equal(match.state, game.start());
});

matches("sees a win in one, and marks it", () => {
  const match = new Match(game, blind, 300, "414243");
  const thought = match.think();
  assert.is(thought.best, 4);
  const lines = thoughtLines(thought);
  assert.is(lines.length, 7);
  assert.match(lines[3]!, /^> 4 {2}#+ .*value \+1\.00: wins, that is certain$/);
  match.play(4);
  assert.is(match.result, -1);
});

matches("refuses columns without room, by name", () => {
  const match = new Match(game, blind, 10, "444444");
  assert.match(thrownBy(() => match.play(4)).message, /4 is not a move here: columns with room are 1, 2, 3, 5, 6, 7/);
  assert.match(thrownBy(() => match.play(8)).message, /8 is not a move here/);
  assert.is(match.moves, "444444");
});

matches.run();

const command = suite("tapehead play");

command("answers each line of a pipe with a move, without colours, and says how to go on", async () => {
  const { stdout, stderr, code } = await play("", "4\n4\n");
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.is(stdout.match(/^It plays \d and expects [+-]\d\.\d\d/gm)?.length, 2);
  assert.match(stdout, "1 2 3 4 5 6 7\n");
  const [, moves] = /^To go on from here: --moves (\d{4})$/m.exec(stdout)!;
  assert.ok(!stdout.includes("\u001b"));
  const again = await play("", "4\n4\n");
  assert.is(again.stdout, stdout);
  const goOn = await play(`--moves ${moves}`, "");
  assert.ok(goOn.stdout.includes(game.draw(game.position(moves!))));
});

command("wins where it can at once, moves first where it is asked to, and ends the game", async () => {
  const lost = await play("--moves 1424343", "");
  assert.match(lost.stdout, /It plays 4 /);
  assert.match(lost.stdout, "It has four in a line, and wins.");
  const won = await play("--moves 414243", "4\n1\n");
  assert.match(won.stdout, "You have four in a line, and win.");
  assert.match(won.stderr, "The game is over: n begins anew");
  assert.is(won.code, 1);
  const second = await play("--second", "");
  assert.match(second.stdout, /You are o, and move second\.\nIt plays \d/);
});

command("tells what it thinks of each move, takes back, and begins anew", async () => {
  const { stdout } = await play("", "?\n4\nu\nn\nq\n9\n");
  assert.is(stdout.match(/% at first sight/g)?.length, 7);
  assert.is(stdout.split(game.draw(game.start())).length - 1, 3);
  const hints = await play("--hints", "");
  assert.is(hints.stdout.match(/of the search/g)?.length, 7);
});

command("goes on after lines that are no moves, and says so at the end", async () => {
  const { stdout, stderr, code } = await play("--moves 444444", "4\nfour\n8\n\n1\n");
  assert.match(stderr, "4 is not a move here");
  assert.match(stderr, '"four" is not understood: a column from 1 to 7, ?, u, n or q');
  assert.match(stderr, "8 is not a move here");
  assert.match(stdout, /It plays/);
  assert.is(code, 1);
});

command("refuses positions that cannot arise, models of another class, and no simulations", async () => {
  const faults: [string, RegExp][] = [
    ["--moves 4444444", /The position "4444444" cannot arise: move 7 is "4", but this column is full/],
    ["--moves 9", /there are 7 columns/],
    ["--simulations 0", /simulations/],
  ];
  for (const [flags, message] of faults) {
    const { stderr, code } = await play(flags, "");
    assert.match(stderr, message);
    assert.is(code, 2);
  }
  writeFileSync(path("other.safetensors"), save(new RecurrentNetwork({ inputSize: 1, outputSize: 1 })));
  const other = await tapehead("play connect-four --model other.safetensors");
  assert.match(other.stderr, /`tapehead play` takes models of class PolicyValueNetwork/);
  const unknown = await tapehead("play chess");
  assert.match(unknown.stderr, /chess/);
  assert.is(unknown.code, 2);
});

command("run says what the network alone thinks of a position", async () => {
  const { stdout } = await tapehead("run net.safetensors 4453");
  assert.ok(stdout.startsWith(game.draw(game.position("4453"))), stdout);
  assert.match(stdout, /It would play \d, and expects -?\d\.\d\d, from -1 \(lost\) to 1 \(won\)\./);
  const bad = await tapehead("run net.safetensors 4444444");
  assert.match(bad.stderr, /cannot arise/);
  assert.is(bad.code, 2);
});

command.run();
