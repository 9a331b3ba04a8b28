// The steps: five stations, or the three of the cards, each with its state and what is left.
import { Icon } from "../icons.js";
import { html } from "../vendor/htm-preact.js";
import { say } from "../words.js";

/** @typedef {{address: string, name: string, word: string, state: "done" | "look" | "todo", current: boolean}} Step */

/** @param {{steps: Step[]}} props */
export function Steps({ steps }) {
  return html`<nav class=${steps.length === 3 ? "steps three" : "steps"} aria-label=${say("steps-label")}>
    <ol>
      ${steps.map(({ address, name, word, state, current }, index) => html`<li class=${state} key=${name}>
        <a href=${address} aria-current=${current ? "step" : null} title=${say("steps-shortcut", { nth: index + 1 })}>
          <span class="dot" aria-hidden="true"
            >${state === "done" ? html`<${Icon} name="check" />` : state === "look" ? "!" : index + 1}</span>
          <span class="name">${name}</span>
          <span class="word">${word}</span>
          <span class="unseen">${say("steps-hidden", { nth: index + 1, of: steps.length, state })}</span>
        </a>
      </li>`)}
    </ol>
  </nav>`;
}

/** @typedef {{address: string, name: string, state: "done" | "now" | "open" | "later", toMend: number}} Part */

/** @param {{label: string, parts: Part[]}} props */
export function Parts({ label, parts }) {
  return html`<nav class="sub" aria-label=${label}>
    <ol>${parts.map((part) => html`<li key=${part.name}><${PartLink} ...${part} /></li>`)}</ol>
  </nav>`;
}

/** @param {Part} props */
function PartLink({ address, name, state, toMend }) {
  if (state === "later") return html`<span class="later">${name}</span>`;
  const [isNow, isWrong] = [state === "now", state !== "now" && toMend > 0];
  const said = isWrong ? `, ${say("steps-to-mend", { count: toMend })}` : state === "done" && say("steps-done-suffix");
  return html`<a href=${address} aria-current=${isNow ? "page" : null}
    >${said && html`<${Icon} name=${isWrong ? "alert" : "check"} class=${isWrong ? "look" : ""} />`}${name}${
      said && html`<span class="unseen">${said}</span>`
    }</a>`;
}
