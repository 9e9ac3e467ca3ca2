// In a frame: a link that keeps to the frame (a filter, a page of a list) opens in it; every other
// opens beside the site that shows the frame, as the page's <base target> says.
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href]");
  if (link && new URLSearchParams(link.search).get("embed") === "1") link.target = "_self";
}, { capture: true });
