/** Results of a sweep to look at: as a page, and as text for a terminal. */
export type { CurveData, SettingData, SweepData } from "./sweepData.js";
export { sweepPage } from "./sweepPage.js";
export { terminalChart, type TerminalChartOptions } from "./terminalChart.js";
