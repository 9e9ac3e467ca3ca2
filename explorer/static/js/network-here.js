// Links and forms of the legend change the picture where it is: the same address is fetched, its
// parts are put in the place of those here, and the browser's "back" undoes it.
const PARTS = ["opening", "legend", "after"];

export function here(figure, show) {
  let asking = null, depth = history.state?.depth ?? 0;
  const undo = () => document.querySelector("[data-undo]");
  history.replaceState({ depth }, "");

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-here], .years a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    visit(link.getAttribute("href"));
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-here]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const asked = [...new FormData(event.target)].filter(([, value]) => value);
    visit(`${event.target.action}?${new URLSearchParams(asked)}`);
  }, true);
  document.addEventListener("click", (event) => event.target.closest?.("[data-undo]") && depth && history.back());
  addEventListener("popstate", ({ state }) => {
    depth = state?.depth ?? 0;
    load(location.href);
  });
  mark();

  function visit(url) {
    depth += 1;
    history.pushState({ depth }, "", url);
    load(url);
  }

  async function load(url) {
    asking?.abort();
    asking = new AbortController();
    const own = asking;
    document.querySelector(".network-page").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { signal: own.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) return location.assign(url);
      put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (problem) {
      if (problem.name !== "AbortError") location.assign(url);
      return;
    }
    document.querySelector(".network-page").removeAttribute("aria-busy");
    mark();
  }

  function put(page) {
    const open = new Map([...document.querySelectorAll("details[data-keep]")].map((one) => [one.dataset.keep, one.open]));
    const place = placeOf(document.activeElement);
    for (const name of PARTS) {
      part(document, name).replaceChildren(...part(page, name).childNodes);
    }
    document.title = page.title;
    for (const one of document.querySelectorAll("details[data-keep]")) one.open ||= open.get(one.dataset.keep) ?? false;
    show(part(page, "picture"));
    if (place) place()?.focus({ preventScroll: true });
  }

  function mark() {
    if (undo()) undo().disabled = depth === 0;
  }

  return { go: (changes) => visit(changed(changes)) };
}

function part(page, name) {
  return page.querySelector(`[data-part=${name}]`);
}

// Where the keyboard was, to be found again among the new parts.
function placeOf(link) {
  const at = link?.dataset?.at;
  return at && (() => document.querySelector(`[data-at="${CSS.escape(at)}"]`));
}

function changed(changes) {
  const state = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) state.set(name, value);
    else state.delete(name);
  }
  const asked = state.toString().replaceAll("%2C", ",");
  return asked ? `${location.pathname}?${asked}` : location.pathname;
}
