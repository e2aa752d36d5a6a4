/** A question that cannot be answered about a table: not understood, ambiguous, or beyond the model's programs. */
export class QuestionError extends Error {
  override readonly name = "QuestionError";
  /** Words of the question that were not understood, or are the reason. */
  readonly words: readonly string[];
  /** What the table can be asked. */
  readonly hint: string;

  constructor(reason: string, { words = [], hint = "" }: { words?: readonly string[]; hint?: string } = {}) {
    super(hint ? `${reason}. ${hint}` : reason);
    this.words = words;
    this.hint = hint;
  }
}
