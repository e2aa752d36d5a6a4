/** Tables of twenty kinds, written as people write them, with their numbers beside them as whole numbers of a last digit. */
import type { Random } from "../../bindings/common/random/philox.js";

/** A column of numbers: units of its last decimal, undefined where a cell is missing. */
export interface Measure {
  readonly name: string;
  readonly decimals: number;
  readonly unit: string;
  readonly values: readonly (bigint | undefined)[];
  readonly texts: readonly string[];
}

/** A table and what its cells mean. */
export interface KindTable {
  readonly kind: string;
  readonly text: string;
  /** Names of rows: a column in which no cell comes twice. */
  readonly entity: { readonly name: string; readonly plural: string; readonly texts: readonly string[] };
  readonly category: { readonly name: string; readonly texts: readonly string[] };
  readonly measures: readonly Measure[];
  /** A column of yes and no, whose name says what is so. */
  readonly flag?: { readonly name: string; readonly is: readonly boolean[] };
  /** A column of days. */
  readonly days?: { readonly name: string; readonly years: readonly number[] };
  readonly decimal?: "comma";
}

type Write = (units: bigint, decimals: number) => string;

interface Kind {
  readonly kind: string;
  readonly entity: readonly [name: string, plural: string, stem: string];
  readonly category: readonly [name: string, values: readonly string[]];
  readonly measures: readonly (readonly [
    name: string,
    decimals: number,
    least: number,
    most: number,
    write: Write,
    unit: string,
  ])[];
  readonly flag?: readonly [name: string, yes: string, no: string];
  readonly days?: string;
  readonly delimiter?: string;
  /** Told where it is no decimal point: columns may hold nothing that shows it. */
  readonly decimal?: "comma";
  readonly missing?: string;
  readonly end?: string;
}

const digits = (units: bigint, decimals: number, point: string, groups = ""): string => {
  const size = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const [whole, fraction] = [size.slice(0, size.length - decimals), size.slice(size.length - decimals)];
  const grouped = groups ? whole.replace(/\B(?=(\d{3})+$)/g, groups) : whole;
  return `${grouped}${decimals ? `${point}${fraction}` : ""}`;
};
const signed = (units: bigint, text: string): string => (units < 0n ? `-${text}` : text);
const plain: Write = (units, decimals) => signed(units, digits(units, decimals, "."));
const thousands: Write = (units, decimals) => signed(units, digits(units, decimals, ".", ","));
const comma: Write = (units, decimals) => signed(units, digits(units, decimals, ","));
const european: Write = (units, decimals) => signed(units, digits(units, decimals, ",", "."));
const swiss: Write = (units, decimals) => signed(units, digits(units, decimals, ".", "'"));
const spaced: Write = (units, decimals) => signed(units, digits(units, decimals, ",", "\u202f"));
const brackets: Write = (units, decimals) =>
  units < 0n ? `(${digits(units, decimals, ".")})` : digits(units, decimals, ".");
const trailing: Write = (units, decimals) => `${digits(units, decimals, ".")}${units < 0n ? "-" : ""}`;
const minus: Write = (units, decimals) => plain(units, decimals).replace("-", "−");
const before =
  (unit: string, write: Write): Write =>
  (units, decimals) =>
    units < 0n ? `-${unit}${write(-units, decimals)}` : `${unit}${write(units, decimals)}`;
const behind =
  (unit: string, write: Write): Write =>
  (units, decimals) =>
    `${write(units, decimals)}${unit}`;

