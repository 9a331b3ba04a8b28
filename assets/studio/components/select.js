// A list to choose one of.
import { held } from "./basics.js";
import { html } from "../vendor/htm-preact.js";

/**
 * @param {{id?: string, class?: string, label?: string | null, field?: string, chosen: string,
 *          items: {value: string, text: string}[], choose: (value: string) => void}} props
 *   label: where no label element names it
 */
export function Select({ id, class: look = "in", label = null, field, chosen, items, choose }) {
  return html`<select
    class=${look}
    id=${id}
    data-field=${field}
    aria-label=${label}
    value=${chosen}
    onchange=${held(choose)}
  >
    ${items.map(
      ({ value, text }) => html`<option key=${value} value=${value} selected=${value === chosen}>${text}</option>`,
    )}
  </select>`;
}
