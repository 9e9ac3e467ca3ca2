// A thin bar above the page while the next one takes long to come.
const SLOW_MS = 400; // because what comes sooner needs no comfort
const LONGEST_MS = 15_000; // because a file may have come instead of a page
let soon = 0;

function wait() {
  clearTimeout(soon);
  soon = setTimeout(() => {
    document.documentElement.dataset.busy = "";
    soon = setTimeout(rest, LONGEST_MS);
  }, SLOW_MS);
}

function rest() {
  clearTimeout(soon);
  delete document.documentElement.dataset.busy;
}

document.addEventListener("submit", (event) => { if (!event.defaultPrevented) wait(); });
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const leaves = link.origin === location.origin && link.pathname + link.search !== location.pathname + location.search;
  if (leaves && !link.hasAttribute("download") && link.target !== "_blank") wait();
});
window.addEventListener("pageshow", rest);
window.addEventListener("pagehide", rest);
