// Addresses within a text: a line may end after a dot or a slash of one, never at its hyphens.
import { html } from "../vendor/htm-preact.js";

const ADDRESS = /((?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+(?:\/[^\s»,;]*)?)/;

/** @param {{text: string}} props */
export const Addressed = ({ text }) =>
  html`${text.split(ADDRESS).map((part, index) => (index % 2 ? html`<span class="address">${pieces(part)}</span>` : part))}`;

/**
 * Returns the parts of an address, each with a place for the line to end before it.
 * @param {string} address
 */
const pieces = (address) =>
  address
    .split(/(?<=[./])/)
    .map((piece, nth) => [nth > 0 && html`<wbr />`, html`<span class="address-part">${piece}</span>`]);
