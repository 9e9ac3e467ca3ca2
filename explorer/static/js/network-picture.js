// The interactive network. Places come from the server, so nothing moves; the picture that stands
// still is replaced only once this one is drawn, and the table below says the same.
import { labels } from "./network-labels.js";
import { lineOf, pointOf, themed } from "./network-theme.js";
import { look, unseen, whole } from "./network-view.js";

const ZOOM = { in: 1.35, out: 1 / 1.35 };
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export function picture(figure, first) {
  const holder = figure.querySelector(".canvas");
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  let scene, colours, names, held = null;
  figure.querySelector(".still").hidden = true;
  holder.hidden = false;
  figure.querySelector(".tools").hidden = false;
  fill(first);
  const network = new vis.Network(holder, { nodes, edges }, { ...first.options, autoResize: true });
  holder.querySelector(".vis-network").tabIndex = -1; // because nothing in it answers to a key
  network.on("beforeDrawing", (context) => grounds(context, scene.frames, colours));
  network.on("afterDrawing", (context) => {
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const to = network.DOMtoCanvas({ x: holder.clientWidth, y: holder.clientHeight });
    names.draw(context, network.getScale(), { from, to }, colours, held);
  });
  look(network, holder, scene);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) network.redraw();
  });
  document.fonts?.ready.then(() => {
    names.again();
    network.redraw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => fill(scene));
  for (const button of figure.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      const step = ZOOM[button.dataset.zoom];
      if (step) network.moveTo({ scale: network.getScale() * step });
      else whole(network, holder, scene, !CALM.matches);
    });
  }
  holder.dataset.drawn = "true";

  function fill(next) {
    scene = next;
    colours = themed(scene);
    names = labels(scene);
    replace(nodes, scene.nodes.map((point) => pointOf(point, colours)));
    replace(edges, scene.edges.map((line, n) => lineOf(line, `${line.from} ${line.to} ${n}`, colours)));
  }

  return {
    network, holder, edges,
    scene: () => scene,
    whole: () => whole(network, holder, scene),
    hold(id) {
      held = id;
      network.redraw();
    },
    // What was drawn stays where it is and is looked at as before, unless the places are others.
    update(next) {
      const same = next.aggregated && scene.aggregated;
      const before = new Set(scene.frames.map((frame) => frame.title));
      const fresh = next.frames.filter((frame) => !before.has(frame.title));
      fill(next);
      network.setOptions({ interaction: next.options.interaction });
      if (!same) look(network, holder, scene);
      else if (unseen(network, holder, fresh)) whole(network, holder, scene, !CALM.matches);
      network.redraw();
    },
  };
}

function replace(set, items) {
  const kept = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !kept.has(id)));
  set.update(items);
}

function grounds(context, frames, { sunk }) {
  for (const frame of frames) {
    context.fillStyle = sunk;
    context.beginPath();
    context.roundRect(frame.x, frame.y, frame.width, frame.height, 14);
    context.fill();
  }
}
