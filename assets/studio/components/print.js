// Sheets to try the printer with, or to measure its offset on: opened for the printer; and how to print.
import { printing } from "../keys.js";
import { faultOf } from "../refusal.js";
import { engine, put } from "../store.js";
import { html, useEffect } from "../vendor/htm-preact.js";

/** Opens a sheet in a window of its own, from which it is printed. @param {"testSheet" | "calibrationSheet"} name */
export async function openSheet(name) {
  const tab = window.open("", "_blank");
  try {
    const { file } = await engine.call(name);
    await engine.show(file, tab);
  } catch (error) {
    tab?.close();
    put({ fault: faultOf(error) });
  }
}

export const printTestSheet = () => openSheet("testSheet");

/** Lets Ctrl+P print the test sheet as long as the view is there. @param {boolean} made */
export function usePrintKey(made) {
  useEffect(() => {
    printing.print = made ? () => void printTestSheet() : null;
    return () => void (printing.print = null);
  }, [made]);
}

/**
 * Drawings of how to print, and what they mean.
 * @param {{drawings: ("scale" | "edge" | "trial" | "leaflet")[], steps: string[][]}} props steps: title and text of each
 */
export function How({ drawings, steps }) {
  return html`<ol class="how">
    ${drawings.map((drawing, index) => html`<li key=${drawing}>
      <div class="draw"><img src=${`icons/${drawing}.svg`} width="200" height="120" alt="" /></div>
      <div>
        <h3>${index + 1}. ${steps[index]?.[0]}</h3>
        <p class="small mute">${steps[index]?.[1]}</p>
      </div>
    </li>`)}
  </ol>`;
}
