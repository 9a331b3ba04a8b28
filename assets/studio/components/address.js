// Addresses as one reads them: a line may end after a dot or a slash of one, never at its hyphens.
import { html } from "../vendor/htm-preact.js";

/** An address or the name of a file, with the signs that a line never parts from it. */
const ADDRESS =
  /((?:«\u00a0)?(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+(?:\/[^\s»,;]*)?(?:[\u00a0\u202f][»:;!?]|[,;:.!?)](?=\s|$))*)/;

/** Cuts an address behind its dots and slashes, where a line may end. @param {string} address */
const piecesOf = (address) => address.split(/(?<=[./])/);

/**
 * An address by itself. The last two names of its site, which say whose it is, stand out.
 * @param {{url: string}} props
 */
export function Url({ url }) {
  const shown = url.replace(/^https?:\/\//, "").replace(/\/$/, "");
  const names = (shown.split("/")[0] ?? "").split(".").length;
  return html`<span class="code url">${piecesOf(shown).map((piece, nth) => {
      const name = piece.replace(/\/$/, "");
      const owns = nth < names && nth >= names - 2;
      return html`<span>${owns ? html`<b>${name}</b>` : name}${piece.slice(name.length)}</span>`;
    })}</span>`;
}

/** A text with addresses in it. @param {{text: string}} props */
export const Addressed = ({ text }) =>
  html`${text.split(ADDRESS).map((part, index) => (index % 2 ? html`<span class="address">${broken(part)}</span>` : part))}`;

/** @param {string} address */
const broken = (address) =>
  piecesOf(address).map((piece, nth) => [nth > 0 && html`<wbr />`, html`<span class="address-part">${piece}</span>`]);
