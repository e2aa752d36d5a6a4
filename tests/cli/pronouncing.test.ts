/** What a word is made of before a model reads it: folded letters, names of letters, numbers; and what is refused. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { UnsureError } from "../../bindings/metrics/unsureError.js";
import { isReadable, spelt, withS } from "../../bindings/systems/attentionSeq2Seq/pronunciation/letters.js";
import { numberWords, soundsOf } from "../../bindings/systems/attentionSeq2Seq/pronunciation/numbers.js";
import { partsOf, type PartOptions } from "../../bindings/systems/attentionSeq2Seq/pronunciation/partsOf.js";
import { thrownBy } from "../support/thrown.js";

const pronouncing = suite("parts of a word");

const english: PartOptions = { knows: (symbol) => /^[a-z']$/.test(symbol), says: () => true };
/** Parts as text: what the model reads, and sounds in capitals. */
const read = (word: string, options: Partial<PartOptions> = {}): string =>
  partsOf(word, { ...english, ...options })
    .map((part) => ("said" in part ? part.said.join(" ") : part.symbols.join("")))
    .join(" | ");
const refusal = (word: string, options: Partial<PartOptions> = {}): string => {
  const error = thrownBy(() => partsOf(word, { ...english, ...options }));
  assert.instance(error, UnsureError, word);
  return error.message;
};

pronouncing("case, accents, quotes and the marks of a sentence are folded", () => {
  const folded: readonly (readonly [string, string])[] = [
    ["Hello,", "hello"],
    ["“Quoted”", "quoted"],
    ["'quoted'", "quoted"],
    ["(why?!)", "why"],
    ["don‘t", "don't"],
    ["wouldn`t", "wouldn't"],
    ["rock´n´roll", "rock'n'roll"],
    ["'tis", "'tis"],
    ["dogs'", "dogs'"],
    ["naïve", "naive"],
    ["Ångström", "angstrom"],
    ["Straße", "strasse"],
    ["Øresund", "oresund"],
    ["ﬁsh", "fish"],
    ["well-known", "well | known"],
    ["co‑operate", "co | operate"],
    ["end.", "end"],
    ["wait…", "wait"],
    ["WORD", "word"],
  ];
  for (const [word, expected] of folded) assert.is(read(word), expected, word);
});

pronouncing("capitals that nobody can read are said by their letters, others are words", () => {
  for (const word of "FBI BBC HTML IBM DVD TV USB NBA CNN PHD USA CIA EU API UFO IEEE KGB NYPD URL ATM XML DJ".split(
    " ",
  ))
    assert.is(isReadable(word), false, word);
  for (const word of "NASA NATO LASER HELLO STRENGTHS RHYTHM WORLD SCHOOL THOUGHTS EYES AIDS UNICEF OPEC SCUBA BRIGHT".split(
    " ",
  ))
    assert.is(isReadable(word), true, word);
  assert.is(read("FBI"), "EH F B IY AY");
  assert.is(read("fbi"), "fbi");
  assert.is(read("U.S."), "Y UW EH S");
  assert.is(read("e.g."), "IY JH IY");
  assert.is(read("CDs"), "S IY D IY Z");
  assert.is(read("BBC's"), "B IY B IY S IY Z");
  assert.is(read("CAFÉ"), "cafe");
  assert.is(read("ÉCLAIR"), "eclair");
  assert.is(read("BBC'S"), "B IY B IY S IY Z");
  assert.is(read("J'S", { exceptions: true }), "JH EY Z");
  assert.is(read("x's", { exceptions: true }), "EH K S IH Z");
  assert.is(read("PhD"), "phd");
  assert.is(read("NASA"), "nasa");
  assert.is(read("NASA", { spell: true }), "EH N EY EH S EY");
  assert.is(read("FBI", { spell: false }), "fbi");
  assert.is(read("U.S.", { says: () => false }), "us", "a model that says other sounds reads letters itself");
});

pronouncing("plurals of letters end as they are said", () => {
  assert.equal(withS(spelt("MP")!), "EH M P IY Z".split(" "));
  assert.equal(withS(spelt("s")!), "EH S IH Z".split(" "));
  assert.equal(withS(spelt("f")!), "EH F S".split(" "));
  assert.is(spelt("é"), undefined);
});

