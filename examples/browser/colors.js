/**
 * From nothing to all, on either ground: "inferno" (https://bids.github.io/colormap, CC0) on dark, and from paper to
 * ink on light. Lightness only ever rises or falls, so that the scale reads without colour too.
 */
const scales = {
  dark: [
    [18, 18, 26],
    [48, 16, 84],
    [101, 21, 110],
    [159, 42, 99],
    [212, 72, 66],
    [245, 125, 21],
    [250, 193, 39],
    [252, 255, 164],
  ],
  light: [
    [246, 245, 250],
    [221, 208, 240],
    [193, 162, 226],
    [163, 113, 208],
    [130, 66, 182],
    [95, 31, 143],
    [62, 12, 97],
    [33, 2, 54],
  ],
};
const wrong = {
  dark: [
    [70, 130, 140],
    [64, 224, 240],
  ],
  light: [
    [244, 160, 140],
    [214, 40, 20],
  ],
};

const dark = matchMedia("(prefers-color-scheme: dark)");
const scheme = () => (dark.matches ? "dark" : "light");

/** Calls back when the page's colours have changed. */
export const onSchemeChange = (listener) => dark.addEventListener("change", listener);

/** The colour of a value from 0 to 1. */
export const heat = (value) => mix(scales[scheme()], value);

/** The same for a bit that is wrong. */
export const heatOfWrong = (value) => mix(wrong[scheme()], value);

function mix(stops, value) {
  const at = Math.min(Math.max(value, 0), 1) * (stops.length - 1);
  const i = Math.min(Math.floor(at), stops.length - 2);
  return stops[i].map((channel, c) => Math.round(channel + (stops[i + 1][c] - channel) * (at - i)));
}
