// The network page: its picture, what can be done with it, and a legend that filters it in place.
import { here } from "./network-here.js";
import { picture } from "./network-picture.js";
import { pick } from "./network-pick.js";
import { screen } from "./network-screen.js";
import { fit } from "./network-view.js";

const figure = document.querySelector("figure.network");
const read = () => JSON.parse(document.getElementById("scene")?.textContent ?? "null");
let drawing = null, picked = null;

if (figure && window.vis) {
  const place = here(figure, show);
  document.addEventListener("click", closer);
  begin();

  function begin() {
    const scene = read();
    drawing = scene && picture(figure, scene);
    picked = drawing && pick(figure, drawing, place.go);
    if (drawing) screen(figure, drawing);
  }

  // A part of the small overview is looked at in the large picture.
  function closer({ target }) {
    const part = target.closest?.("[data-look]");
    const ground = part && drawing?.scene().frames.find(({ title }) => title === part.dataset.look);
    if (ground) fit(drawing.network, drawing.holder, ground);
  }

  function show(fresh) {
    const scene = read();
    if (drawing && scene) {
      figure.querySelector(".still").replaceChildren(...fresh.querySelector(".still").childNodes);
      drawing.holder.setAttribute("aria-label", fresh.querySelector(".canvas").getAttribute("aria-label"));
      picked.forget();
      drawing.update(scene);
      return;
    }
    drawing?.network.destroy();
    figure.replaceChildren(...fresh.childNodes);
    begin();
  }
}
