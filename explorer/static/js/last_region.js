// The region that she worked on last: written on its pages, read on the first page. It stays in her
// browser.
//   [data-last-region]   a link on the first page: the address of a region, "~" for its code
const KEPT = "simpul-region";

function remember() {
  const code = decodeURIComponent(location.pathname.split("/").pop());
  const own = [...document.querySelectorAll("main a")].find((link) => link.pathname.endsWith(`/daerah/${code}`));
  const name = location.pathname.includes("/daerah/") ? document.querySelector("h1") : own;
  if (code && name) localStorage.setItem(KEPT, JSON.stringify({ code, name: name.textContent.trim() }));
}

function offer(link) {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  if (!kept) return;
  link.href = link.dataset.lastRegion.replace("~", encodeURIComponent(kept.code));
  link.textContent = kept.name;
}

try {
  const link = document.querySelector("[data-last-region]");
  if (link) offer(link);
  else remember();
} catch { /* keeping things is switched off, or something else was kept under this name */ }