pronouncing("numbers are words, to fifteen digits", () => {
  const numbers: readonly (readonly [string, string | undefined])[] = [
    ["0", "zero"],
    ["7", "seven"],
    ["13", "thirteen"],
    ["40", "forty"],
    ["115", "one hundred fifteen"],
    ["1999", "one thousand nine hundred ninety nine"],
    ["1,000,001", "one million one"],
    ["90000000000", "ninety billion"],
    ["3.05", "three point zero five"],
    ["-8", "minus eight"],
    ["007", "zero zero seven"],
    ["1st", "first"],
    ["12th", "twelfth"],
    ["23rd", "twenty third"],
    ["30th", "thirtieth"],
    ["100th", "one hundredth"],
    ["2st", undefined],
    ["11st", undefined],
    ["1,00", undefined],
    ["1.2.3", undefined],
    ["1234567890123456", undefined],
    ["x", undefined],
  ];
  for (const [text, expected] of numbers) assert.is(numberWords(text)?.join(" "), expected, text);
  for (let n = 0; n < 5000; ++n) {
    const words = numberWords(String(n))!;
    assert.ok(
      soundsOf(words).every((sound) => /^[A-Z]{1,2}$/.test(sound)),
      String(n),
    );
  }
  for (let n = 1; n < 200; ++n) {
    const ending = ["th", "st", "nd", "rd"][n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? "th";
    assert.ok(
      soundsOf(numberWords(`${n}${ending}`)!).every((sound) => /^[A-Z]{1,2}$/.test(sound)),
      `${n}${ending}`,
    );
  }
});

pronouncing("numbers and signs are read out where that is wanted", () => {
  const numbers = true;
  assert.is(read("42", { numbers }), "F AO R T IY T UW");
  assert.is(read("99%", { numbers }), "N AY N T IY N AY N P ER S EH N T");
  assert.is(read("H2O", { numbers }), "EY CH | T UW | OW");
  assert.is(read("R&B", { numbers }), "AA R | AH N D | B IY");
  assert.is(read("covid-19", { numbers }), "covid | N AY N T IY N");
});

pronouncing("what cannot be read is refused by name", () => {
  const numbers = true;
  assert.match(refusal("17"), /Cannot answer "17": it is a number, which the option numbers reads out/);
  assert.match(refusal("H2O"), /"2" is no letter: the option numbers/);
  assert.match(refusal("R&D"), /"&" is no letter: the option numbers/);
  assert.match(refusal("hello@example"), /"@" is no letter/);
  assert.match(refusal("naïve語"), /"語" is of no script that the model reads/);
  assert.match(refusal("Привет"), /"п" "р" "и" "в" "е" are of no script/);
  assert.match(refusal("50€", { numbers }), /"€" is no letter/);
  assert.match(refusal("1990s", { numbers }), /"s" is behind a number/);
  assert.match(refusal("--"), /there is no letter in it/);
  assert.match(refusal("🙂"), /there is no letter in it/);
  assert.match(refusal("-ish"), /a "-" is at its edge/);
  assert.match(refusal("12", { numbers, says: () => false }), /says no sounds of numbers/);
});

pronouncing("what has no vowel is said by the shipped model where it is known, and else by its letters or not", () => {
  assert.is(read("Mr.", { exceptions: true }), "M IH S T ER");
  assert.is(read("vs.", { exceptions: true }), "V ER S AH S");
  assert.match(refusal("xkcd", { exceptions: true }), /"xkcd" has no vowel: the option spell says its letters/);
  assert.is(read("xkcd", { exceptions: true, spell: false }), "xkcd");
  assert.is(read("xkcd"), "xkcd");
  assert.is(read("x"), "EH K S");
  assert.is(read("Ph.D."), "P IY EY CH D IY");
});

pronouncing("what is too long for a word is refused, however long", () => {
  assert.is(read("a".repeat(100)), "a".repeat(100));
  assert.match(refusal("a".repeat(101)), /it has 101 characters, and words have at most 100/);
  assert.match(refusal("!".repeat(1_000_000)), /it has 1000000 characters/);
});

pronouncing("contractions are said as they are, by the shipped model alone", () => {
  assert.is(read("I'm", { exceptions: true }), "AY M");
  assert.is(read("THEY’RE", { exceptions: true }), "DH EH R");
  assert.is(read("I'm"), "i'm");
  assert.is(read("I'm", { exceptions: true, spell: true }), "AY EH M");
});

pronouncing.run();
