/* A matrix of links: one stop of the Tab key, arrow keys inside. Without this script each is a stop. */
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

function cells(table) {
  return [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td > a")]);
}

function place(grid, link) {
  const row = grid.findIndex((links) => links.includes(link));
  return row < 0 ? null : [row, grid[row].indexOf(link)];
}

function target(grid, [row, column], event) {
  const last = grid[row].length - 1;
  if (event.key === "Home") return grid[event.ctrlKey ? 0 : row][0];
  if (event.key === "End") return grid[event.ctrlKey ? grid.length - 1 : row][last];
  const step = STEPS[event.key];
  return step && grid[row + step[0]]?.[column + step[1]];
}

for (const table of document.querySelectorAll("table[data-matrix]")) {
  const grid = cells(table);
  grid.flat().forEach((link, number) => { link.tabIndex = number ? -1 : 0; });
  table.addEventListener("focusin", (event) => {
    const found = place(grid, event.target);
    if (!found) return;
    grid.flat().forEach((link) => { link.tabIndex = -1; });
    event.target.tabIndex = 0;
  });
  table.addEventListener("keydown", (event) => {
    const found = place(grid, event.target);
    const next = found && target(grid, found, event);
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  });
}
