// Tells who has a page open that newer data is there, and that Simpul cannot be reached.
//   data-news      the place where it is told, which a screen reader reads out politely
//   data-version   the version that this page shows
//   data-ask       the address that answers {version}
const ASK_EVERY_MS = 60_000; // because a load is rare, and the answer is mostly a 304 of no length
const place = document.querySelector("[data-news]");
const newer = place?.querySelector("[data-newer]");
const offline = place?.querySelector("[data-offline]");
let asked = Date.now();

async function ask() {
  if (document.hidden || Date.now() - asked < ASK_EVERY_MS || !navigator.onLine) return;
  asked = Date.now();
  try {
    const answer = await fetch(place.dataset.ask);
    offline.hidden = true;
    if (answer.ok) tell((await answer.json()).version);
  } catch {
    offline.hidden = false;
  }
}

function tell(version) {
  if (!place.dataset.version || version <= Number(place.dataset.version)) return;
  const words = newer.querySelector("span");
  words.textContent = words.textContent.replace(/~|\d+/, version);
  newer.hidden = false;
}

function connected() {
  offline.hidden = navigator.onLine;
  if (navigator.onLine) {
    asked = 0;
    ask();
  }
}

if (place) {
  setInterval(ask, ASK_EVERY_MS / 4); // so that a page that is shown again asks soon
  document.addEventListener("visibilitychange", ask);
  window.addEventListener("online", connected);
  window.addEventListener("offline", connected);
  newer.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  if (!navigator.onLine) offline.hidden = false;
}
