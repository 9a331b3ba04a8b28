// A fault: what is, why, and the ways out of it.
/** @import { Fault, Way } from "../contract" */
/** @import { Child } from "../vendor/htm-preact.js" */
import { follow } from "../actions.js";
import { Icon } from "../icons.js";
import { html, useState } from "../vendor/htm-preact.js";
import { say } from "../words.js";
import { Addressed } from "./address.js";
import { Button, Form, Told } from "./basics.js";
import { TextField } from "./field.js";

/** @type {Record<Fault["severity"], "bad" | "warn" | "info">} */
export const LOOK = { error: "bad", warning: "warn", note: "info" };

/** The fault of a list with a column of secrets. */
const SECRET = "T206";

/**
 * @param {{ways: Way[], first?: boolean, said?: string, taken?: (way: Way) => void, take?: (way: Way) => unknown,
 *          before?: Child, of?: Child}} props
 *   first: the first way is what the view is for; said: the look of ways that are words; taken: is told of the way
 *   that was taken; before: a way that only the view has; of: what is said on each of them beside its text
 */
export function Ways({ ways, first = false, said: look = "small", taken: tell, take = follow, before, of }) {
  const [asking, ask] = useState(/** @type {Way | null} */ (null));
  const taken = ways.filter((way) => way.call || way.at);
  const said = ways.filter((way) => !way.call && !way.at);
  return html`${said.map((way) => html`<p class=${look} key=${way.text}>${way.text}</p>`)}
  ${taken.length > 0 && html`<div class="ways">
    ${before}${taken.map((way, index) => html`<${Button}
      key=${way.text}
      look=${first && index === 0 ? "btn first" : `btn small${index > 1 || way.call === "leave" ? " quiet" : ""}`}
      aria-expanded=${way.asks ? String(asking?.text === way.text) : null}
      run=${async () => {
        if (way.asks) ask(asking ? null : way);
        else if (await take(way)) tell?.(way);
      }}
    >
      ${way.text}${of}
    <//>`)}
  </div>`}
  ${asking?.asks && html`<${Asked} way=${asking} asks=${asking.asks} close=${() => ask(null)} />`}`;
}

/**
 * Asks for what a way out needs to be told before it is taken.
 * @param {{way: Way, asks: NonNullable<Way["asks"]>, close: () => void}} props
 */
function Asked({ way, asks, close }) {
  const [text, setText] = useState("");
  const { key, label, hint } = asks;
  const keep = () => text.trim() && follow({ ...way, args: { ...way.args, [key]: text } });
  return html`<${Form} class="above-less" ...${{ keep, close }} yes=${say("keep")} button="btn small" row="row tight above-less">
    <${TextField} id=${`asks-${key}`} label=${label} hint=${hint} value=${text} set=${setText} required focused />
  <//>`;
}

/**
 * Splits what is from why, so that the first sentence can be a heading.
 * @param {string} text
 * @returns {[string, string]}
 */
export function firstSentence(text) {
  const end = text.search(/[.!?]\s+(?=[A-ZÀÂÉÈÊÎÔ«0-9])/u);
  if (end < 0) return [text.replace(/\.$/, ""), ""];
  return [text.slice(0, end + (text[end] === "." ? 0 : 1)), text.slice(end + 1).trim()];
}

/**
 * @param {{fault: Fault & {which?: string[]}, class?: string, onClose?: () => void, taken?: (way: Way) => void, children?: Child}} props
 *   children: ways out that only one view has
 */
export function FaultNote({ fault, class: extra = "", onClose, taken, children }) {
  const look = LOOK[fault.severity];
  const watching = fault.code === "watching";
  const [what, why] = firstSentence(watching ? say("trouble-watching") : fault.text);
  return html`<div class=${`note ${look} ${extra}`} role=${look === "bad" ? "alert" : null}>
    <${Icon} name=${fault.room ? "disk" : fault.code === SECRET ? "lock" : "alert"} />
    <div>
      <h2><${Addressed} text=${what} /></h2>
      ${why && html`<p><${Addressed} text=${why} /></p>`}
      ${fault.others && fault.others.length > 0 && html`<ul class="list">
        ${fault.others.map((other, index) => html`<li key=${index}>${other.text}</li>`)}
      </ul>`}
      ${fault.which && fault.which.length > 0 && fault.which[0] !== fault.text && html`<${Which} names=${fault.which} />`}
      <${Ways} ways=${fault.ways} said="" taken=${taken} />
      ${children}
      ${onClose && html`<div class="ways"><${Button} look="btn small quiet" run=${onClose}>${say("close")}<//></div>`}
    </div>
  </div>`;
}

const FEW = 6; // schools that are named at once

/** @param {{names: string[]}} props the schools that a fault is of */
function Which({ names }) {
  const list = html`<ul class="list">${names.map((name) => html`<li key=${name}>${name}</li>`)}</ul>`;
  return names.length > FEW
    ? html`<details><summary>${say("which", { count: names.length })}</summary>${list}</details>`
    : list;
}

/** @param {{faults: Fault[], id?: string}} props */
export function FieldFaults({ faults, id }) {
  return html`${faults.map((fault, index) =>
    html`<${Told} key=${index} look=${fault.severity === "error" ? "fault" : "worry"} id=${index ? null : id}>${fault.text}<//>
      <${Ways} ways=${fault.ways} />`)}`;
}
