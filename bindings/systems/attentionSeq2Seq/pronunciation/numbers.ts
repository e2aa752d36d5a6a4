/** Words of numbers, as the CMU dictionary has them. */
const SOUNDS: Readonly<Record<string, string>> = {
  zero: "Z IH R OW",
  one: "W AH N",
  two: "T UW",
  three: "TH R IY",
  four: "F AO R",
  five: "F AY V",
  six: "S IH K S",
  seven: "S EH V AH N",
  eight: "EY T",
  nine: "N AY N",
  ten: "T EH N",
  eleven: "IH L EH V AH N",
  twelve: "T W EH L V",
  thirteen: "TH ER T IY N",
  fourteen: "F AO R T IY N",
  fifteen: "F IH F T IY N",
  sixteen: "S IH K S T IY N",
  seventeen: "S EH V AH N T IY N",
  eighteen: "EY T IY N",
  nineteen: "N AY N T IY N",
  twenty: "T W EH N T IY",
  thirty: "TH ER D IY",
  forty: "F AO R T IY",
  fifty: "F IH F T IY",
  sixty: "S IH K S T IY",
  seventy: "S EH V AH N T IY",
  eighty: "EY T IY",
  ninety: "N AY N T IY",
  hundred: "HH AH N D R AH D",
  thousand: "TH AW Z AH N D",
  million: "M IH L Y AH N",
  billion: "B IH L Y AH N",
  trillion: "T R IH L Y AH N",
  first: "F ER S T",
  second: "S EH K AH N D",
  third: "TH ER D",
  fifth: "F IH F TH",
  eighth: "EY T TH",
  ninth: "N AY N TH",
  twelfth: "T W EH L F TH",
  minus: "M AY N AH S",
  point: "P OY N T",
  percent: "P ER S EH N T",
  and: "AH N D",
  plus: "P L AH S",
};

const SMALL = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
];
const TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES = ["", "thousand", "million", "billion", "trillion"];
const ORDINALS: Readonly<Record<string, string>> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};

/** Marks that are read beside numbers and letters. */
export const MARKS: Readonly<Record<string, string>> = { "%": "percent", "&": "and", "+": "plus" };

/** Words of a whole number below a thousand. */
function below1000(n: number): string[] {
  if (n >= 100) return [SMALL[Math.floor(n / 100)]!, "hundred", ...(n % 100 ? below1000(n % 100) : [])];
  if (n < 20) return [SMALL[n]!];
  return [TENS[Math.floor(n / 10) - 2]!, ...(n % 10 ? [SMALL[n % 10]!] : [])];
}

/** Words of a whole number of at most 15 digits. */
function wholeOf(digits: string): string[] {
  if (/^0\d/.test(digits)) return [...digits].map((digit) => SMALL[Number(digit)]!); // 007
  const groups = digits
    .replace(/(?=(\d{3})+$)/g, " ")
    .trim()
    .split(" ")
    .map(Number);
  const words = groups.flatMap((n, i) => (n ? [...below1000(n), SCALES[groups.length - 1 - i]!] : []));
  return words.length ? words.filter(Boolean) : ["zero"];
}

/** A number in words: 24, 1,000, 3.14, -5, 21st; undefined for what is none, or has more than 15 digits. */
export function numberWords(text: string): string[] | undefined {
  const [, sign, whole, fraction, ending] =
    /^([-−])?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(st|nd|rd|th)?$/i.exec(text) ?? [];
  if (whole === undefined || whole.replaceAll(",", "").length > 15) return undefined;
  const words = wholeOf(whole.replaceAll(",", ""));
  if (ending !== undefined) {
    if (fraction !== undefined || /^0\d/.test(whole) || !isEnding(whole, ending.toLowerCase())) return undefined;
    words.push(ordinalOf(words.pop()!));
  }
  return [
    ...(sign ? ["minus"] : []),
    ...words,
    ...(fraction === undefined ? [] : ["point", ...[...fraction].map((digit) => SMALL[Number(digit)]!)]),
  ];
}

/** Whether an ordinal ends so: 1st, 12th, 22nd. */
function isEnding(whole: string, ending: string): boolean {
  const isTeen = /1\d$/.test(whole);
  return ending === ((!isTeen && ["th", "st", "nd", "rd"][Number(whole.at(-1))]) || "th");
}

/** twenty: twentieth. */
const ordinalOf = (word: string): string =>
  ORDINALS[word] ?? (word.endsWith("y") ? `${word.slice(0, -1)}ieth` : `${word}th`);

/** Sounds of the words of a number. */
export const soundsOf = (words: readonly string[]): string[] => words.flatMap((word) => soundOf(word).split(" "));

function soundOf(word: string): string {
  const own = SOUNDS[word];
  if (own !== undefined) return own;
  return word.endsWith("ieth") ? `${SOUNDS[`${word.slice(0, -4)}y`]} AH TH` : `${SOUNDS[word.slice(0, -2)]} TH`;
}
