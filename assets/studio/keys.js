// Shortcuts that hold everywhere. None is the only way.
import { focusOn, travel } from "./actions.js";
import { go } from "./router.js";

const STATIONS = /** @type {const} */ (["election", "list", "pages", "check", "make"]);
/** Fields that were typed in since they got the focus: there, undo is the field's own. */
const typedIn = new WeakSet();
/** @type {{print: (() => void) | null}} */
export const printing = { print: null };

const STILL = 8; // pixels that a mouse moves while somebody presses it

/** Presses what moves away under a mouse that is down: leaving a field may need room for what is said of it. */
export function listenToPresses() {
  let down = /** @type {{on: HTMLElement, x: number, y: number} | null} */ (null);
  document.addEventListener("pointerdown", ({ target, button, clientX: x, clientY: y }) => {
    const on = /** @type {Element} */ (target).closest("button, a[href], label");
    down = on instanceof HTMLElement && button === 0 ? { on, x, y } : null;
  });
  document.addEventListener("pointerup", ({ target, clientX: x, clientY: y }) => {
    if (!down?.on.isConnected || down.on.contains(/** @type {Element} */ (target))) return;
    if (Math.hypot(x - down.x, y - down.y) < STILL) down.on.click();
  });
}

/** Keeps what has the focus in sight when something above it grows or goes, unless somebody has scrolled on since. */
export function keepFocusInSight() {
  let isLeft = false;
  for (const name of ["wheel", "touchmove", "pointerdown"]) addEventListener(name, () => (isLeft = true), { passive: true });
  for (const name of ["focusin", "input"]) addEventListener(name, () => (isLeft = false));
  addEventListener("keydown", ({ key }) => (isLeft ||= /^(Page|Arrow|Home|End)/.test(key)));
  const keep = () => isLeft || document.querySelector("main :focus")?.scrollIntoView({ block: "nearest" });
  new ResizeObserver(keep).observe(document.body);
}

/** Listens to the keyboard for as long as the page lives. */
export function listenToKeys() {
  document.addEventListener("input", (event) => typedIn.add(/** @type {object} */ (event.target)));
  document.addEventListener("focusin", (event) => typedIn.delete(/** @type {object} */ (event.target)));
  document.addEventListener("keydown", (event) => {
    const dialog = document.querySelector("dialog[open]");
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (control && key === "p") {
      event.preventDefault();
      printing.print?.();
      return;
    }
    if (dialog) return;
    if (control && (key === "z" || key === "y")) {
      if (event.target && typedIn.has(event.target)) return;
      event.preventDefault();
      void travel(key === "y" || event.shiftKey ? "redo" : "undo");
    } else if (event.altKey && !control && /^Digit[1-5]$/.test(event.code)) {
      event.preventDefault();
      const links = document.querySelectorAll(".steps a");
      const link = links[Number(event.code.slice(5)) - 1];
      if (link instanceof HTMLAnchorElement) go(link.hash);
      else go({ station: STATIONS[Number(event.code.slice(5)) - 1] ?? "election" });
    } else if (event.key === "F6") {
      const view = document.querySelector(".view");
      const work = document.querySelector("h1");
      if (!view || !work) return;
      event.preventDefault();
      focusOn(view.contains(document.activeElement) ? work : view.querySelector("h2"));
    }
  });
}
