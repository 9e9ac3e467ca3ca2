// The interactive network. Places come from the server, so nothing moves; the picture that stands
// still is replaced only once this one is drawn, and the table below says the same.
const holder = document.getElementById("network");
const source = document.getElementById("scene");
const ZOOM = { in: 1.35, out: 1 / 1.35 };
const READABLE = 0.72; // the scale below which labels of 16 px are too small to read
if (holder && source && window.vis) draw(JSON.parse(source.textContent));

function draw(scene) {
  const colours = themed(scene);
  holder.hidden = false;
  document.getElementById("still").hidden = true;
  holder.parentElement.querySelector(".tools").hidden = false;
  holder.style.setProperty("--shape", shapeOf(scene.frames));
  const nodes = new vis.DataSet(scene.nodes.map((point) => drawn(point, colours)));
  const edges = new vis.DataSet(scene.edges.map((line, id) => stroke(line, id, colours)));
  const options = { ...scene.options, autoResize: true };
  options.nodes = { ...options.nodes, font: { ...options.nodes.font, color: colours.ink, strokeColor: colours.card } };
  const network = new vis.Network(holder, { nodes, edges }, options);
  network.on("beforeDrawing", (context) => grounds(context, scene.frames, colours));
  network.on("afterDrawing", (context) => titles(context, scene.frames, colours));
  look(network, scene);
  emphasis(network, edges, scene);
  tooltip(network, new Map(scene.nodes.map((point) => [point.id, point.title])), scene.urls);
  network.on("click", ({ nodes: [id] }) => {
    if (id !== undefined && scene.urls[id]) window.location.assign(scene.urls[id]);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) network.redraw();
  });
  document.fonts?.ready.then(() => network.redraw());
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      const step = ZOOM[button.dataset.zoom];
      if (step) network.moveTo({ scale: network.getScale() * step });
      else whole(network, scene);
    });
  }
  holder.dataset.drawn = "true";
}

function themed(scene) {
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
    quiet: [read("--sunk"), read("--line")],
  };
  return { ink: read("--ink"), quiet: read("--quiet"), card: read("--card"), sunk: read("--sunk"), font: read("--font"), ties, marks };
}

function drawn({ title, ...point }, { marks }) {
  const [background, border] = marks[point.group];
  const color = { background, border, highlight: { background, border }, hover: { background, border } };
  return { ...point, color };
}

function stroke(line, id, { ties }) {
  const color = ties[line.category];
  return { ...line, id, color: { ...line.color, color, hover: color, highlight: color } };
}

function extent(frames) {
  const left = Math.min(...frames.map((f) => f.x)) - 16;
  const top = Math.min(...frames.map((f) => f.y)) - 16;
  const right = Math.max(...frames.map((f) => f.x + f.width)) + 16;
  const bottom = Math.max(...frames.map((f) => f.y + f.height)) + 16;
  return { left, top, width: right - left, height: bottom - top };
}

function shapeOf(frames) {
  const { width, height } = extent(frames);
  return `${width} / ${height}`;
}

function whole(network, scene) {
  const { left, top, width, height } = extent(scene.frames);
  const scale = Math.min(holder.clientWidth / width, holder.clientHeight / height);
  network.moveTo({ position: { x: left + width / 2, y: top + height / 2 }, scale });
}

// Everything where that can be read; otherwise the middle of the home province, to be dragged.
function look(network, scene) {
  whole(network, scene);
  if (network.getScale() < READABLE * 0.75) network.moveTo({ position: middle(scene), scale: READABLE });
}

function middle(scene) {
  const shown = scene.nodes.filter((point) => point.group !== "quiet");
  const home = shown.filter((point) => point.group === "region" || point.group === "province");
  const among = home.length ? home : shown;
  const mean = (axis) => among.reduce((sum, point) => sum + point[axis], 0) / among.length;
  return { x: mean("x"), y: mean("y") };
}

function grounds(context, frames, { sunk }) {
  for (const frame of frames) {
    context.fillStyle = sunk;
    context.beginPath();
    context.roundRect(frame.x, frame.y, frame.width, frame.height, 14);
    context.fill();
  }
}

function titles(context, frames, { sunk, quiet, font }) {
  context.font = `700 15px ${font}`;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.lineWidth = 5;
  context.strokeStyle = sunk;
  context.fillStyle = quiet;
  for (const { title, x, y } of frames) {
    context.strokeText(title, x + 12, y + 20);
    context.fillText(title, x + 12, y + 20);
  }
}

// Pointing at a place leaves only its own ties strong.
function emphasis(network, edges, scene) {
  const set = (opacityOf) =>
    edges.update(edges.map((line) => ({ id: line.id, color: { ...line.color, opacity: opacityOf(line) } })));
  network.on("hoverNode", ({ node }) => set((line) => (line.from === node || line.to === node ? 1 : 0.05)));
  network.on("blurNode", () => set((line) => scene.edges[line.id].color.opacity));
}

function tooltip(network, hints, urls) {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  network.on("hoverNode", ({ node, event }) => {
    tip.textContent = hints.get(node) ?? "";
    tip.style.left = `${Math.min(event.pageX + 14, document.documentElement.clientWidth - 320)}px`;
    tip.style.top = `${event.pageY + 14}px`;
    tip.hidden = false;
    holder.style.cursor = urls[node] ? "pointer" : "default";
  });
  network.on("blurNode", () => {
    tip.hidden = true;
    holder.style.cursor = "";
  });
}
