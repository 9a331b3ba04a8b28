// Shows the page again when what it shows has changed, and follows its links without losing place, focus or scroll.
// The page does all of this without a script too; see leaflet/previews/page.py.
"use strict";

const live = () => document.getElementById("live");
const status = document.getElementById("status");
let events;
let asked = 0; // of several requests on their way, the last one counts

async function show(address) {
  const number = ++asked;
  try {
    const answer = await fetch(address, { cache: "no-store" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !next.getElementById("live")) throw new Error(answer.status);
    await Promise.all([...next.querySelectorAll("img")].map(load));
    if (number === asked) replace(next);
  } catch {
    if (number === asked) stopped();
  }
}

// Pictures are there before the page changes, so that it does not flicker.
function load(image) {
  const picture = new Image();
  picture.src = new URL(image.getAttribute("src"), location.href);
  return picture.decode().catch(() => {});
}

function replace(next) {
  const focused = document.activeElement;
  const typed = focused?.id === "record" ? focused.value : null;
  live().replaceWith(document.adoptNode(next.getElementById("live")));
  showLooks();
  const said = next.getElementById("status");
  status.className = said.className;
  if (status.textContent !== said.textContent) status.textContent = said.textContent;
  document.title = next.title;
  const target = focused?.id ? document.getElementById(focused.id) : null;
  if (target && typed !== null) target.value = typed;
  target?.focus({ preventScroll: true });
  follow();
}

// One stream for each view: it says the number of the view each time it is made anew.
function follow() {
  const view = live().dataset.view;
  if (events?.view === view && events.source.readyState !== EventSource.CLOSED) return;
  events?.source.close();
  const source = new EventSource("events" + view);
  events = { view, source };
  source.onmessage = (event) => {
    if (event.data !== live().dataset.number) show(location.href);
  };
  source.onerror = () => stopped();
  source.onopen = () => {
    if (status.className === "stopped") show(location.href);
  };
}

function stopped() {
  status.className = "stopped";
  status.textContent = status.dataset.stopped;
}

// The looks are filters of the style sheet: a class of the root element each. They stay while one pages through schools.
function showLooks() {
  for (const button of document.querySelectorAll("[data-look]")) {
    const look = button.dataset.look;
    const isOn = sessionStorage.getItem(look) === "on";
    document.documentElement.classList.toggle(look, isOn);
    button.setAttribute("aria-pressed", isOn);
    button.parentElement.hidden = false;
    document.getElementById(button.getAttribute("aria-describedby")).hidden = !isOn;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-look]");
  if (!button) return;
  sessionStorage.setItem(button.dataset.look, button.getAttribute("aria-pressed") === "true" ? "off" : "on");
  showLooks();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("nav a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show(link.href);
});

window.addEventListener("popstate", () => show(location.href));
showLooks();
follow();
