// Where the picture is looked at from: all of it, or as much as can be read.
const MARGIN = 16; // px above and below the grounds
const ASIDE = 44; // px beside them, because a name may be wider than its ground
const TINY = 0.3; // the scale below which signs are too small to be told apart

export function extent(frames) {
  const left = Math.min(...frames.map((f) => f.x)) - ASIDE;
  const top = Math.min(...frames.map((f) => f.y)) - MARGIN;
  const right = Math.max(...frames.map((f) => f.x + f.width)) + ASIDE;
  const bottom = Math.max(...frames.map((f) => f.y + f.height)) + MARGIN;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function fit(network, holder, box, animation = false) {
  const scale = Math.min(holder.clientWidth / box.width, holder.clientHeight / box.height);
  network.moveTo({ position: { x: box.x + box.width / 2, y: box.y + box.height / 2 }, scale, animation });
}

export function whole(network, holder, scene, animation = false) {
  fit(network, holder, extent(scene.frames), animation);
}

// Everything where that can be read; on a small screen the part that has the most parties in it.
export function look(network, holder, scene) {
  whole(network, holder, scene);
  if (network.getScale() >= TINY) return;
  const shown = scene.nodes.filter((point) => point.group !== "quiet");
  const holds = (f) => shown.filter((p) => p.x >= f.x && p.x <= f.x + f.width && p.y >= f.y && p.y <= f.y + f.height).length;
  const busiest = scene.frames.reduce((best, frame) => (holds(frame) > holds(best) ? frame : best));
  fit(network, holder, busiest);
  if (network.getScale() < TINY) network.moveTo({ scale: TINY });
}

// Whether a ground lies outside what is seen.
export function unseen(network, holder, frames) {
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: holder.clientWidth, y: holder.clientHeight });
  return frames.some((f) => f.x < from.x || f.y < from.y || f.x + f.width > to.x || f.y + f.height > to.y);
}
