/** Names of letters, as the CMU dictionary writes sounds. */
const NAMES: Readonly<Record<string, string>> = {
  a: "EY",
  b: "B IY",
  c: "S IY",
  d: "D IY",
  e: "IY",
  f: "EH F",
  g: "JH IY",
  h: "EY CH",
  i: "AY",
  j: "JH EY",
  k: "K EY",
  l: "EH L",
  m: "EH M",
  n: "EH N",
  o: "OW",
  p: "P IY",
  q: "K Y UW",
  r: "AA R",
  s: "EH S",
  t: "T IY",
  u: "Y UW",
  v: "V IY",
  w: "D AH B AH L Y UW",
  x: "EH K S",
  y: "W AY",
  z: "Z IY",
};

/** Consonants that 25 words and more of the CMU dictionary begin with, without those of names alone. */
const ONSETS =
  "b bl br c ch chr cl cr d dr dw f fl fr g gh gl gn gr h j k kh kl kn kr l m mc n p ph phr pl pr ps q r rh " +
  "s sc sch scl scr sh shr sk sl sm sn sp spl spr sq st str sv sw t th thr thw tr tw v w wh wr x z";

/** Consonants that such words end in, and those of common words that are fewer. */
const CODAS =
  "b bs bt bts c ch ck cks cs ct cts d dd ds dth f ff ffs fs ft fth fths fts g gg ggs gh ghs ght ghts gn " +
  "gns gs gth h k ks l lb lbs lch ld lds lf lfth lk lks ll lls lm lms lp lph lps ls lt lth lts m mb mbs mm " +
  "mn mns mp mps mpt mpts ms n nch nd nds ng ngs ngth ngths nk nks nn ns nt nth nths nts nx p ph phs pp ps " +
  "pt pth pths pts r rb rbs rc rch rd rds rf rfs rg rgs rk rks rl rld rlds rls rm rms rmth rn rns rp rps rr " +
  "rs rsh rst rsts rt rth rths rts s sh sk sks sm sms sp sps ss st sts t tch th thm thms ths ts tt tts v vs " +
  "w wl wls wn wns ws x xt xth xts z zz";

/** Could be read, and are said by their letters all the same. */
const SPELT =
  "ACLU AI AKA AOL API AWS CEO CFO CIA CIO DIY EPA ETA EU FAQ ID IO IP IPO IQ IRS ISP IUD MIT NYC NYU OK " +
  "ROI SOS SUV UAE UCLA UFO UI UK UN UPS URI URL USA USDA VIP";

/** Whether a word is one of a list of words with blanks between. */
const isIn = (list: string, word: string): boolean => ` ${list} `.includes(` ${word} `);
const isOnset = (cluster: string): boolean => !cluster || isIn(ONSETS, cluster);
const isCoda = (cluster: string): boolean => !cluster || isIn(CODAS, cluster);

/** Whether English can say these capitals as a word. */
export function isReadable(capitals: string): boolean {
  if (isIn(SPELT, capitals)) return false;
  const word = capitals.toLowerCase();
  if (!/[aeiouy]/.test(word) || !/[^aeiou]/.test(word)) return false;
  const clusters = word.split(/[aeiouy]+/);
  const isLast = (i: number): boolean => i === clusters.length - 1;
  return clusters.every((cluster, i) => {
    if (!i) return isOnset(cluster);
    return isLast(i) ? isCoda(cluster) : isBetween(cluster);
  });
}

/** Whether consonants between vowels are the end of a syllable and the beginning of the next. */
const isBetween = (cluster: string): boolean =>
  Array.from({ length: cluster.length + 1 }, (_, i) => i).some(
    (i) => isCoda(cluster.slice(0, i)) && isOnset(cluster.slice(i)),
  );

/** The sounds of a word's letters; undefined where one is no letter of English. */
export function spelt(word: string): string[] | undefined {
  const names = [...word.toLowerCase()].map((letter) => NAMES[letter]);
  return names.every((name) => name !== undefined) ? names.flatMap((name) => name.split(" ")) : undefined;
}

/** Sounds with the s of a plural or a genitive behind them. */
export function withS(sounds: readonly string[]): string[] {
  const last = sounds.at(-1)!;
  if (["S", "Z", "SH", "ZH", "CH", "JH"].includes(last)) return [...sounds, "IH", "Z"];
  return [...sounds, ["P", "T", "K", "F", "TH"].includes(last) ? "S" : "Z"];
}
