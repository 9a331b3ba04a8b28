// The test sheet: opened for the printer, once there is something made.
import { engine, put } from "../store.js";
import { fileAddress, Refusal } from "../engine.js";
import { printing } from "../keys.js";
import { useEffect } from "../vendor/htm-preact.js";

/** Opens the test sheet in a window of its own, from which it is printed. */
export async function printTestSheet() {
  const tab = window.open("", "_blank");
  try {
    const { file } = /** @type {{file: string}} */ (await engine.call("testSheet"));
    if (tab) tab.location.href = `${fileAddress(file)}?view`;
    else location.assign(fileAddress(file));
  } catch (error) {
    tab?.close();
    if (!(error instanceof Refusal)) throw error;
    put({ fault: error.fault });
  }
}

/**
 * Lets Ctrl+P print the test sheet as long as the view is there.
 * @param {boolean} made
 */
export function usePrintKey(made) {
  useEffect(() => {
    printing.print = made ? () => void printTestSheet() : null;
    return () => void (printing.print = null);
  }, [made]);
}