const KINDS: readonly Kind[] = [
  {
    kind: "towns",
    entity: ["Town", "towns", "Oak"],
    category: ["County", ["Kent", "Devon", "Essex", "Surrey"]],
    measures: [
      ["Residents", 0, 900, 4_000_000, thousands, ""],
      ["Area", 1, 5, 900, behind(" km²", plain), "km²"],
    ],
  },
  {
    kind: "goals",
    entity: ["Striker", "strikers", "Rui"],
    category: ["Club", ["Porto", "Benfica", "Braga"]],
    measures: [
      ["Goals", 0, 0, 40, plain, ""],
      ["Matches", 0, 1, 60, plain, ""],
    ],
  },
  {
    kind: "box office",
    entity: ["Movie", "movies", "Night"],
    category: ["Studio", ["Orion", "Vega", "Lyra"]],
    measures: [
      ["Gross", 0, 100_000_000, 100_000_040, plain, ""],
      ["Screens", 0, 10, 5000, thousands, ""],
    ],
  },
  {
    kind: "accounts, semicolons",
    decimal: "comma",
    entity: ["Konto", "kontos", "K"],
    category: ["Bereich", ["Nord", "West", "Ost"]],
    measures: [
      ["Betrag", 2, -90_000, 90_000, comma, ""],
      ["Posten", 0, 1, 80, plain, ""],
    ],
    delimiter: ";",
  },
  {
    kind: "invoices, points for thousands",
    decimal: "comma",
    entity: ["Rechnung", "Rechnung", "Re"],
    category: ["Land", ["Polen", "Italien", "Spanien"]],
    measures: [
      ["Summe", 2, 900, 2_000_000, european, ""],
      ["Menge", 0, 1, 900, plain, ""],
    ],
    delimiter: ";",
  },
  {
    kind: "ledger in brackets",
    entity: ["Entry", "entries", "Bill"],
    category: ["Side", ["Office", "Travel", "Food"]],
    measures: [
      ["Amount", 2, -900, 900, brackets, ""],
      ["Pages", 0, 1, 9, plain, ""],
    ],
  },
  {
    kind: "ledger with signs behind",
    entity: ["Voucher", "vouchers", "V"],
    category: ["Desk", ["Alpha", "Bravo", "Delta"]],
    measures: [
      ["Balance", 2, -5000, 5000, trailing, ""],
      ["Notes", 0, 0, 9, plain, ""],
    ],
    delimiter: "|",
  },
  {
    kind: "weather",
    entity: ["Station", "stations", "Fell"],
    category: ["Region", ["Highlands", "Lowlands", "Coast"]],
    measures: [
      ["Temperature", 1, -30, 40, behind(" °C", minus), "°C"],
      ["Rainfall", 1, 0, 300, behind(" mm", plain), "mm"],
    ],
    missing: "n/a",
  },
  {
    kind: "trails",
    entity: ["Trail", "trails", "Ridge"],
    category: ["Level", ["easy", "hard", "moderate"]],
    measures: [
      ["Length", 1, 1, 60, behind(" km", plain), "km"],
      ["Climb", 0, 0, 2500, behind(" m", thousands), "m"],
    ],
    delimiter: "\t",
  },
  {
    kind: "parcels, decimal commas",
    decimal: "comma",
    entity: ["Parcel", "parcels", "Box"],
    category: ["Carrier", ["Swift", "Robin", "Heron"]],
    measures: [
      ["Weight", 3, 0, 30, comma, ""],
      ["Items", 0, 1, 40, plain, ""],
    ],
    delimiter: ";",
  },
  {
    kind: "shares",
    entity: ["Party", "parties", "Rose"],
    category: ["Wing", ["left", "right", "centre"]],
    measures: [
      ["Share", 1, 0, 50, behind("%", plain), "%"],
      ["Seats", 0, 0, 200, plain, ""],
    ],
  },
  {
    kind: "prices in euros",
    entity: ["Product", "products", "Mug"],
    category: ["Shelf", ["upper", "lower shelf", "middle"]],
    measures: [
      ["Price", 2, 1, 900, before("€", thousands), "€"],
      ["Stock", 0, 0, 5000, plain, ""],
    ],
    missing: "",
  },
  {
    kind: "long identifiers",
    entity: ["Device", "devices", "Node"],
    category: ["Rack", ["Q2", "A2", "B7"]],
    measures: [
      ["Serial", 0, 0, 900, (units) => (208_310_224_003_697_000n + units).toString(), ""],
      ["Watts", 0, 1, 90, plain, ""],
    ],
  },
  {
    kind: "patients",
    entity: ["Patient", "patients", "Pat"],
    category: ["Ward", ["Maple", "Cedar", "Birch"]],
    measures: [
      ["Age", 0, 1, 99, plain, ""],
      ["Charge", 2, 10, 9000, thousands, ""],
    ],
    flag: ["Recovered", "1", "0"],
  },
  {
    kind: "members",
    entity: ["Member", "members", "Mia"],
    category: ["Plan", ["Basic", "Silver", "Gold"]],
    measures: [
      ["Visits", 0, 0, 300, plain, ""],
      ["Fee", 2, 5, 90, before("$", plain), "$"],
    ],
    flag: ["Active", "yes", "no"],
  },
  {
    kind: "orders by day",
    entity: ["Order", "orders", "Ord"],
    category: ["Channel", ["shop", "phone", "online"]],
    measures: [
      ["Total value", 2, 1, 900, plain, ""],
      ["Pieces", 0, 1, 50, plain, ""],
    ],
    days: "Placed on",
  },
  {
    kind: "Swiss numbers",
    entity: ["Gemeinde", "Gemeinde", "Dorf"],
    category: ["Kanton", ["Uri", "Zug", "Jura"]],
    measures: [
      ["Einwohner", 0, 100, 900_000, swiss, ""],
      ["Steuer", 2, 1, 3, plain, ""],
    ],
    delimiter: ";",
  },
  {
    kind: "French numbers",
    decimal: "comma",
    entity: ["Ville", "Ville", "Val"],
    category: ["Département", ["Isère", "Drôme", "Hérault"]],
    measures: [
      ["Habitants", 1, 100, 900_000, spaced, ""],
      ["Écoles", 0, 1, 90, plain, ""],
    ],
    delimiter: "\t",
  },
  {
    kind: "camel case",
    entity: ["ModelName", "model names", "Zed"],
    category: ["FuelType", ["diesel", "petrol", "electric"]],
    measures: [
      ["TopSpeed", 0, 90, 320, plain, ""],
      ["unit_price", 2, 9000, 90_000, plain, ""],
    ],
  },
  {
    kind: "one row in five is missing",
    entity: ["Lake", "lakes", "Loch"],
    category: ["Basin", ["northern", "southern", "eastern"]],
    measures: [
      ["Depth", 1, 1, 400, behind(" m", plain), "m"],
      ["Volume", 2, 1, 90, plain, ""],
    ],
    missing: "-",
    end: "\r",
  },
];

