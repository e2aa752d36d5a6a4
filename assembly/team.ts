/**
 * A team is a block of words in shared memory through which threads find work. Shared by assembly/threads.ts and the
 * bindings; offsets are in words. A ticket is one 64-bit word: how many parts are left, and above it a number that no
 * other ticket has, so that a thread which comes late takes nothing of the next.
 */
export const enum Team {
  /** Changes whenever there is something to do. Idle threads wait for that. */
  signal = 0,
  /** Whether threads are to end. */
  quit = 1,

  /** A job: machines, each run by whoever takes it. */
  jobTicket = 2,
  /** Address of the machines' addresses, and how many there are. */
  list = 4,
  count = 5,
  /** Machines that have run, and the first status that was not done. */
  done = 6,
  status = 7,
  /** Whether the thread that finishes a job tells its host. */
  announce = 8,

  /** Whether somebody leads a fork. */
  forkLock = 9,
  /** A fork: branches of one instruction, on the same machine. */
  forkTicket = 10,
  forkMachine = 12,
  forkInstruction = 13,
  forkDone = 14,

  /** For each thread the address and the bytes of its arena. Thread 0 is the one that has the engine. */
  arenas = 16,
}
