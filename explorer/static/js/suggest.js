// Suggestions under every input[data-suggest]; without this the form works as it is.
const DELAY_MS = 140; // long enough not to ask for every letter

for (const input of document.querySelectorAll("input[data-suggest]")) attach(input);

function attach(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `s-${Math.random().toString(36).slice(2)}`;
  list.role = "listbox";
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  let items = [];
  let chosen = -1;
  let timer = 0;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (item) => {
    close();
    if ("suggestGo" in input.dataset) window.location.assign(item.url);
    else input.value = item.label;
  };
  const mark = (next) => {
    chosen = next;
    [...list.children].forEach((row, n) => row.setAttribute("aria-selected", String(n === chosen)));
    if (chosen >= 0) input.setAttribute("aria-activedescendant", list.children[chosen].id);
  };
  const show = (found) => {
    items = found;
    list.replaceChildren(...items.map((item, n) => row(item, `${list.id}-${n}`, () => take(item))));
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    chosen = -1;
  };
  const ask = async () => {
    const text = input.value.trim();
    const mine = ++asked;
    if (text.length < 2) return close();
    const url = new URL(input.dataset.suggest, window.location.href);
    url.searchParams.set("q", text);
    try {
      const answer = await fetch(url);
      if (answer.ok && mine === asked && document.activeElement === input) show((await answer.json()).items);
    } catch {
      close(); // the form still works
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY_MS);
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark((chosen + 1) % items.length);
    else if (event.key === "ArrowUp") mark((chosen - 1 + items.length) % items.length);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) take(items[chosen]);
    else return;
    event.preventDefault();
  });
}

function row(item, id, take) {
  const entry = document.createElement("li");
  entry.id = id;
  entry.role = "option";
  entry.setAttribute("aria-selected", "false");
  const sub = document.createElement("small");
  sub.textContent = item.sub;
  entry.append(item.label, sub);
  entry.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take();
  });
  return entry;
}
