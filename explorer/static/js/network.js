// The interactive network: places come from the server, so nothing moves; the table below says the same.
const holder = document.getElementById("network");
const source = document.getElementById("scene");
if (holder && source) draw(JSON.parse(source.textContent));

function draw(scene) {
  const ink = getComputedStyle(document.body).color;
  const hints = new Map(scene.nodes.map((point) => [point.id, point.title]));
  const nodes = scene.nodes.map(({ title, ...point }) => ({ ...point, font: { ...scene.options.nodes.font, color: ink } }));
  const edges = scene.edges.map((line, id) => ({ ...line, id }));
  const network = new vis.Network(
    holder,
    { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) },
    { ...scene.options, autoResize: true },
  );
  network.fit();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) network.redraw();
  });
  network.on("click", ({ nodes: [id] }) => {
    if (id !== undefined && scene.urls[id]) window.location.assign(scene.urls[id]);
  });
  tooltip(network, hints);
  const zoom = { in: 1.35, out: 1 / 1.35 };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      const step = zoom[button.dataset.zoom];
      if (step) network.moveTo({ scale: network.getScale() * step });
      else network.fit();
    });
  }
  holder.dataset.drawn = "true";
}

function tooltip(network, hints) {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  network.on("hoverNode", ({ node, event }) => {
    tip.textContent = hints.get(node) ?? "";
    tip.style.left = `${event.pageX + 14}px`;
    tip.style.top = `${event.pageY + 14}px`;
    tip.hidden = false;
    holder.style.cursor = "pointer";
  });
  network.on("blurNode", () => {
    tip.hidden = true;
    holder.style.cursor = "";
  });
}
