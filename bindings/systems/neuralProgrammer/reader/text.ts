/** A text as it is compared: composed, in small letters, with plain quotes and single blanks. */
export const normal = (text: string): string => plain(text).toLowerCase();

/** The same in its own letters. */
export const plain = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[‘’´`]/g, "'")
    .replace(/[“”«»„]/g, '"')
    .replace(/\s+/g, " ")
    .trim();

/** The plural of a word, and other ways to write a name with another number. */
export function numbersOf(name: string): string[] {
  const forms = [name, `${name}s`];
  if (/(s|x|z|ch|sh)$/.test(name)) forms.push(`${name}es`);
  if (/[^aeiou]y$/.test(name)) forms.push(`${name.slice(0, -1)}ies`);
  if (/ies$/.test(name)) forms.push(`${name.slice(0, -3)}y`);
  if (/(ss|x|z|ch|sh)es$/.test(name)) forms.push(name.slice(0, -2));
  if (/[^s]s$/.test(name) && name.length > 3) forms.push(name.slice(0, -1));
  return forms;
}

/** The words of a name: "retail price" of "RetailPrice" and "retail_price". */
export const spelledOut = (name: string): string =>
  name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replace(/[_]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
