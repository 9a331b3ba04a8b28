// Pictures to choose from: radios, or boxes to tick, dressed as cards.
/** @import { PictureArgs } from "../contract" */
import { Icon } from "../icons.js";
import { html } from "../vendor/htm-preact.js";
import { usePicture, usePictureState } from "./page.js";

/** @typedef {{id: string, label: string, note: string, text: string, chosen: boolean, picture: PictureArgs}} Item */

/** @param {{name: string, items: Item[], several?: boolean, choose: (id: string) => void}} props */
export function Shelf({ name, items, several = false, choose }) {
  return html`<div class="shelf">
      ${items.map(({ id, label, note, text, chosen, picture }) => html`<label class="choice" key=${id}>
        <span class="pic"><${Thumbnail}
            picture=${picture}
            other=${chosen ? undefined : items.find((item) => item.chosen)?.picture}
        /></span>
        <span title=${text}>${label}${note && html`<small>${note}</small>`}</span>
        <input
          type=${several ? "checkbox" : "radio"}
          name=${name}
          value=${id}
          checked=${chosen}
          onchange=${() => choose(id)}
        />
      </label>`)}
    </div>
    ${items
      .filter(({ chosen }) => chosen)
      .map(({ id, text }) => html`<p class="small mute above-less" key=${id}>${text}</p>`)}`;
}

/**
 * @param {{picture: PictureArgs, other?: PictureArgs}} props
 *   a picture that is the same as another one's says nothing, and is not shown
 */
export function Thumbnail({ picture, other }) {
  const asked = { of: "first", page: 1, width: 220, view: /** @type {const} */ ("screen") };
  const { picture: value, redrawing } = usePictureState({ ...asked, ...picture });
  const known = usePicture({ ...asked, ...(other ?? picture) });
  if (!value || (other && value.url === known?.url)) return html`<${Icon} name="sheet" />`;
  return html`<img
    class=${redrawing ? "redrawing" : null}
    src=${value.url}
    width=${value.width}
    height=${value.height}
    alt=""
  />`;
}
