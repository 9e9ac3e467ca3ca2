// The picture on the whole screen, where the browser can do that; it is all seen in both sizes.
const SETTLED = 200; // ms after which the canvas has its new size

export function screen(figure, drawing) {
  const button = figure.querySelector("[data-screen]");
  const words = button.querySelector("span");
  const enter = words.textContent;
  if (!document.fullscreenEnabled) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen()));
  figure.addEventListener("fullscreenchange", () => {
    words.textContent = document.fullscreenElement ? button.dataset.leave : enter;
    setTimeout(() => drawing.whole(), SETTLED);
  });
}
