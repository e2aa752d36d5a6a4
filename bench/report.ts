import type { Measurement } from "./contest.js";

/** Nanoseconds, with a unit that leaves few digits. */
export function formatTime(nanoseconds: number): string {
  const [divisor, unit] = nanoseconds < 1e3 ? [1, "ns"] : nanoseconds < 1e6 ? [1e3, "us"] : [1e6, "ms"];
  const value = nanoseconds / divisor;
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}

export const formatRatio = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 2 : ratio < 100 ? 1 : 0)}x`;

const widths = [52, 11, 11, 11];

/** A line of the table: name, ours, theirs, theirs over ours, who. */
function line(name: string, ours: string, theirs: string, ratio: string, peer: string): string {
  const cells = [
    name.padEnd(widths[0]!),
    ours.padStart(widths[1]!),
    theirs.padStart(widths[2]!),
    ratio.padStart(widths[3]!),
  ];
  return `${cells.join("")}  ${peer}`;
}

export const heading = (group: string): string => `\n${line(group, "ours", "peer", "peer/ours", "peer")}`;

export function row({ name, peer, oursNs, peerNs, ratio }: Measurement): string {
  return line(name, formatTime(oursNs), formatTime(peerNs), formatRatio(ratio), peer);
}
