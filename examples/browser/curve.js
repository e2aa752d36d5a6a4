/** What the vertical axis shows: a logarithmic scale, with everything below at its foot. */
const [LOW, HIGH] = [0.01, 200];
const MARGIN = { left: 48, right: 10, top: 8, bottom: 34 };

/** Draws loss and wrong bits over the sequences seen. */
export function drawCurve(canvas, points) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = devicePixelRatio;
  const size = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);

  const style = getComputedStyle(canvas);
  const color = (name) => style.getPropertyValue(name);
  const last = points.at(-1)?.sequences ?? 0;
  const most = Math.max(1000, last);
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const x = (sequences) => MARGIN.left + (sequences / most) * inner.width;
  const y = (value) => {
    const share = Math.log(Math.min(Math.max(value, LOW), HIGH) / LOW) / Math.log(HIGH / LOW);
    return MARGIN.top + (1 - share) * inner.height;
  };

  context.font = `12px ${style.fontFamily}`;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const value of [0.01, 0.1, 1, 10, 100]) {
    line(context, color("--rule"), [MARGIN.left, y(value)], [width - MARGIN.right, y(value)]);
    context.fillStyle = color("--muted");
    context.fillText(value === LOW ? `≤ ${value}` : String(value), MARGIN.left - 6, y(value));
  }
  context.textBaseline = "alphabetic";
  const ticks = ticksTo(most, inner.width / 80);
  for (const tick of ticks) {
    context.textAlign = x(tick) > width - 24 ? "right" : tick ? "center" : "left";
    context.fillText(tick.toLocaleString("en"), Math.min(x(tick), width - 1), height - 18);
  }
  context.textAlign = "center";
  context.fillText("sequences seen", MARGIN.left + inner.width / 2, height - 3);

  for (const [name, dash, stroke] of [
    ["loss", [], "--loss"],
    ["wrong", [5, 4], "--wrong"],
  ]) {
    context.beginPath();
    for (const point of points) context.lineTo(x(point.sequences), y(point[name]));
    context.setLineDash(dash);
    context.lineWidth = 2;
    context.lineJoin = "round";
    context.strokeStyle = color(stroke);
    context.stroke();
    context.setLineDash([]);
  }
}

function line(context, color, from, to) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.strokeStyle = color;
  context.stroke();
}

/** Round numbers from 0 on, about so many. */
function ticksTo(most, count) {
  const rough = most / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}
