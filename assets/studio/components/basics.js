// What stations are put together from: buttons, notes, cards, what folds, what is ticked.
/** @import { IconName } from "../icons.js" */
/** @import { Child } from "../vendor/htm-preact.js" */
import { Icon } from "../icons.js";
import { html } from "../vendor/htm-preact.js";
import { number, say } from "../words.js";

/** @typedef {{children?: Child, [attribute: string]: any}} Attributes */

/**
 * @param {Attributes & {look?: string | null, icon?: IconName, label?: string, submit?: boolean,
 *         run?: ((event: any) => unknown) | null}} props label: what one that is only an icon does
 */
export const Button = ({ look = "btn", icon, label, submit = false, run, children, ...attributes }) =>
  html`<button class=${look} type=${submit ? "submit" : "button"} onclick=${run} aria-label=${label} title=${label} ...${attributes}>
    ${icon && html`<${Icon} name=${icon} />`}${children}
  </button>`;

/** @param {{look?: string, icon?: IconName, title?: Child, role?: string, children?: Child}} props */
export const Note = ({ look = "warn", icon = "alert", title, role, children }) =>
  html`<div class=${`note ${look}`} role=${role}>
    <${Icon} name=${icon} />
    <div>${title && html`<h2>${title}</h2>`}${children}</div>
  </div>`;

/** @param {Attributes & {look?: string, icon?: IconName | ""}} props a sentence behind its sign, if it has one */
export const Told = ({ look = "worry", icon = "alert", children, ...attributes }) =>
  html`<p class=${look} ...${attributes}>${icon && html`<${Icon} name=${icon} />`}<span>${children}</span></p>`;

/**
 * Shows side by side what there is to choose from.
 * @template T
 * @param {{label: string, items: {id: T, text: string, count?: number}[], chosen: T, choose: (id: T) => void, chips?: boolean}} props
 *   count: how many there are of it; chips: each stands by itself
 */
export const Segments = ({ label, items, chosen, choose, chips = false }) =>
  html`<div class=${chips ? "chips" : "seg"} role="group" aria-label=${label}>
    ${items.map(({ id, text, count }) =>
      html`<${Button} look=${chips ? "chip" : null} key=${text} aria-pressed=${String(id === chosen)} run=${() => choose(id)}
        >${text}${count != null && html` <b>${number(count)}</b>`}<//>`)}
  </div>`;

/** @param {{labels: string[], keys?: string[], step: (by: number) => void}} props leads to the one before, and to the next one */
export const Arrows = ({ labels, keys, step }) =>
  html`${/** @type {const} */ (["left", "right"]).map((icon, nth) => html`<${Button}
    ...${{ key: icon, look: "tool", icon, "aria-label": labels[nth], title: keys && `${labels[nth]} (${keys[nth]})` }}
    run=${() => step(nth ? 1 : -1)}
  />`)}`;

/** @param {{id: string, title: Child, look?: string, children?: Child}} props */
export const Card = ({ id, title, look = "card", children }) =>
  html`<section class=${look} aria-labelledby=${id}><h2 id=${id}>${title}</h2>${children}</section>`;

/** @param {Attributes & {title: Child, look?: string, aside?: Child}} props aside: at the end of the line that is seen */
export const Folded = ({ title, look = "folded", aside, children, ...attributes }) =>
  html`<details class=${look} ...${attributes}>
    <summary><${Icon} name="open" />${title} ${aside && html`<span class="mute small push">${aside}</span>`}</summary>
    ${children}
  </details>`;

/** @param {Attributes & {type?: "checkbox" | "radio"}} props */
export const Pick = ({ type = "checkbox", children, ...attributes }) =>
  html`<label class="pick"><input type=${type} ...${attributes} /><span>${children}</span></label>`;

/** @param {(text: string) => unknown} take @returns {(event: any) => void} what hands it the text of a field */
export const held = (take) => (event) => void take(event.currentTarget.value);

/**
 * A list to choose one of.
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

/** @param {{rows: [text: Child, figure?: Child][], look?: string, children?: Child}} props what is there, with how much of it */
export const Ticks = ({ rows, look = "ticks above-less", children }) =>
  html`<ul class=${look}>
    ${rows.map(([text, figure], nth) => html`<li key=${nth}>
      <${Icon} name="check" /><span>${text}</span><span class="push">${figure}</span>
    </li>`)}
    ${children}
  </ul>`;

/**
 * The heads of the columns of a table.
 * @param {Attributes & {texts: string[], seen?: number, looks?: string[]}} props seen: how many of them are, the first ones
 */
export const Headings = ({ texts, seen = texts.length, looks = [], ...attributes }) =>
  html`<thead>
    <tr role="row" ...${attributes}>
      ${texts.map((text, nth) => html`<th key=${text} scope="col" role="columnheader" class=${looks[nth]}>
        ${nth < seen ? text : html`<span class="unseen">${text}</span>`}
      </th>`)}
    </tr>
  </thead>`;

/** @param {{figures: [label: string, value: string, look?: string | null][]}} props a few numbers beside each other */
export const Figures = ({ figures }) =>
  html`<dl class="summary">
    ${figures.map(([label, value, look]) => html`<div class=${look || null} key=${label}>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`)}
  </dl>`;

/**
 * @param {Attributes & {keep: () => unknown, yes?: string, close?: (() => void) | null, button?: string, row?: string}} props
 *   a form that is kept, or left by Escape, too, if there is a way to close it; yes: its button, if it is not among the
 *   fields; button: the look of the first one
 */
export const Form = ({ keep, yes, close, button = "btn", row = "row above-less", children, ...attributes }) =>
  html`<form
    onsubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      void keep();
    }}
    onkeydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close?.()}
    ...${attributes}
  >
    ${children}
    ${yes && html`<div class=${row}>
      <${Button} look=${button} submit>${yes}<//>
      ${close && html`<${Button} look=${`${button.replace(" first", "")} quiet`} run=${close}>${say("cancel")}<//>`}
    </div>`}
  </form>`;
