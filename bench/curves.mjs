#!/usr/bin/env node
// Draws what a delivery costs as rooms, members and nodes grow, from the table that row 12 of the bench prints.
//
//   node bench/curves.mjs docs/benchmarks-signaling.md docs/img/benchmarks-growth.svg
//
// It reads lines of | rooms x members x nodes | median | lowest to highest | … |
import { readFileSync, writeFileSync } from 'node:fs';

const [page, picture] = process.argv.slice(2);
if (!picture) {
  console.error('usage: node bench/curves.mjs PAGE PICTURE');
  process.exit(2);
}
const points = [...readFileSync(page, 'utf8').matchAll(/^\| (\d+)x(\d+)x(\d+) \| ([\d.]+) \| ([\d.]+) to ([\d.]+) \|/gm)].map((found) => {
  const [rooms, members, nodes, cost, low, high] = found.slice(1).map(Number);
  return { rooms, members, nodes, cost, low, high };
});
const panels = [
  { title: 'rooms of 2', along: 'rooms', of: points.filter((p) => p.members === 2 && p.nodes === 1) },
  { title: 'members of each of 10 rooms', along: 'members', of: points.filter((p) => p.rooms === 10 && p.nodes === 1) },
  { title: 'nodes, 10 rooms of 5', along: 'nodes', of: points.filter((p) => p.rooms === 10 && p.members === 5) },
  { title: 'nodes, 100 rooms of 5', along: 'nodes', of: points.filter((p) => p.rooms === 100 && p.members === 5) },
];
for (const panel of panels) {
  if (panel.of.length < 2) throw new Error(`${page} has too few points for ${panel.title}`);
  panel.of.sort((a, b) => a[panel.along] - b[panel.along]);
}
const [width, height, left, top, gap] = [240, 180, 50, 40, 60];
const drawn = panels.map(({ title, along, of }, i) => {
  const from = left + i * (width + gap);
  const most = Math.max(...of.map((p) => p.high)) * 1.1;
  const y = (cost) => top + height - (height * cost) / most;
  const x = (p) => from + 15 + ((width - 30) * Math.log(p[along] / of[0][along])) / Math.log(of.at(-1)[along] / of[0][along]);
  const marks = of.map((p) => `<path d="M${x(p).toFixed(1)} ${y(p.low).toFixed(1)}V${y(p.high).toFixed(1)}" class="range"/>
<circle cx="${x(p).toFixed(1)}" cy="${y(p.cost).toFixed(1)}" r="3.5"/>
<text x="${x(p).toFixed(1)}" y="${y(p.high).toFixed(1) - 6}" text-anchor="middle" class="small">${p.cost}</text>
<text x="${x(p).toFixed(1)}" y="${top + height + 18}" text-anchor="middle">${p[along]}</text>`);
  return `<text x="${from + width / 2}" y="${top + height + 38}" text-anchor="middle">${title}</text>
<path d="M${from} ${top + height}h${width}" class="axis"/>
<path d="M${of.map((p) => `${x(p).toFixed(1)} ${y(p.cost).toFixed(1)}`).join('L')}" class="curve"/>
${marks.join('\n')}`;
});
writeFileSync(picture, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + panels.length * (width + gap)} ${top + height + 50}" font-family="system-ui, sans-serif" font-size="13">
<title>What a delivery costs as rooms, members and nodes grow</title>
<style>
text { fill: #1f2328 } .small { font-size: 11px } .axis { stroke: #8c959f } .range { stroke: #0969da } .curve { stroke: #0969da; stroke-width: 2; fill: none } circle { fill: #0969da }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .range, .curve { stroke: #58a6ff } circle { fill: #58a6ff } }
</style>
<text x="${left}" y="18">µs of CPU a delivery, Redis and all nodes counted; each from zero to its own height</text>
${drawn.join('\n')}
</svg>
`);
