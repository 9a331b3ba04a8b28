// What buttons, shortcuts and faults can set in motion, beyond one station.
/** @import { At, Calls, Way } from "./contract" */
import { go } from "./router.js";
import { change, engine, open, openBeside, put, settle, state, step } from "./store.js";

/** Takes the way out of a fault, and tells whether it led out. @param {Way} way */
export async function follow({ call, args, at }) {
  await settle();
  if (call === "open") await open();
  else if (call === "openBeside") {
    const fault = await openBeside(args ?? {});
    if (fault) return put({ fault }), false;
  } else if (call) {
    const { fault } = await change(/** @type {keyof Calls} */ (call), args ?? {});
    if (fault) return false;
    await settle(); // what could not be kept before
  }
  if (at) go(state.campaign?.kind === "cards" ? amongCards(at) : at);
  return true;
}

/**
 * Returns where something is in the short way: cards have no stations of their own for answers, lists and files.
 * @param {At} at
 * @returns {At}
 */
export function amongCards(at) {
  if (["election", "pages", "check"].includes(at.station)) return { ...at, station: "cards", part: "carte" };
  if (at.station === "make") return { station: "cards", part: "imprimer" };
  return at.station === "list" && !/^add?resses$/.test(at.part ?? "") ? { station: "cards", part: "noms" } : at;
}

/** Undoes or makes again, and shows the place where that is seen. @param {"undo" | "redo"} name */
export async function travel(name) {
  const at = await step(name);
  if (at) go(at);
}

/** Ends the program, after what is typed has been kept. */
export async function end() {
  await settle();
  await engine.end();
  put({ ended: true });
}

/** Puts the focus on an element, even if it takes none by itself. @param {Element | null | undefined} element */
export function focusOn(element) {
  if (!(element instanceof HTMLElement)) return;
  for (let box = element.closest("details"); box; box = box.parentElement?.closest("details") ?? null)
    box.open = true;
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus();
  element.scrollIntoView({ block: "nearest" });
}

/** @param {string} key of a field on view */
export const fieldElement = (key) => document.querySelector(`[data-field="${CSS.escape(key)}"]`);
