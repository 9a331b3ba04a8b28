// Sheets to try the printer with, or to measure its offset on: opened for the printer.
import { printing } from "../keys.js";
import { faultOf } from "../refusal.js";
import { engine, put } from "../store.js";
import { useEffect } from "../vendor/htm-preact.js";

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
