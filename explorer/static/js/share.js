// A link to this very page: handed to whatever the device shares with, or else copied.
for (const link of document.querySelectorAll("a[data-share]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await (navigator.share ? navigator.share({ title: document.title, url: link.href })
        : navigator.clipboard.writeText(link.href));
    } catch {
      location.assign(link.href); // so that it stands in the address bar, to be copied there
      return;
    }
    if (navigator.share) return;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    link.after(said);
    said.textContent = link.dataset.share;
    link.hidden = true;
  });
}
