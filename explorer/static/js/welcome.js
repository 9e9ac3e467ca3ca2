// The greeting of a first visit goes when she says so, and does not come back.
const button = document.querySelector("[data-welcome-close]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    try {
      localStorage.setItem("simpul-welcomed", "1");
    } catch { /* then it greets again next time */ }
    document.documentElement.dataset.visited = "";
    document.querySelector("main")?.focus({ preventScroll: true }); // the button that had it is gone
  });
}
