/** What a voice does for a while. */
export interface Phone {
  /** Centres of the first three formants of a man's voice, in Hz. Peterson & Barney 1952, for vowels. */
  readonly formants: readonly [number, number, number];
  /** How loud the vocal cords are, and how loud breath is, from 0 to 1. */
  readonly voice: number;
  readonly breath: number;
  /** Where breath hisses, in Hz. */
  readonly hiss: number;
  /** How long it lasts, in seconds. */
  readonly seconds: number;
}

/** Sounds of the digits' names. */
export const phones = {
  ah: { formants: [640, 1190, 2390], seconds: 0.1, voice: 1, breath: 0, hiss: 3000 },
  ai: { formants: [730, 1090, 2440], seconds: 0.12, voice: 1, breath: 0, hiss: 3000 },
  ao: { formants: [570, 840, 2410], seconds: 0.14, voice: 1, breath: 0, hiss: 3000 },
  eh: { formants: [530, 1840, 2480], seconds: 0.1, voice: 1, breath: 0, hiss: 3000 },
  er: { formants: [490, 1350, 1690], seconds: 0.08, voice: 1, breath: 0, hiss: 3000 },
  ey: { formants: [480, 1980, 2530], seconds: 0.1, voice: 1, breath: 0, hiss: 3000 },
  ih: { formants: [390, 1990, 2550], seconds: 0.08, voice: 1, breath: 0, hiss: 3000 },
  iy: { formants: [270, 2290, 3010], seconds: 0.12, voice: 1, breath: 0, hiss: 3000 },
  ow: { formants: [450, 900, 2300], seconds: 0.14, voice: 1, breath: 0, hiss: 3000 },
  uw: { formants: [300, 870, 2240], seconds: 0.16, voice: 1, breath: 0, hiss: 3000 },
  n: { formants: [280, 1700, 2600], seconds: 0.08, voice: 0.5, breath: 0, hiss: 3000 },
  r: { formants: [310, 1060, 1380], seconds: 0.07, voice: 0.7, breath: 0, hiss: 3000 },
  w: { formants: [290, 610, 2150], seconds: 0.06, voice: 0.7, breath: 0, hiss: 3000 },
  v: { formants: [220, 1100, 2080], seconds: 0.06, voice: 0.4, breath: 0.1, hiss: 2500 },
  z: { formants: [240, 1390, 2530], seconds: 0.09, voice: 0.4, breath: 0.3, hiss: 3600 },
  f: { formants: [340, 1100, 2080], seconds: 0.1, voice: 0, breath: 0.2, hiss: 2200 },
  s: { formants: [320, 1390, 2530], seconds: 0.12, voice: 0, breath: 0.6, hiss: 3600 },
  th: { formants: [320, 1290, 2540], seconds: 0.09, voice: 0, breath: 0.15, hiss: 2800 },
  t: { formants: [400, 1600, 2600], seconds: 0.03, voice: 0, breath: 0.7, hiss: 3300 },
  k: { formants: [300, 1990, 2850], seconds: 0.03, voice: 0, breath: 0.5, hiss: 1900 },
  hold: { formants: [500, 1500, 2500], seconds: 0.05, voice: 0, breath: 0, hiss: 3000 },
} as const satisfies Readonly<Record<string, Phone>>;

/** How each digit is said. */
export const digitPhones: readonly (readonly (keyof typeof phones)[])[] = [
  ["z", "ih", "r", "ow"],
  ["w", "ah", "n"],
  ["hold", "t", "uw"],
  ["th", "r", "iy"],
  ["f", "ao", "r"],
  ["f", "ai", "iy", "v"],
  ["s", "ih", "hold", "k", "s"],
  ["s", "eh", "v", "er", "n"],
  ["ey", "iy", "hold", "t"],
  ["n", "ai", "iy", "n"],
];
