/** A story or question that cannot be answered about: not understood, or without the sentences that an answer needs. */
export class StoryError extends Error {
  override readonly name = "StoryError";

  constructor(
    reason: string,
    /** Words that were not understood, or are the reason. */
    readonly words: readonly string[] = [],
  ) {
    super(reason);
  }
}