/** How many kinds there are. */
export const kinds = KINDS.length;

/** A table of a kind, with 6 to 20 rows. */
export function drawTable(random: Random, which: number): KindTable {
  const { kind, entity, category, measures, flag, days, delimiter = ",", decimal, missing, end = "\n" } = KINDS[which]!;
  const rows = random.integer(6, 20);
  const each = <T>(draw: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => draw(row));
  const names = each((row) => `${entity[2]} ${String.fromCharCode(65 + row)}${random.integer(10, 99)}`);
  const groups = each(() => category[1][random.integer(0, category[1].length - 1)]!);
  const drawn = measures.map(([name, decimals, least, most, write, unit]): Measure => {
    const scale = 10 ** decimals;
    const values = each(() => {
      if (missing !== undefined && random.integer(0, 4) === 0) return undefined;
      return BigInt(random.integer(least * scale, most * scale));
    });
    // A column whose marks nobody can tell apart is another matter.
    return {
      name,
      decimals,
      unit,
      values,
      texts: values.map((value) => (value === undefined ? missing! : write(value, decimals))),
    };
  });
  const shifted = kind === "long identifiers" ? drawn.map((measure) => unshifted(measure)) : drawn;
  const is = each(() => random.integer(0, 1) === 1);
  const years = each(() => random.integer(2011, 2019));
  const date = (year: number): string =>
    `${year}-${String(random.integer(1, 12)).padStart(2, "0")}-${String(random.integer(1, 28)).padStart(2, "0")}`;
  const columns = [
    [entity[0], ...names],
    [category[0], ...groups],
    ...drawn.map(({ name, texts }) => [name, ...texts]),
    ...(flag ? [[flag[0], ...is.map((one) => (one ? flag[1] : flag[2]))]] : []),
    ...(days !== undefined ? [[days, ...years.map(date)]] : []),
  ];
  const quoted = (cell: string): string =>
    cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
  const lines = Array.from({ length: rows + 1 }, (_, row) =>
    columns.map((column) => quoted(column[row]!)).join(delimiter),
  );
  return {
    kind,
    text: `${lines.join(end)}${end}`,
    entity: { name: entity[0], plural: entity[1], texts: names },
    category: { name: category[0], texts: groups },
    measures: shifted,
    ...(flag && { flag: { name: flag[0], is } }),
    ...(days !== undefined && { days: { name: days, years } }),
    ...(decimal && { decimal }),
  };
}

/** Long identifiers mean what is written. */
function unshifted(measure: Measure): Measure {
  if (measure.name !== "Serial") return measure;
  return { ...measure, values: measure.texts.map((text) => BigInt(text)) };
}
