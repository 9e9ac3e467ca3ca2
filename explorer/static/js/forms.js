// Fields left empty stay out of the address, so that a shared link says only what was asked.
document.addEventListener("submit", ({ target: form }) => {
  if (form.method !== "get") return;
  const empty = [...form.elements].filter((field) => field.name && !field.value);
  for (const field of empty) field.disabled = true;
  // back in the history the fields must be there again
  window.addEventListener("pageshow", () => empty.forEach((field) => { field.disabled = false; }), { once: true });
});
