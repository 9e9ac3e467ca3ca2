// Runs before the page is drawn, so that nothing moves: was she here before, and in which region?
// Without it, or where nothing may be kept, the page greets and remembers nothing.
try {
  const { dataset } = document.documentElement;
  if (localStorage.getItem("simpul-welcomed")) dataset.visited = "";
  if (localStorage.getItem("simpul-region")) dataset.region = "";
} catch { /* keeping things is switched off */ }
