/** A plan asks for what cannot be run. */
export class PlanError extends Error {
  override readonly name = "PlanError";
}

/** A database cannot be used: it is not there, of another version, or what runs in it contradicts itself. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}

/** A run came out with other weights than before, which the same run never does. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}
