/** A setting of a run, such as its seed, as tables of runs show it. */
export type Setting = string | number | boolean;

/** Settings by name. */
export type Settings = Readonly<Record<string, Setting>>;
