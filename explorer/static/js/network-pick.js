// What is pointed at keeps only its own lines strong; what is chosen shows a card of what can be
// done with it. The list below the picture offers the same to the keyboard.
const MANY = 1000; // lines beyond which making them pale takes longer than a glance

export function pick(figure, drawing, go) {
  const { network, edges, holder } = drawing;
  const card = figure.querySelector(".picked");
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  figure.querySelector(".stage").append(tip);
  let chosen = null;
  const point = (id) => drawing.scene().nodes.find((one) => one.id === id);
  const act = (name) => card.querySelector(`[data-act=${name}]`);

  network.on("hoverNode", ({ node, event }) => {
    emphasize(edges, drawing.scene(), node);
    const box = holder.getBoundingClientRect();
    tip.textContent = point(node)?.title ?? "";
    tip.style.left = `${Math.max(8, Math.min(event.clientX - box.left + 14, box.width - 300))}px`;
    tip.style.top = `${event.clientY - box.top + 14}px`;
    tip.hidden = false;
    drawing.hold(node);
    holder.style.cursor = "pointer";
  });
  network.on("blurNode", () => {
    tip.hidden = true;
    holder.style.cursor = "";
    emphasize(edges, drawing.scene(), chosen);
    drawing.hold(chosen);
  });
  network.on("click", ({ nodes: [id] }) => choose(id ?? null));
  network.on("doubleClick", ({ nodes: [id] }) => id !== undefined && further(id));
  act("open").addEventListener("click", () => go(opening(chosen)));
  act("focus").addEventListener("click", () => go({ pihak: chosen, hal: "" }));
  act("leave").addEventListener("click", () => choose(null));
  card.addEventListener("keydown", ({ key }) => key === "Escape" && choose(null));

  function choose(id) {
    const found = id === null ? null : point(id);
    chosen = found ? id : null;
    card.hidden = !found;
    emphasize(edges, drawing.scene(), chosen);
    drawing.hold(chosen);
    if (!found) return network.unselectAll();
    tip.hidden = true;
    const isOpen = drawing.scene().opened.includes(id), url = drawing.scene().urls[id];
    card.querySelector(".picked-name").textContent = found.label.replace("\n", " ") || found.title;
    card.querySelector(".picked-about").textContent = found.title;
    const { words, closing } = act("open").dataset;
    act("open").textContent = isOpen ? closing : words.replace("#", found.behind);
    act("open").hidden = !isOpen && !found.behind;
    act("focus").hidden = !url || found.group === "country" || (found.behind > 0 && found.group !== "province");
    act("page").hidden = !url;
    if (url) act("page").href = url;
  }

  // A second click opens a group, closes it again, or puts a party in the middle.
  function further(id) {
    const found = point(id);
    if (!found) return;
    if (found.behind || drawing.scene().opened.includes(id)) go(opening(id));
    else if (drawing.scene().urls[id]) go({ pihak: id, hal: "" });
  }

  function opening(id) {
    const open = drawing.scene().opened;
    return { buka: (open.includes(id) ? open.filter((one) => one !== id) : [...open, id]).join(",") };
  }

  return { forget: () => choose(null) };
}

function emphasize(edges, scene, id) {
  if (scene.edges.length > MANY) return;
  edges.update(edges.map((line, n) => {
    const own = line.from === id || line.to === id;
    const opacity = id === null ? original(scene, line) : own ? 1 : 0.05;
    return { id: line.id, color: { ...line.color, opacity } };
  }));
}

function original(scene, line) {
  return scene.edges[Number(line.id.split(" ")[2])].color.opacity;
}
