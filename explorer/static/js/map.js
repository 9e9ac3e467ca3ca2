// Pointing at a spot of the map, by mouse or by keyboard, leaves only its own lines strong.
for (const map of document.querySelectorAll(".map")) {
  const lines = [...map.querySelectorAll("[data-ends]")].map((line) => [line, line.dataset.ends.split(" ")]);
  const point = (event) => {
    const spot = event.target.closest("[data-spot]")?.dataset.spot;
    map.classList.toggle("pointed", spot !== undefined);
    for (const [line, ends] of lines) line.classList.toggle("lit", ends.includes(spot));
  };
  for (const kind of ["pointerover", "focusin"]) map.addEventListener(kind, point);
  for (const kind of ["pointerleave", "focusout"]) map.addEventListener(kind, () => map.classList.remove("pointed"));
}
