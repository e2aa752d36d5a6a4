import type { Lexeme, LexemeOf } from "./lexeme.js";

/** The lexemes of a question, and steps along them over words that only join others. */
export class Line {
  constructor(readonly all: readonly Lexeme[]) {}

  at(i: number): Lexeme | undefined {
    return this.all[i];
  }

  is<K extends Lexeme["kind"]>(i: number, kind: K): boolean {
    return this.all[i]?.kind === kind;
  }

  of<K extends Lexeme["kind"]>(i: number, kind: K): LexemeOf<K> | undefined {
    const lexeme = this.all[i];
    return lexeme?.kind === kind ? (lexeme as LexemeOf<K>) : undefined;
  }

  /** The next place behind or in front of one that holds no function word and no "=". */
  beyond(i: number, step: 1 | -1, passed: readonly Lexeme["kind"][] = ["function", "equal"]): number {
    let at = i + step;
    while (this.all[at] && passed.includes(this.all[at]!.kind)) at += step;
    return at;
  }

  /** Gives lexemes their place in the program. */
  use(begin: number, end = begin): void {
    for (let i = begin; i <= end; ++i) if (this.all[i]) this.all[i]!.isUsed = true;
  }

  isUsed(i: number): boolean {
    return this.all[i]?.isUsed ?? false;
  }

  /** Places of unused lexemes of a kind. */
  unused(kind: Lexeme["kind"]): number[] {
    return this.all.flatMap((lexeme, i) => (lexeme.kind === kind && !lexeme.isUsed ? [i] : []));
  }

  text(begin: number, end = begin): string {
    return this.all
      .slice(begin, end + 1)
      .map(({ text }) => text)
      .join(" ");
  }
}
