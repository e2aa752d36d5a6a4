/** The ABI of the threads binary: `run`, as everywhere, and a team of threads that share the machines of a job. */
import { at, issue, SPINS, take, takeBranch } from "./fork";
import { interpret } from "./interpreter";
import { Machine, Register, Status } from "./machine";
import { Team } from "./team";
import { register, setRegister } from "./words";

export { run } from "./index";

/** Publishes a job. `machines` is the address of the addresses of `count` machines, which must not depend on each other. */
export function publish(team: usize, machines: usize, count: i32, announce: bool): void {
  store<usize>(at(team, Team.list), machines);
  store<i32>(at(team, Team.count), count);
  store<i32>(at(team, Team.announce), announce);
  atomic.store<i32>(at(team, Team.done), 0);
  atomic.store<i32>(at(team, Team.status), Status.done);
  issue(team, Team.jobTicket, count);
}

/** Takes part in the job until all of its machines are taken. */
export function help(team: usize, thread: i32): void {
  while (takeMachine(team, thread) != Taken.none);
}

/** Waits for the job, at most so long. Returns whether it is done. */
export function join(team: usize, milliseconds: i32): bool {
  const count = load<i32>(at(team, Team.count));
  const done = at(team, Team.done);
  for (let spins = 0; spins < SPINS; ++spins) if (atomic.load<i32>(done) == count) return true;
  const have = atomic.load<i32>(done);
  if (have != count) atomic.wait<i32>(done, have, <i64>milliseconds * 1_000_000);
  return atomic.load<i32>(done) == count;
}

/**
 * A thread's life: takes parts of jobs and forks, sleeps when there are none. Returns true when it has finished a job
 * that is to be announced, false when it is to end.
 */
export function work(team: usize, thread: i32): bool {
  const signal = at(team, Team.signal);
  while (true) {
    const seen = atomic.load<i32>(signal);
    if (atomic.load<i32>(at(team, Team.quit))) return false;
    let busy = true;
    while (busy) {
      busy = takeBranch(team);
      const taken = takeMachine(team, thread);
      if (taken == Taken.announced) return true;
      if (taken != Taken.none) busy = true;
    }
    let spins = 0;
    while (atomic.load<i32>(signal) == seen && spins < SPINS) ++spins;
    if (spins == SPINS) atomic.wait<i32>(signal, seen, -1);
  }
}

const enum Taken {
  none,
  one,
  /** The last of a job whose end is to be announced. */
  announced,
}

/** Runs a machine that nobody has taken, in this thread's arena. */
function takeMachine(team: usize, thread: i32): Taken {
  const left = take(team, Team.jobTicket);
  if (!left) return Taken.none;
  const count = load<i32>(at(team, Team.count));
  const announce = load<i32>(at(team, Team.announce));
  const machine = load<usize>(load<usize>(at(team, Team.list)) + ((<usize>(count - left)) << 2));
  useArena(machine, at(team, Team.arenas + 2 * thread));
  const status = interpret(machine, register(machine, Machine.program));
  if (status) atomic.cmpxchg<i32>(at(team, Team.status), Status.done, status);
  const done = at(team, Team.done);
  // With the last addition the job is over, and its words may be those of the next.
  if (atomic.add<i32>(done, 1) + 1 < count) return Taken.one;
  atomic.notify(done, 1);
  return announce ? Taken.announced : Taken.one;
}

/** Gives a machine a thread's arena: buffers, then the stack of frames. */
function useArena(machine: usize, arena: usize): void {
  const address = load<usize>(arena);
  setRegister(machine, Register.activations, address);
  setRegister(machine, Machine.stackTop, address + register(machine, Machine.activationBytes));
  setRegister(machine, Machine.stackEnd, address + load<usize>(arena, 4));
}
