// Pan, zoom and a hint for every still picture in a frame marked `data-zoom-picture`. The picture's
// viewBox is changed and nothing else, so links, styles and print stay what they are. What is to
// keep its size while the rest grows has the class `steady`; `data-near` on the picture names the
// largest power of two that it is zoomed by, so that a style sheet can show more when near.
const STEP = 1.5; // of a button or key
const WHEEL = 1.0015; // per px of a wheel's turn
const MOST = 8; // how near one may come, unless the picture says `data-zoom-most`
const ARROW = 0.15; // of what is seen, that an arrow key moves it
const DRAGGED = 4; // px from which on a press is a drag and no longer a click
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
document.body.append(tip);
for (const frame of document.querySelectorAll("[data-zoom-picture]")) {
  // Two where a telephone has a picture of its own; only one of them is seen.
  for (const svg of frame.querySelectorAll("svg.picture")) start(frame, svg);
}

function start(frame, svg) {
  const { x, y, width, height } = svg.viewBox.baseVal;
  const whole = { x, y, width, height };
  const most = Number(svg.dataset.zoomMost) || MOST;
  let zoom = 1;
  let seen = { ...whole };

  // Show the part whose middle is (x, y), never beyond the picture; answers whether that is new.
  function show(middleX, middleY, wanted) {
    tip.hidden = true; // it would stand where its sign was
    const before = `${zoom} ${seen.x} ${seen.y}`;
    zoom = Math.min(most, Math.max(1, wanted));
    seen.width = whole.width / zoom;
    seen.height = whole.height / zoom;
    seen.x = within(middleX - seen.width / 2, whole.x, whole.x + whole.width - seen.width);
    seen.y = within(middleY - seen.height / 2, whole.y, whole.y + whole.height - seen.height);
    svg.setAttribute("viewBox", `${seen.x} ${seen.y} ${seen.width} ${seen.height}`);
    svg.style.setProperty("--zoom", zoom);
    svg.dataset.near = 2 ** Math.floor(Math.log2(zoom) + 1e-9);
    return before !== `${zoom} ${seen.x} ${seen.y}`;
  }

  function move(dx, dy) {
    return show(seen.x + seen.width / 2 + dx, seen.y + seen.height / 2 + dy, zoom);
  }

  // Zoom so that what lies under (x, y) stays under it.
  function zoomAt(factor, at = { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 }) {
    const real = Math.min(most, Math.max(1, zoom * factor)) / zoom;
    const moved = (axis, size) => at[axis] + (seen[axis] + size / 2 - at[axis]) / real;
    return show(moved("x", seen.width), moved("y", seen.height), zoom * factor);
  }

  function at(clientX, clientY) {
    return new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
  }

  // From the whole picture one comes near to where it says that its middle is.
  const middle = svg.dataset.middle?.split(" ").map(Number);
  function act(kind) {
    if (kind === "in" && frame.classList.contains("fitted")) fit(false);
    else if (kind === "in" && zoom === 1 && middle) show(...middle, STEP);
    else if (kind === "in") zoomAt(STEP);
    else if (kind === "out") zoomAt(1 / STEP);
    else fit(true);
  }

  // On a telephone a picture is wider than its frame: all of it is seen once it is made as narrow,
  // and coming near makes it wide again first.
  function fit(all) {
    show(whole.x, whole.y, 1);
    frame.classList.toggle("fitted", all && frame.scrollWidth > frame.clientWidth);
    if (!all && middle) sideways(frame, svg, (middle[0] - whole.x) / whole.width);
  }

  const perPixel = () => seen.width / svg.getBoundingClientRect().width;
  buttons(frame, act);
  keys(frame, act, (right, down) => move(right * ARROW * seen.width, down * ARROW * seen.height));
  wheel(frame, (factor, x, y) => zoomAt(factor, at(x, y)));
  drag(svg, () => zoom > 1, (dx, dy) => move(-dx * perPixel(), -dy * perPixel()));
  touch(svg, () => zoom > 1, {
    move: (dx, dy) => move(-dx * perPixel(), -dy * perPixel()),
    pinch: (factor, x, y) => zoomAt(factor, at(x, y)),
  });
  svg.addEventListener("focusin", ({ target }) => {
    const { left, top, width, height } = target.getBoundingClientRect();
    const point = at(left + width / 2, top + height / 2);
    const inside = point.x > seen.x && point.x < seen.x + seen.width && point.y > seen.y && point.y < seen.y + seen.height;
    if (!inside) show(point.x, point.y, zoom);
  });
  hints(svg);
  if (middle) sideways(frame, svg, (middle[0] - whole.x) / whole.width);
  show(whole.x, whole.y, 1);
  frame.dataset.zoomPicture = "ready";
}

