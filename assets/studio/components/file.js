// Files and folders: their names, and what hands a file over, a link to it, or a button where files have no address.
import { engine } from "../store.js";
import { html } from "../vendor/htm-preact.js";
import { Button } from "./basics.js";

/**
 * Returns where a folder is, as one says it: never with slashes.
 * @param {string} folder
 * @param {number} [parts] how many are said of its path, the last ones
 */
export const place = (folder, parts = 3) => folder.split(/[\\/]/).filter(Boolean).slice(-parts).join(" › ");

/**
 * @param {{path: string, name?: string, view?: boolean, look?: string, children?: any}} props view: it is shown, not
 * kept; look: as a button, else as a link in the text
 */
export function FileLink({ path, name = "", view = false, look, children }) {
  const address = engine.address(path, name);
  if (address && view)
    return html`<a class=${look} href=${`${address}&view`} target="_blank" rel="noopener">${children}</a>`;
  if (address) return html`<a class=${look} href=${address} download>${children}</a>`;
  const hand = () => (view ? engine.show(path, window.open("", "_blank")) : engine.save(path, name));
  return html`<${Button} look=${look ?? "link"} run=${hand}>${children}<//>`;
}
