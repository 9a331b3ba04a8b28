// How to print: drawings and what they mean.
import { html } from "../vendor/htm-preact.js";

/** @param {{drawings: ("scale" | "edge" | "trial" | "leaflet")[], steps: string[][]}} props steps: title and text of each */
export function How({ drawings, steps }) {
  return html`<ol class="how">
    ${drawings.map((drawing, index) => html`<li key=${drawing}>
      <div class="draw"><img src=${`icons/${drawing}.svg`} width="200" height="120" alt="" /></div>
      <div>
        <h3>${index + 1}. ${steps[index]?.[0]}</h3>
        <p class="small mute">${steps[index]?.[1]}</p>
      </div>
    </li>`)}
  </ol>`;
}
