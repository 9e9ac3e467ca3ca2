// The picture on the whole screen, where the browser can do that.
export function screen(figure) {
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
  });
}
