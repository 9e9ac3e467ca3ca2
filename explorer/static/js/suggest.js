// Suggestions under every input[data-suggest]; without this file the form works as it is.
//   data-suggest        the address that answers {items: [{id, label, sub, kind, url}]}
//   data-suggest-kind   "region" to be shown regions only
//   data-suggest-go     choosing opens the party's page; otherwise it fills the field
// A chosen party is sent by its id, so that a shared address names it without doubt.

const DELAY_MS = 140; // because asking for every single letter helps nobody
const LETTERS = 2; // because one letter matches half of the register
let made = 0;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.name = input.name;
    this.items = [];
    this.marked = -1;
    this.asking = null;
    this.list = this.listbox();
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
  }

  listbox() {
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = `suggestions-${++made}`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.input.dataset.suggestName ?? this.input.placeholder ?? "");
    // the list is no form field: a press on it must not take the focus away
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.input.after(list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) this.input.setAttribute(name, value);
    return list;
  }

  typed() {
    clearTimeout(this.timer);
    this.forget();
    this.timer = setTimeout(() => this.ask(), DELAY_MS);
  }

  async ask() {
    const text = this.input.value.trim();
    this.asking?.abort();
    if (text.length < LETTERS) return this.close();
    this.asking = new AbortController();
    try {
      const answer = await fetch(this.address(text), { signal: this.asking.signal });
      if (answer.ok) this.show((await answer.json()).items);
    } catch {
      this.close(); // asked anew, or no connection: the form still works
    }
  }

  address(text) {
    const url = new URL(this.input.dataset.suggest, window.location.href);
    url.searchParams.set("q", text);
    if (this.input.dataset.suggestKind) url.searchParams.set("kind", this.input.dataset.suggestKind);
    return url;
  }

  show(items) {
    if (document.activeElement !== this.input) return;
    this.items = items;
    this.marked = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...items.map((item, place) => this.option(item, place)));
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
  }

  option(item, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const label = document.createElement("span");
    const sub = document.createElement("small");
    label.textContent = item.label;
    sub.textContent = item.sub;
    option.append(label, sub);
    option.addEventListener("click", () => this.choose(item));
    return option;
  }

  pressed(event) {
    if (this.list.hidden) return;
    const last = this.items.length - 1;
    if (event.key === "ArrowDown") this.mark(this.marked < last ? this.marked + 1 : 0);
    else if (event.key === "ArrowUp") this.mark(this.marked > 0 ? this.marked - 1 : last);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.marked >= 0) this.choose(this.items[this.marked]);
    else return;
    event.preventDefault();
  }

  mark(place) {
    this.marked = place;
    [...this.list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
    const option = this.list.children[place];
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  choose(item) {
    this.close();
    if ("suggestGo" in this.input.dataset) return window.location.assign(item.url);
    this.input.value = item.label;
    this.forget();
    this.chosen = Object.assign(document.createElement("input"), { type: "hidden", name: this.name, value: item.id });
    this.input.removeAttribute("name");
    this.input.after(this.chosen);
  }

  forget() {
    this.chosen?.remove();
    this.chosen = null;
    this.input.name = this.name;
  }

  close() {
    this.asking?.abort();
    this.list.hidden = true;
    this.marked = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Suggestions(input);
