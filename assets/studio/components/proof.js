// The proof that nothing is sent, and the help: two dialogs that open from the bar.
/** @import { IconName } from "../icons.js" */
import { end } from "../actions.js";
import { Icon } from "../icons.js";
import { engine, forget, isMaking, useLoaded, useStore } from "../store.js";
import { Erase, place } from "../stations/make.js";
import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { clock, number, say, sayLines, sayRows, size } from "../words.js";
import { Dialog } from "./dialog.js";

/** @type {IconName[]} */
const KEPT = ["folder", "table", "sheet"];

/** @param {{close: () => void}} props */
export function ProofDialog({ close }) {
  const { value } = useLoaded("proof");
  const { campaign } = useStore();
  const proof = value;
  const [erasing, setErasing] = useState(false);
  useEffect(() => forget("proof"), []);
  const isHere = !engine.hasFolder; // in this browser
  const what = campaign?.kind === "cards" ? "people" : "list";
  const stay = () => setErasing(false);
  if (erasing) return isHere ? html`<${EraseAll} close=${stay} />` : html`<${Erase} what=${what} close=${stay} />`;
  return html`<${Dialog}
    title=${isHere ? say("browser-title") : say("bar-proof")}
    lead=${isHere ? say("browser-lead") : say("proof-lead")}
    onClose=${close}
    footer=${html`<button class="btn danger aside" type="button" onclick=${() => setErasing(true)}>
        <${Icon} name="bin" />${isHere ? say("browser-erase-all") : what === "people" ? say("cards-erase-names") : say("proof-erase")}
      </button>
      <button class="btn first" type="button" data-first onclick=${close}>${say("proof-understood")}</button>`}
  >
    ${proof && html`<dl class="summary">
      <div class=${proof.sent ? "bad" : "good"}>
        <dt>${say("proof-sent")}</dt>
        <dd>${number(proof.sent)}</dd>
      </div>
      ${!isHere && html`<div class=${proof.received ? "bad" : "good"}>
        <dt>${say("proof-received")}</dt>
        <dd>${number(proof.received)}</dd>
      </div>`}
      ${proof.since && html`<div>
        <dt>${say("proof-since")}</dt>
        <dd>${clock(proof.since)}</dd>
      </div>`}
    </dl>`}
    <div class="note info">
      <${Icon} name="offline" />
      <div>
        <h3>${say("proof-test")}</h3>
        <p class="small">${say("proof-test-text")}</p>
      </div>
    </div>
    ${proof && proof.kept.length > 0 && html`<div>
      <h3>${say("proof-kept")}</h3>
      ${
        (isHere || campaign) &&
        html`<p class="small mute">${isHere ? say("browser-kept-here") : say("proof-folder", { folder: place(campaign?.folder ?? "") })}</p>`
      }
      <ul class="ticks above-less">
        ${proof.kept.map(({ text, path, bytes }, index) => html`<li key=${text}>
          <${Icon} name=${KEPT[index] ?? "sheet"} class="plain-icon" />
          <span>${text}${path && html`<br /><span class="small mute">${path}</span>`}</span>
          <span class="push">${size(bytes)}</span>
        </li>`)}
      </ul>
    </div>`}
  <//>`;
}

/**
 * Asks before everything goes that this browser keeps.
 * @param {{close: () => void}} props
 */
function EraseAll({ close }) {
  return html`<${Dialog}
    title=${say("browser-erase-title")}
    onClose=${close}
    footer=${html`<button class="btn danger aside" type="button" onclick=${() => engine.eraseAll()}>
        <${Icon} name="bin" />${say("browser-erase-yes")}
      </button>
      <button class="btn first" type="button" data-first onclick=${close}>${say("cancel")}</button>`}
  >
    <p>${say("browser-erase-text")}</p>
  <//>`;
}

/** @param {{station: string, close: () => void}} props */
export function HelpDialog({ station, close }) {
  const state = useStore();
  const leave = async () => {
    close();
    await end();
  };
  return html`<${Dialog}
    title=${say("help-title")}
    onClose=${close}
    footer=${html`<button class="btn first" type="button" data-first onclick=${close}>${say("close")}</button>`}
  >
    ${sayLines("help-lines", { station }).map((line) => html`<p key=${line}>${line}</p>`)}
    <h3>${say("help-keys")}</h3>
    <dl class="keys">
      ${sayRows("help-list").flatMap(([keys = "", does]) => [
        html`<dt key=${keys}>
          ${keys.split(" / ").map((key, index) => [index ? " " : "", html`<kbd>${key}</kbd>`])}
        </dt>`,
        html`<dd>${does}</dd>`,
      ])}
    </dl>
    ${engine.hasFolder && !state.ended && !isMaking(state) &&
    html`<p class="above"><button class="btn" type="button" onclick=${leave}>${say("bar-end-label")}</button></p>`}
  <//>`;
}
