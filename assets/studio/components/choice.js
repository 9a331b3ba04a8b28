// Pictures to choose from: radios, or boxes to tick, dressed as cards.
/** @import { PictureArgs } from "../contract" */
import { Icon } from "../icons.js";
import { useLoaded } from "../store.js";
import { html } from "../vendor/htm-preact.js";

/**
 * @typedef {{id: string, label: string, text: string, chosen: boolean, picture: PictureArgs}} Item
 */

/** @param {{name: string, items: Item[], several?: boolean, choose: (id: string) => void}} props */
export function Shelf({ name, items, several = false, choose }) {
  return html`<div class="shelf">
    ${items.map(
      ({ id, label, text, chosen, picture }) => html`<label class="choice" key=${id}>
        <span class="pic"><${Thumbnail} picture=${picture} /></span>
        <span>${label}<small>${text}</small></span>
        <input
          type=${several ? "checkbox" : "radio"}
          name=${name}
          value=${id}
          checked=${chosen}
          onchange=${() => choose(id)}
        />
      </label>`,
    )}
  </div>`;
}

/** @param {{picture: PictureArgs}} props */
export function Thumbnail({ picture }) {
  const { value } = useLoaded("picture", { of: "first", page: 1, width: 220, view: "screen", ...picture });
  if (!value) return html`<${Icon} name="sheet" />`;
  return html`<img src=${value.url} width=${value.width} height=${value.height} alt="" />`;
}