function within(value, low, high) {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

function buttons(frame, act) {
  for (const button of frame.parentElement.querySelectorAll("[data-zoom-by]")) {
    button.addEventListener("click", () => act(button.dataset.zoomBy));
  }
}

function keys(frame, act, move) {
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const kind = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    if (kind) act(kind);
    // An arrow that moves nothing scrolls, as anywhere.
    else if (!ARROWS[event.key] || !move(...ARROWS[event.key])) return;
    event.preventDefault();
  });
}

// A wheel scrolls the page; it zooms only with Ctrl, or once the picture has been chosen.
function wheel(frame, zoom) {
  frame.addEventListener(
    "wheel",
    (event) => {
      const asked = event.ctrlKey || event.metaKey;
      if (!asked && !frame.contains(document.activeElement)) return;
      const turned = event.deltaY * (event.deltaMode === 1 ? 30 : 1);
      if (zoom(WHEEL ** -turned, event.clientX, event.clientY) || asked) event.preventDefault();
    },
    { passive: false },
  );
}

function drag(svg, near, move) {
  let held = null;
  let dragged = false;
  svg.addEventListener("pointerdown", (event) => {
    dragged = false;
    held = event.pointerType !== "touch" && event.button === 0 ? { x: event.clientX, y: event.clientY } : null;
  });
  svg.addEventListener("pointermove", (event) => {
    if (!held || !event.buttons || !near()) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!dragged && Math.hypot(dx, dy) < DRAGGED) return;
    svg.setPointerCapture(event.pointerId);
    held = { x: event.clientX, y: event.clientY };
    dragged = true;
    tip.hidden = true;
    move(dx, dy);
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { held = null; });
  svg.addEventListener("click", (event) => { if (dragged) event.preventDefault(); }, { capture: true });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}

// One finger scrolls the page until the picture is near; two fingers always mean the picture.
function touch(svg, near, { move, pinch }) {
  let last = null;
  svg.addEventListener("touchstart", ({ touches }) => { last = fingers(touches); }, { passive: true });
  svg.addEventListener("touchend", ({ touches }) => { last = touches.length ? fingers(touches) : null; });
  svg.addEventListener(
    "touchmove",
    (event) => {
      const now = fingers(event.touches);
      if (!last || !event.cancelable || (event.touches.length < 2 && !near())) return;
      event.preventDefault();
      tip.hidden = true;
      if (last.apart && now.apart) pinch(now.apart / last.apart, now.x, now.y);
      move(now.x - last.x, now.y - last.y);
      last = now;
    },
    { passive: false },
  );
}

function fingers(touches) {
  const [one, other = one] = touches;
  return {
    x: (one.clientX + other.clientX) / 2,
    y: (one.clientY + other.clientY) / 2,
    apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
  };
}

// Whoever speaks what is seen must be understood: a name that is cut begins with what is left of it.
function named(sign, words) {
  const seen = [...sign.querySelectorAll("text")].map((text) => text.textContent).join(" ");
  return seen.includes("…") ? `${seen} ${words}` : words;
}

// What a sign's <title> says is shown at once, by keyboard too, and no second time by the browser.
function hints(svg) {
  for (const title of svg.querySelectorAll("title")) {
    const sign = title.parentElement;
    if (sign === svg || sign.localName === "a") sign.setAttribute("aria-label", named(sign, title.textContent));
    if (sign !== svg) sign.dataset.tip = title.textContent;
    title.remove();
  }
  const hinted = (event) => event.target.closest("[data-tip]");
  svg.addEventListener("pointerover", (event) => {
    const sign = hinted(event);
    tip.hidden = true;
    if (sign && !event.buttons) tell(sign.dataset.tip, event.clientX, event.clientY);
  });
  svg.addEventListener("focusin", (event) => {
    const sign = hinted(event);
    const box = sign?.getBoundingClientRect();
    if (sign?.matches(":focus-visible")) tell(sign.dataset.tip, box.right, box.bottom - 10);
  });
  const quiet = () => { tip.hidden = true; };
  svg.addEventListener("pointerleave", quiet);
  svg.addEventListener("focusout", quiet);
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") quiet(); });
}

function tell(words, x, y) {
  tip.textContent = words;
  tip.hidden = false;
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(x + 14, room)) + window.scrollX}px`;
  tip.style.top = `${y + 14 + window.scrollY}px`;
}

// A picture that is wider than its frame begins where it says that its middle is.
function sideways(frame, svg, share) {
  frame.scrollLeft = share * svg.getBoundingClientRect().width - frame.clientWidth / 2;
}
