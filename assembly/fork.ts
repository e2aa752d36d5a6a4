/**
 * Forks: branches of a program that do not depend on each other. Without threads they run one after the other, with
 * them on whoever is idle. A branch is kernels only, no loop, since loops move the registers of the machine.
 *
 *   fork  words of all branches, number of branches, for each the word where it begins, counted from the fork
 */
import { interpret } from "./interpreter";
import { Machine, Status } from "./machine";
import { Team } from "./team";
import { register, word } from "./words";

/** How long a leader waits for a branch, in steps of 0.1 s, before it calls the thread lost. */
const PATIENCE = 100;
const WAIT: i64 = 100_000_000; // ns

export function fork(machine: usize, p: usize): i32 {
  if (ASC_FEATURE_THREADS) {
    const team = register(machine, Machine.team);
    if (team && atomic.cmpxchg<i32>(at(team, Team.forkLock), 0, 1) == 0) {
      const status = lead(team, machine, p);
      if (status == Status.done) atomic.store<i32>(at(team, Team.forkLock), 0);
      return status;
    }
  }
  const count = word(p, 2);
  for (let i = 0; i < count; ++i) {
    const status = interpret(machine, branch(p, i));
    if (status) return status;
  }
  return Status.done;
}

/** Publishes the branches, takes part, and waits for the others. */
function lead(team: usize, machine: usize, p: usize): i32 {
  const count = word(p, 2);
  store<usize>(at(team, Team.forkMachine), machine);
  store<usize>(at(team, Team.forkInstruction), p);
  atomic.store<i32>(at(team, Team.forkDone), 0);
  issue(team, Team.forkTicket, count);
  while (takeBranch(team));
  const done = at(team, Team.forkDone);
  for (let spins = 0; spins < SPINS; ++spins) if (atomic.load<i32>(done) == count) return Status.done;
  for (let waits = 0; waits < PATIENCE; ++waits) {
    const have = atomic.load<i32>(done);
    if (have == count) return Status.done;
    atomic.wait<i32>(done, have, WAIT);
  }
  return Status.threadLost;
}

/** Runs a branch that nobody has taken. Returns whether there was one. */
export function takeBranch(team: usize): bool {
  const left = take(team, Team.forkTicket);
  if (!left) return false;
  const p = load<usize>(at(team, Team.forkInstruction));
  const count = word(p, 2);
  interpret(load<usize>(at(team, Team.forkMachine)), branch(p, count - left));
  const done = at(team, Team.forkDone);
  if (atomic.add<i32>(done, 1) + 1 == count) atomic.notify(done, 1);
  return true;
}

function branch(p: usize, i: i32): usize {
  return p + ((<usize>word(p, 3 + i)) << 2);
}

/** Polls before a thread goes to sleep: about a millisecond, for waking one takes a virtual machine 0.1 to 0.2 ms. */
export const SPINS = 1_000_000;

/** Address of a word of a team. */
// @ts-ignore: decorator
@inline
export function at(team: usize, word: usize): usize {
  return team + (word << 2);
}

/** Makes a ticket for so many parts and wakes everybody. What the parts are must be in place before. */
export function issue(team: usize, ticket: Team, count: i32): void {
  const address = at(team, ticket);
  const number = (atomic.load<u64>(address) >> 32) + 1;
  atomic.store<u64>(address, (number << 32) | (<u64>count));
  const signal = at(team, Team.signal);
  atomic.add<i32>(signal, 1);
  atomic.notify(signal, -1);
}

/** Takes a part. Returns how many were left with it, or 0 when there is none. */
export function take(team: usize, ticket: Team): i32 {
  const address = at(team, ticket);
  while (true) {
    const value = atomic.load<u64>(address);
    const left = <i32>value;
    if (left == 0) return 0;
    if (atomic.cmpxchg<u64>(address, value, value - 1) == value) return left;
  }
}
