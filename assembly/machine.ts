/**
 * A machine is a block of words in memory: what one run of a program has to itself. Shared by the interpreter and the
 * bindings; offsets are in words.
 */
export const enum Machine {
  /** Base addresses that operands refer to; see Register. */
  registers = 0,
  /** Address of the first instruction. */
  program = 32,
  /** First free byte of the stack of frames, and its end. */
  stackTop = 33,
  stackEnd = 34,
  /** Where a run that needs more stack says how much: the bytes of an arena that would have sufficed so far. */
  stackNeeded = 35,
  /** Bytes in front of the stack, for a thread that gives the machine its arena. */
  activationBytes = 36,
  /** The team that shares the machine's forks, or 0; see team.ts. */
  team = 37,
  /** Changes with every iteration of a loop, so that somebody who waits sees that the run goes on. */
  beat = 38,
  words = 39,
}

/** Base registers. An operand is `register | element << registerBits`. */
export const enum Register {
  /** The model's parameters. Read-only during a run. */
  parameters = 0,
  /** Mirrors the parameters, and behind them the results; private to a shard. */
  gradients = 1,
  /** Buffers planned by lifetime; private to a thread. */
  activations = 2,
  /** What the host writes before a run and reads after it; private to a shard. */
  io = 3,
  /** The optimizer's block; mirrors the parameters a few times. */
  state = 4,
  /** The first register of the outermost scan. */
  loops = 5,
  count = 32,
}

/** The low bits of an operand. */
export const registerBits = 5;

/** How a run ended. */
export const enum Status {
  done = 0,
  /** The stack of frames is too small; `Machine.stackNeeded` says what it must hold. */
  stackOverflow = 1,
  /** A value that must be finite is not; nothing after that instruction has run. */
  notFinite = 2,
  /** A word that is no opcode. */
  badProgram = 3,
  /** A thread has not answered for so long that it must be gone. */
  threadLost = 4,
}
