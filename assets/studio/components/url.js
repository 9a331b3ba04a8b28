// An address as one reads it: it breaks behind a dot or a slash alone, and who owns it stands out.
import { html } from "../vendor/htm-preact.js";

/**
 * Cuts an address behind its dots and slashes; the last two names of the site say whose it is.
 * @param {string} url
 * @returns {[string, boolean][]}
 */
function piecesOf(url) {
  const [host = "", ...path] = url.replace(/^https?:\/\//, "").replace(/\/$/, "").split("/");
  const names = host.split(".");
  /** @type {[string, boolean][]} */
  const shown = names.map((name, index) => [
    index < names.length - 1 ? `${name}.` : path.length ? `${name}/` : name,
    index >= names.length - 2,
  ]);
  return [...shown, ...path.map((name, index) => /** @type {[string, boolean]} */ ([index < path.length - 1 ? `${name}/` : name, false]))];
}

/** @param {{url: string}} props */
export function Url({ url }) {
  return html`<span class="code url"
    >${piecesOf(url).map(([piece, owns]) => {
      const name = piece.replace(/\/$/, "");
      return html`<span>${owns ? html`<b>${name}</b>` : name}${piece.slice(name.length)}</span>`;
    })}</span
  >`;
}
