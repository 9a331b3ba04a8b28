// The test sheet: opened for the printer, once there is something made.
import { printing } from "../keys.js";
import { faultOf } from "../refusal.js";
import { engine, put } from "../store.js";
import { useEffect } from "../vendor/htm-preact.js";

/** Opens the test sheet in a window of its own, from which it is printed. */
export async function printTestSheet() {
  const tab = window.open("", "_blank");
  try {
    const { file } = await engine.call("testSheet");
    await engine.show(file, tab);
  } catch (error) {
    tab?.close();
    put({ fault: faultOf(error) });
  }
}

/** Lets Ctrl+P print the test sheet as long as the view is there. @param {boolean} made */
export function usePrintKey(made) {
  useEffect(() => {
    printing.print = made ? () => void printTestSheet() : null;
    return () => void (printing.print = null);
  }, [made]);
}
