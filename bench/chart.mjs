#!/usr/bin/env node
// Draws the ratios of a page of figures: how far each is from what it has to be, and from what it is to become.
//
//   node bench/chart.mjs docs/benchmarks-signaling.md docs/img/benchmarks-signaling.svg
//
// It reads the tables that the benches print: a heading that says what a row is, and below it lines of
// | ratio or figure | median | lowest to highest | at least or at most MUST | at least or at most AIM | … |
import { readFileSync, writeFileSync } from 'node:fs';

const [page, picture] = process.argv.slice(2);
if (!picture) {
  console.error('usage: node bench/chart.mjs PAGE PICTURE');
  process.exit(2);
}
const bars = [];
let heading = '';
let title = '';
for (const line of readFileSync(page, 'utf8').split('\n')) {
  if (line.startsWith('### ')) heading = line.slice(4);
  title = /^\| server \| (.*), median/.exec(line)?.[1] ?? title;
  const cells = line.split('|').map((cell) => cell.trim());
  const bound = (text) => /^at (least|most) ([\d.]+)$/.exec(text ?? '');
  const must = bound(cells[4]);
  if (!must) continue;
  const [low, high] = cells[3].split(' to ').map(Number);
  // More is better, and 1 is what has to be.
  const score = (value) => (must[1] === 'least' ? value / must[2] : must[2] / value);
  bars.push({
    heading, title, of: cells[1], shown: `${cells[2]} (${cells[4]})`, value: score(Number(cells[2])),
    range: [score(low), score(high)].toSorted((a, b) => a - b), aim: bound(cells[5]) && score(Number(bound(cells[5])[2])),
  });
}
// Which figure it is has to be said only where a row has several.
const label = ({ heading, title, of }) =>
  `${heading}${bars.some((bar) => bar.heading === heading && bar.title !== title) ? `, ${title}` : ''}: ${of}`;
if (bars.length === 0) throw new Error(`${page} has no ratios with bounds`);

const [left, width, line, top] = [360, 420, 30, 56];
const [least, most] = [0.1, 4];
const x = (score) => left + (width * Math.log(Math.min(Math.max(score, least), most) / least)) / Math.log(most / least);
const text = (s) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const colour = ({ value, aim }) => (value >= (aim ?? 1) ? '#1a7f37' : value >= 1 ? '#57ab5a' : '#bf8700');
const height = top + bars.length * line + 30;
const rows = bars.map((bar, i) => {
  const y = top + i * line;
  return `<text x="${left - 12}" y="${y + 15}" text-anchor="end">${text(label(bar))}</text>
<rect x="${left}" y="${y + 3}" width="${(x(bar.value) - left).toFixed(1)}" height="16" fill="${colour(bar)}"/>
<path d="M${x(bar.range[0]).toFixed(1)} ${y + 11}H${x(bar.range[1]).toFixed(1)}" class="range"/>${
  bar.aim ? `\n<path d="M${x(bar.aim).toFixed(1)} ${y + 1}v20" class="aim"/>` : ''}
<text x="${left + width + 12}" y="${y + 15}">${text(bar.shown)}</text>`;
});
writeFileSync(picture, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 190} ${height}" font-family="system-ui, sans-serif" font-size="13">
<title>Measured against what has to be</title>
<style>
text { fill: #1f2328 } .range { stroke: #1f2328; stroke-width: 2 } .must { stroke: #1f2328; stroke-width: 1.5 } .aim { stroke: #0969da; stroke-width: 2 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .range, .must { stroke: #e6edf3 } .aim { stroke: #58a6ff } }
</style>
<text x="${x(1)}" y="20" text-anchor="middle">must</text>
<text x="${left}" y="36">a tenth of it</text>
<text x="${left + width}" y="36" text-anchor="end">four times it; blue: the aim</text>
${rows.join('\n')}
<path d="M${x(1).toFixed(1)} 26V${height - 20}" class="must"/>
</svg>
`);
