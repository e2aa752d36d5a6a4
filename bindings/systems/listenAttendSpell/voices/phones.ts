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

const phone = (
  formants: Phone["formants"],
  seconds: number,
  { voice = 1, breath = 0, hiss = 3000 }: Partial<Phone> = {},
): Phone => ({ formants, voice, breath, hiss, seconds });

const still = (seconds: number): Phone => phone([500, 1500, 2500], seconds, { voice: 0 });

/** Sounds of the digits' names. */
const phones = {
  ah: phone([640, 1190, 2390], 0.1),
  ai: phone([730, 1090, 2440], 0.12),
  ao: phone([570, 840, 2410], 0.14),
  eh: phone([530, 1840, 2480], 0.1),
  er: phone([490, 1350, 1690], 0.08),
  ey: phone([480, 1980, 2530], 0.1),
  ih: phone([390, 1990, 2550], 0.08),
  iy: phone([270, 2290, 3010], 0.12),
  ow: phone([450, 900, 2300], 0.14),
  uw: phone([300, 870, 2240], 0.16),
  n: phone([280, 1700, 2600], 0.08, { voice: 0.5 }),
  r: phone([310, 1060, 1380], 0.07, { voice: 0.7 }),
  w: phone([290, 610, 2150], 0.06, { voice: 0.7 }),
  v: phone([220, 1100, 2080], 0.06, { voice: 0.4, breath: 0.1, hiss: 2500 }),
  z: phone([240, 1390, 2530], 0.09, { voice: 0.4, breath: 0.3, hiss: 3600 }),
  f: phone([340, 1100, 2080], 0.1, { voice: 0, breath: 0.2, hiss: 2200 }),
  s: phone([320, 1390, 2530], 0.12, { voice: 0, breath: 0.6, hiss: 3600 }),
  th: phone([320, 1290, 2540], 0.09, { voice: 0, breath: 0.15, hiss: 2800 }),
  t: phone([400, 1600, 2600], 0.03, { voice: 0, breath: 0.7, hiss: 3300 }),
  k: phone([300, 1990, 2850], 0.03, { voice: 0, breath: 0.5, hiss: 1900 }),
  hold: still(0.05),
} as const satisfies Readonly<Record<string, Phone>>;

/** How each digit is said. */
export const digitPhones: readonly (readonly Phone[])[] = (
  [
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
  ] as const
).map((names) => names.map((name) => phones[name]));
