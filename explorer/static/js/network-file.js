// The network in a file of its own: the same picture, and whom a point stands for.
import { picture } from "./network-picture.js";

const figure = document.querySelector("figure.network");
const drawing = picture(figure, JSON.parse(document.getElementById("scene").textContent));
const told = figure.querySelector(".told");

drawing.network.on("click", ({ nodes: [id] }) => {
  const point = drawing.scene().nodes.find((one) => one.id === id);
  told.textContent = point?.title ?? "";
  drawing.hold(point ? id : null);
});
