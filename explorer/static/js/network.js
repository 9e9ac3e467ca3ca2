// The interactive network. Places come from the server, so nothing moves by itself;
// the table below the picture says the same. Reads {nodes, edges, options, urls} from #scene.

const STEP = 1.35; // one press of a zoom button
const LABEL_PX = 8; // because smaller labels cannot be read: they come with zooming in
const FAINT = 0.12; // what a party that is not meant fades to
const TIP_PX = 14; // the tooltip's distance from the pointer

/** The colours of the page now, light or dark, by the names of tokens.css. */
function palette() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  const mark = (background, border) => ({ background: of(background), border: of(border) });
  return {
    ink: of("ink"),
    card: of("card"),
    marks: {
      region: mark("region", "accent"), province: mark("accent", "gold"), third: mark("third", "third-line"),
      foreign: mark("foreign", "foreign-line"), country: mark("foreign", "foreign-line"),
    },
  };
}

function colouredNode({ title, ...node }, colours) {
  const { background, border } = colours.marks[node.group] ?? node.color;
  const lit = { background, border };
  return {
    ...node, opacity: 1, color: { ...lit, hover: lit, highlight: lit },
    font: { ...node.font, color: colours.ink, strokeWidth: 4, strokeColor: colours.card },
  };
}

class NetworkView {
  constructor(holder, scene) {
    this.holder = holder;
    this.scene = scene;
    this.hints = new Map(scene.nodes.map((node) => [node.id, node.title]));
    this.edges = new vis.DataSet(scene.edges.map((edge, id) => ({ ...edge, id })));
    this.nodes = new vis.DataSet();
    this.paint();
    this.network = new vis.Network(holder, { nodes: this.nodes, edges: this.edges }, this.options());
    this.listen();
    this.network.fit();
  }

  options() {
    const { options } = this.scene;
    return {
      ...options,
      nodes: { ...options.nodes, scaling: { label: { drawThreshold: LABEL_PX } } },
      interaction: {
        ...options.interaction, tooltipDelay: 0, keyboard: { enabled: true, bindToWindow: false },
      },
    };
  }

  paint() {
    const colours = palette();
    this.nodes.update(this.scene.nodes.map((node) => colouredNode(node, colours)));
  }

  listen() {
    const { network, holder } = this;
    network.on("click", ({ nodes: [id] }) => {
      if (id !== undefined && this.scene.urls[id]) window.location.assign(this.scene.urls[id]);
    });
    network.on("hoverNode", ({ node, event }) => this.meant(node, event));
    network.on("blurNode", () => this.meant(null));
    for (const button of document.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.zoom(button.dataset.zoom));
    }
    // a canvas drawn in a hidden tab has no size: draw it when it is seen
    document.addEventListener("visibilitychange", () => document.hidden || network.redraw());
    new IntersectionObserver((seen) => {
      if (seen.some((entry) => entry.isIntersecting) && !this.seen) {
        this.seen = true;
        network.redraw();
        network.fit();
      }
    }).observe(holder);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
  }

  zoom(kind) {
    if (kind === "fit") return this.network.fit();
    this.network.moveTo({ scale: this.network.getScale() * (kind === "in" ? STEP : 1 / STEP) });
  }

  /** Show one party and its partners; let all others fade. */
  meant(id, event) {
    const near = id === null ? null : new Set([id, ...this.network.getConnectedNodes(id)]);
    this.nodes.update(this.nodes.map(({ id: other }) => ({ id: other, opacity: !near || near.has(other) ? 1 : FAINT })));
    this.edges.update(this.scene.edges.map((edge, number) => {
      const lit = !near || edge.from === id || edge.to === id;
      return { id: number, color: { ...edge.color, opacity: lit ? edge.color.opacity : FAINT } };
    }));
    this.holder.classList.toggle("over", id !== null);
    this.tip(id, event);
  }

  tip(id, event) {
    this.bubble ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "tip" }));
    this.bubble.hidden = id === null;
    if (id === null) return;
    this.bubble.textContent = this.hints.get(id) ?? "";
    const right = document.documentElement.clientWidth - this.bubble.offsetWidth - TIP_PX;
    this.bubble.style.left = `${Math.min(event.pageX + TIP_PX, right)}px`;
    this.bubble.style.top = `${event.pageY + TIP_PX}px`;
  }
}

const holder = document.getElementById("network");
const source = document.getElementById("scene");
if (holder && source) {
  const view = new NetworkView(holder, JSON.parse(source.textContent));
  view.network.once("afterDrawing", () => { holder.dataset.drawn = "true"; });
}
