// Names that never overlap: those of most agreements first, more of them the nearer one looks.
// They keep their size on the screen, so which of them fit depends on the scale alone; it is worked
// out when that changes, not while the picture is dragged.
import { extent } from "./network-view.js";

const SMALL = 12.5, LARGE = 17, GROWTH = 15; // px on the screen: smallest, largest, at scale 1
const TITLE = 13, LEAST_TITLE = 11, TITLE_GROWTH = 24; // px of a ground's title, likewise
const CELL = 160; // px of the grid that neighbours are looked up in
const STEP = 1.04; // a change of scale that is worth another look
const LINE = 1.16;
const BIG = 24; // px of a sign: that of the point that stands for the home province
const LARGER = 1.25; // how much larger its name is

export function labels(scene) {
  const weight = new Map();
  for (const { from, to, agreements } of scene.edges) {
    for (const id of [from, to]) weight.set(id, (weight.get(id) ?? 0) + agreements);
  }
  const rank = (p) => (p.group === "quiet" ? -1 : p.parties * 1e-6 + (weight.get(p.id) ?? 0));
  const points = scene.nodes.filter((p) => p.label).sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  const widths = new Map();
  let chosen = [], at = 0;

  const wide = (context, text, font) => {
    if (!widths.has(text)) {
      context.font = `600 100px ${font}`;
      widths.set(text, context.measureText(text).width / 100);
    }
    return widths.get(text);
  };

  // Where a name may stand: below its sign, or else above it, or in one line or two beside it.
  function spots(context, p, size, air, font) {
    const lines = p.label.split("\n");
    return [[lines, 0, 1], [lines, 0, -1], [[lines.join(" ")], 1, 0], [[lines.join(" ")], -1, 0], [lines, 1, 0], [lines, -1, 0]]
      .map(([words, across, down]) => {
        const width = Math.max(...words.map((line) => wide(context, line, font))) * size + air;
        const height = words.length * size * LINE;
        const x = p.x + across * (p.size + 3 + width / 2) - width / 2;
        const y = p.y + down * (p.size + 2 + height / 2) - height / 2;
        return { x, y, width, height, words };
      });
  }

  function choose(context, scale, font) {
    const size = sizeAt(scale), taken = grid();
    for (const p of scene.nodes) if (p.group !== "quiet") taken.put(around(p, p.size + 2), p.id);
    for (const f of scene.frames) if (f.title) taken.put({ x: f.x + 8, y: f.y + 2, width: wide(context, f.title, font) * titleAt(scale), height: titleAt(scale) * 1.5 });
    const found = [], all = extent(scene.frames);
    const outside = (box) => box.x < all.x || box.y < all.y || box.x + box.width > all.x + all.width || box.y + box.height > all.y + all.height;
    for (const p of points) {
      if (p.group === "quiet" && scale < 0.55) continue;
      const spot = spots(context, p, size * (p.size > BIG ? LARGER : 1), 4 / scale, font)
        .find((box) => !outside(box) && !taken.hits(box, p.id));
      if (!spot) continue;
      taken.put(spot, p.id);
      found.push({ ...p, spot });
    }
    return found;
  }

  return {
    draw(context, scale, view, colours, held) {
      if (!at || scale / at > STEP || at / scale > STEP) {
        chosen = choose(context, scale, colours.font);
        at = scale;
      }
      titles(context, scene.frames, scale, colours);
      const size = sizeAt(scale);
      context.textAlign = "center";
      context.textBaseline = "top";
      context.lineJoin = "round";
      for (const p of chosen) if (p.id !== held && inside(p, view)) write(context, p, size, scale, colours);
      const over = held && (chosen.find((p) => p.id === held) ?? scene.nodes.find((p) => p.id === held));
      if (over) write(context, { ...over, label: over.label || over.title }, size, scale, colours, true);
    },
    shown: () => chosen.length,
    again: () => { at = 0; widths.clear(); },
  };
}

function sizeAt(scale) {
  return Math.min(LARGE, Math.max(SMALL, GROWTH * scale)) / scale;
}

function titleAt(scale) {
  return Math.min(TITLE, Math.max(LEAST_TITLE, TITLE_GROWTH * scale)) / scale;
}

function write(context, point, size, scale, { ink, quiet, card, accent, font }, strong = false) {
  const large = point.size > BIG ? LARGER : 1;
  const { x, y: top } = point.spot ? { x: point.spot.x + point.spot.width / 2, y: point.spot.y } : { x: point.x, y: point.y + point.size + 2 };
  const high = size * large;
  context.font = `${strong || large > 1 ? 700 : 550} ${point.group === "quiet" && !strong ? high * 0.88 : high}px ${font}`;
  context.strokeStyle = card;
  context.lineWidth = 4 / scale;
  context.fillStyle = large > 1 ? accent : point.group === "quiet" && !strong ? quiet : ink;
  (point.spot?.words ?? point.label.split("\n")).forEach((line, n) => {
    const y = top + n * high * LINE;
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
  });
}

function titles(context, frames, scale, { sunk, quiet, font }) {
  const size = titleAt(scale);
  context.font = `700 ${size}px ${font}`;
  context.textAlign = "left";
  context.textBaseline = "top";
  context.lineWidth = 4 / scale;
  context.strokeStyle = sunk;
  context.fillStyle = quiet;
  for (const { title, x, y, width } of frames) {
    const words = title && cut(context, title, width - 12);
    if (!words) continue;
    context.strokeText(words, x + 9, y + 6);
    context.fillText(words, x + 9, y + 6);
  }
}

function cut(context, words, width) {
  if (context.measureText(words).width <= width) return words;
  let kept = words;
  while (kept && context.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1).trimEnd();
  return kept.length > 2 ? `${kept}…` : "";
}

function around({ x, y }, reach) {
  return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
}

function inside({ x, y }, { from, to }) {
  return x > from.x && x < to.x && y > from.y - 60 && y < to.y;
}

function grid() {
  const cells = new Map();
  const each = (box, use) => {
    for (let i = Math.floor(box.x / CELL); i <= Math.floor((box.x + box.width) / CELL); i++) {
      for (let j = Math.floor(box.y / CELL); j <= Math.floor((box.y + box.height) / CELL); j++) {
        if (use(`${i},${j}`)) return true;
      }
    }
    return false;
  };
  return {
    put(box, owner) {
      each(box, (key) => {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push({ ...box, owner });
      });
    },
    hits: (box, owner) => each(box, (key) => (cells.get(key) ?? []).some((other) => other.owner !== owner && touch(box, other))),
  };
}

function touch(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
