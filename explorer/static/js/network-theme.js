// The colours of the picture, read from the page's own style sheets: light or dark, as the page is.
export function themed(scene) {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  const ties = {};
  for (const { category, color } of scene.edges) ties[category] ??= read(`--${category}`) || color.color;
  const marks = {
    region: [read("--region"), read("--accent")],
    province: [read("--accent"), read("--gold")],
    foreign: [read("--foreign"), read("--foreign-line")],
    country: [read("--foreign"), read("--foreign-line")],
    third: [read("--third"), read("--third-line")],
    quiet: [read("--sunk"), read("--edge")],
  };
  return {
    ink: read("--ink"), quiet: read("--quiet"), card: read("--card"), sunk: read("--sunk"),
    accent: read("--accent-ink"), font: read("--font") || "sans-serif", ties, marks,
  };
}

// vis-network writes no label: those are drawn, and thinned, by network-labels.js.
export function pointOf({ title, label, ...point }, { marks }) {
  const [background, border] = marks[point.group];
  const color = { background, border, highlight: { background, border }, hover: { background, border } };
  return { ...point, color };
}

export function lineOf(line, id, { ties }) {
  const color = ties[line.category];
  return { ...line, id, color: { ...line.color, color, hover: color, highlight: color } };
}
