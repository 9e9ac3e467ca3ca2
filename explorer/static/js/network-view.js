// Where the picture is looked at from: all of it, or as much as can be read.
const MARGIN = 16; // px above and below the grounds
const ASIDE = 64; // px beside them, because a name may be wider than its ground
const TINY = 0.3; // the scale below which signs are too small to be told apart
const SMALL_SCREEN = 600; // px

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

// Everything; on a small screen, where nothing of that can be read, the ground of whoever has most
// agreements.
export function look(network, holder, scene) {
  whole(network, holder, scene);
  if (network.getScale() >= TINY || holder.clientWidth > SMALL_SCREEN) return;
  const ties = new Map();
  for (const { from, to, agreements } of scene.edges) {
    for (const id of [from, to]) ties.set(id, (ties.get(id) ?? 0) + agreements);
  }
  const most = scene.nodes.reduce((best, point) => ((ties.get(point.id) ?? 0) > (ties.get(best.id) ?? 0) ? point : best));
  const ground = scene.frames.find((f) => most.x >= f.x && most.x <= f.x + f.width && most.y >= f.y && most.y <= f.y + f.height);
  if (ground) fit(network, holder, ground);
}

// Whether a ground lies outside what is seen.
export function unseen(network, holder, frames) {
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: holder.clientWidth, y: holder.clientHeight });
  return frames.some((f) => f.x < from.x || f.y < from.y || f.x + f.width > to.x || f.y + f.height > to.y);
}
