/** A curve on a logarithmic axis of sizes. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

const [WIDTH, HEIGHT, MARGIN] = [720, 360, 60];
const COLOURS = ["#1f6feb", "#bf5700"];

/** A small line chart as SVG text; readable on light and dark pages. */
export function plot(title: string, curves: readonly Curve[]): string {
  const points = curves.flatMap((curve) => curve.points);
  const [least, most] = [Math.min(...points.map(({ at }) => at)), Math.max(...points.map(({ at }) => at))];
  const highest = Math.max(...points.map(({ value }) => value)) * 1.1;
  const x = (at: number) =>
    MARGIN + ((WIDTH - 2 * MARGIN) * Math.log(at / least)) / Math.log(Math.max(most / least, Math.E));
  const y = (value: number) => HEIGHT - MARGIN - ((HEIGHT - 2 * MARGIN) * value) / highest;
  const text = (atX: number, atY: number, words: string, anchor = "middle", colour = "#777") =>
    `<text x="${round(atX)}" y="${round(atY)}" text-anchor="${anchor}" fill="${colour}">${words}</text>`;
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="#777" stroke-opacity="0.4"/>`;
  const decades: number[] = [];
  for (let size = 10 ** Math.ceil(Math.log10(least)); size <= most; size *= 10) decades.push(size);
  const parts = [
    text(MARGIN, MARGIN / 2, title, "start"),
    ...decades.flatMap((size) => [
      line(x(size), y(0), x(size), y(highest)),
      text(x(size), HEIGHT - MARGIN + 20, size.toLocaleString("en-US")),
    ]),
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((part) => [
      line(MARGIN, y(highest * part), WIDTH - MARGIN, y(highest * part)),
      text(MARGIN - 8, y(highest * part) + 4, String(Math.round(highest * part)), "end"),
    ]),
    ...curves.flatMap(({ name, points: own }, index) => {
      const colour = COLOURS[index % COLOURS.length] ?? "#777";
      const path = own.map(({ at, value }) => `${round(x(at))},${round(y(value))}`).join(" ");
      return [
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...own.map(({ at, value }) => `<circle cx="${round(x(at))}" cy="${round(y(value))}" r="3" fill="${colour}"/>`),
        text(WIDTH - MARGIN, MARGIN / 2 + index * 16, name, "end", colour),
      ];
    }),
  ];
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`;
  return `${head}\n<title>${title}</title>\n${parts.join("\n")}\n</svg>\n`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
