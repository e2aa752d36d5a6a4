/** Control characters as their pictures, so that nothing in a text reaches the terminal as a command. */
export function visible(text: string): string {
  return text
    .replace(/[\0-\x1f]/g, (character) => String.fromCharCode(0x2400 + character.charCodeAt(0)))
    .replace(/\x7f/g, "\u2421")
    .replace(/[\x80-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/gu, "\ufffd");
}
